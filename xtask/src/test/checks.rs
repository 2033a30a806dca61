//! What the compiler's companions say: format, lints, and that `contract` stays fit for the page.

use crate::{
    ground::Ground,
    problem::{Outcome, Problem},
    process,
    tools::{WASM, wasm_target},
};

const DENY: [&str; 3] = ["--", "-D", "warnings"];
/// What `contract` must never depend on: the page compiles it too.
const NOT_FOR_THE_PAGE: [&str; 3] = ["actix", "sea-orm", "tokio"];

pub fn format(ground: &Ground) -> Outcome<()> {
    component(ground, "rustfmt")?;
    process::run(ground.cargo().args(["fmt", "--all", "--check"]))
}

/// xtask's own tests, and the rules of the house that only reading the sources can check.
pub fn tidy(ground: &Ground) -> Outcome<()> {
    process::run(ground.cargo().args(["test", "--quiet", "--package=xtask"]))
}

pub fn lints(ground: &Ground) -> Outcome<()> {
    component(ground, "clippy")?;
    process::run(ground.cargo().args(["clippy", "--all-targets"]).args(DENY))?;
    // The browser tests and the measurement are no targets by default, see backend/Cargo.toml.
    process::run(
        ground
            .cargo()
            .args([
                "clippy",
                "--package=golub",
                "--test=browser",
                "--test=load",
                "--test=faults",
            ])
            .args(DENY),
    )
}

pub fn page_lints(ground: &Ground) -> Outcome<()> {
    component(ground, "clippy")?;
    wasm_target(ground)?;
    process::run(
        ground
            .cargo()
            .args([
                "clippy",
                "--package=frontend",
                "--all-targets",
                "--target",
                WASM,
            ])
            .args(DENY),
    )
}

pub fn contract(ground: &Ground) -> Outcome<()> {
    let tree = process::output(ground.cargo().args([
        "tree",
        "--package=contract",
        "--edges=normal",
        "--prefix=none",
    ]))?;
    if let Some(guilty) = tree
        .lines()
        .find(|line| NOT_FOR_THE_PAGE.iter().any(|name| line.starts_with(name)))
    {
        return Err(Problem::Failed(format!(
            "contract depends on {guilty}, which has no place in the page"
        )));
    }
    wasm_target(ground)?;
    process::run(
        ground
            .cargo()
            .args(["check", "--package=contract", "--target", WASM]),
    )
}

/// rustup's minimal profile has neither rustfmt nor clippy.
fn component(ground: &Ground, name: &str) -> Outcome<()> {
    let program = if name == "clippy" {
        "cargo-clippy"
    } else {
        "cargo-fmt"
    };
    let works = process::output(ground.command(program).arg("--version"));
    if works.is_ok() {
        return Ok(());
    }
    process::run(ground.command("rustup").args(["component", "add", name])).map_err(|problem| {
        Problem::Missing(format!(
            "no {name} found; run: rustup component add {name}\n{problem}"
        ))
    })
}
