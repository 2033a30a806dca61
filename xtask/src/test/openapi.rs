//! openapi.yaml in strangers' hands: an independent validator accepts it, and an independent generator
//! makes a client's types of it. Both come from npm at the versions in `xtask/openapi/package-lock.json`.

use std::fs;

use crate::{
    ground::Ground,
    page,
    problem::{Outcome, Problem},
};

const FOLDER: &str = "xtask/openapi";

pub fn check(ground: &Ground) -> Outcome<()> {
    if !ground.root.join(FOLDER).join("node_modules").is_dir() {
        page::npm_ci(ground, FOLDER)?;
    }
    let document = ground.root.join("openapi.yaml");
    let programs = ground.root.join(FOLDER).join("node_modules/.bin");
    let target = ground.target().join("openapi");
    fs::create_dir_all(&target).map_err(|error| Problem::failed("target/openapi", error))?;
    let client = target.join("client.ts");
    for (program, output) in [
        ("validate-api", None),
        ("openapi-typescript", Some(&client)),
    ] {
        let mut command = ground.command(programs.join(program));
        command.arg(&document);
        if let Some(file) = output {
            command.arg("--output").arg(file);
        }
        crate::process::run(&mut command)?;
    }
    Ok(())
}
