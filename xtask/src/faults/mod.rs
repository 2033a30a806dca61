//! `cargo xtask faults`: every fault that sending has to survive, tried whole on the real program, and what was
//! measured on the way as a table.
//!
//! The tests are `backend/tests/faults`. They check the ledger against what arrived after each fault; a table is
//! printed even when one of them fails, and says which.

mod table;

use std::{fs, path::PathBuf};

use crate::{
    arguments::usage,
    bench::{docs, machine},
    ground::Ground,
    problem::Outcome,
    process,
    services::{keeper::Keeper, postgres::Postgres, scratch},
};
use table::Line;

const PAGE: &str = "docs/reliability.md";
const COMMAND: &str = "cargo xtask faults --write";

/// What is to be tried.
#[derive(Debug, Default, PartialEq)]
pub struct Wish {
    /// Tests whose name contains this.
    pub only: Option<String>,
    pub seed: Option<u64>,
    /// Fewer letters and fewer blows.
    pub short: bool,
    pub write: bool,
}

impl Wish {
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut wish = Self::default();
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let value = arguments.next();
                value.ok_or_else(|| usage(&format!("`{argument}` needs a value")))
            };
            match argument.as_str() {
                "--only" => wish.only = Some(value()?),
                "--seed" => {
                    let given = value()?;
                    let seed = given.parse();
                    wish.seed = Some(seed.map_err(|_| usage(&format!("`{given}` is not a seed")))?);
                }
                "--short" => wish.short = true,
                "--write" => wish.write = true,
                _ => return Err(usage(&format!("`faults` knows no `{argument}`"))),
            }
        }
        if wish.write && (wish.short || wish.only.is_some()) {
            return Err(usage("`--write` is for what was tried whole"));
        }
        Ok(wish)
    }
}

/// Whether everything was survived.
pub fn faults(wish: &Wish) -> Outcome<bool> {
    let ground = Ground::here();
    let folder = scratch::folder("faults")?;
    let _keeper = Keeper::new("", &[], &folder)?;
    let lines = folder.join("lines");
    let tried = run(&ground, wish, &lines);
    let text = fs::read_to_string(&lines).unwrap_or_default();
    let mut lines = text.lines().map(Line::read).collect::<Outcome<Vec<_>>>()?;
    lines.sort();
    let page = format!("{}\n\n{}", table::table(&lines), heading(&ground));
    println!("\n{page}");
    let holds = tried.is_ok() && lines.iter().all(|line| line.holds);
    if wish.write {
        docs::write(&ground.root.join(PAGE), COMMAND, &page)?;
    }
    if let Err(problem) = tried {
        println!("\n{problem}");
    }
    Ok(holds)
}

/// The version for every day, as a part of `cargo xtask test`.
pub fn short(ground: &Ground) -> Outcome<()> {
    // What is measured by the clock goes alone; the others wait most of the time.
    let alone = ["--", "--nocapture", "--test-threads=1", "beside"];
    process::run(command(ground)?.args(alone))?;
    process::run(command(ground)?.args(["--", "--skip=beside", "--test-threads=3"]))
}

fn run(ground: &Ground, wish: &Wish, lines: &PathBuf) -> Outcome<()> {
    let Wish {
        only,
        seed,
        short,
        write: _,
    } = wish;
    let mut command = command(ground)?;
    command.env("GOLUB_FAULTS_REPORT", lines);
    if !short {
        command.env("GOLUB_FAULTS", "whole");
    }
    if let Some(seed) = seed {
        command.env("GOLUB_FAULTS_SEED", seed.to_string());
    }
    // One after the other: each has the machine for itself.
    command.args(["--", "--nocapture", "--test-threads=1"]);
    process::run(command.args(only))
}

fn command(ground: &Ground) -> Outcome<std::process::Command> {
    let postgres = Postgres::programs()?;
    let mut command = ground.cargo();
    command
        .args(["test", "--package=golub", "--test=faults"])
        .env("GOLUB_TEST_POSTGRES", postgres);
    Ok(command)
}

fn heading(ground: &Ground) -> String {
    format!(
        "A build without optimisation, commit {}, {}. The machine: {}.",
        machine::commit(ground),
        machine::compiler(ground),
        machine::describe(&std::env::temp_dir())
    )
}

impl Wish {
    #[cfg(test)]
    fn parsed(line: &str) -> Outcome<Self> {
        Self::parse(line.split_whitespace().map(str::to_owned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_read() {
        let wish = Wish::parsed("--only kills --seed 7 --short").unwrap();
        let wanted = Wish {
            only: Some("kills".to_owned()),
            seed: Some(7),
            short: true,
            write: false,
        };
        assert_eq!(wish, wanted);
        for line in ["--seed x", "--only", "--write --short", "extra"] {
            assert!(Wish::parsed(line).is_err(), "{line}");
        }
    }

    #[test]
    fn the_page_has_a_place_for_the_table() {
        let page = Ground::here().root.join(PAGE);
        let page = fs::read_to_string(page).unwrap();
        assert!(page.contains(&format!("<!-- made by `{COMMAND}` -->\n")));
    }
}
