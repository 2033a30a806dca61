//! openapi.yaml in strangers' hands: an independent validator accepts it, and an independent generator
//! makes a client's types of it, which the TypeScript compiler takes. Both come from npm at the versions in `xtask/openapi/package-lock.json`.

use std::{ffi::OsStr, fs};

use crate::{
    ground::Ground,
    page,
    problem::{Outcome, Problem},
    process,
};

const FOLDER: &str = "xtask/openapi";

pub fn check(ground: &Ground) -> Outcome<()> {
    if page::npm_is_stale(ground, FOLDER) {
        page::npm_ci(ground, FOLDER)?;
    }
    let target = ground.target().join("openapi");
    fs::create_dir_all(&target).map_err(|error| Problem::failed("target/openapi", error))?;
    let document = ground.root.join("openapi.yaml");
    let client = target.join("client.ts");

    run(ground, "validate-api", [document.as_os_str()])?;
    run(
        ground,
        "openapi-typescript",
        [
            document.as_os_str(),
            "--output".as_ref(),
            client.as_os_str(),
        ],
    )?;
    run(
        ground,
        "tsc",
        ["--strict".as_ref(), "--noEmit".as_ref(), client.as_os_str()],
    )
}

fn run<'a>(
    ground: &Ground,
    program: &str,
    arguments: impl IntoIterator<Item = &'a OsStr>,
) -> Outcome<()> {
    let programs = ground.root.join(FOLDER).join("node_modules/.bin");
    process::run(ground.command(programs.join(program)).args(arguments))
}
