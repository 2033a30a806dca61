//! docker-compose.yml is accepted by Compose itself; nothing is started.

use std::{path::PathBuf, process::Command};

use crate::{ground::Ground, packages, problem::Outcome, process};

pub fn check(ground: &Ground) -> Outcome<()> {
    let mut compose = match plugin() {
        Some(docker) => {
            let mut command = ground.command(docker);
            command.arg("compose");
            command
        }
        None => {
            let names = ["docker-compose"];
            ground.command(packages::program(
                "Docker Compose",
                &names,
                &Vec::new,
                &names,
            )?)
        }
    };
    compose.args(["--file", "docker-compose.yml", "config", "--quiet"]);
    process::output(&mut compose).map(|_| ())
}

/// docker, if it has Compose built in.
fn plugin() -> Option<PathBuf> {
    let docker = process::find("docker", &[])?;
    process::output(Command::new(&docker).args(["compose", "version"]))
        .is_ok()
        .then_some(docker)
}
