//! `cargo xtask bench api`: what first pages cost over a million letters, and how many requests a second reads take.
//!
//! The measuring program is `backend/benches/lists`, built like a release. It gets a PostgreSQL server of its own.

use crate::{
    arguments::usage,
    bench::{docs, machine},
    ground::Ground,
    problem::Outcome,
    process,
    services::postgres::Postgres,
    steps::step,
};

/// The first words of the command are the name of its place in the docs.
const COMMAND: &str = "cargo xtask bench api";

#[derive(Debug, Default, PartialEq)]
pub struct Wish {
    /// Small databases, to try it out.
    pub quick: bool,
    /// One database alone.
    pub only: Option<String>,
    /// Into docs/performance.md too.
    pub write: bool,
}

impl Wish {
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut wish = Self::default();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--quick" => wish.quick = true,
                "--write" => wish.write = true,
                "--only" => match arguments.next() {
                    Some(engine) if ["sqlite", "postgres"].contains(&engine.as_str()) => {
                        wish.only = Some(engine);
                    }
                    _ => return Err(usage("`--only` needs `sqlite` or `postgres`")),
                },
                _ => return Err(usage(&format!("`bench api` knows no `{argument}`"))),
            }
        }
        Ok(wish)
    }
}

pub fn measure(wish: &Wish) -> Outcome<()> {
    let ground = Ground::here();
    let wants_postgres = wish.only.as_deref() != Some("sqlite");
    let postgres = wants_postgres.then(Postgres::start_lasting).transpose()?;
    let mut cargo = ground.cargo();
    cargo.args(["bench", "--package", "golub", "--bench", "lists", "--"]);
    if wish.quick {
        cargo.arg("--quick");
    }
    if let Some(engine) = &wish.only {
        cargo.arg(format!("--only={engine}"));
    }
    if let Some(postgres) = &postgres {
        cargo.env("BENCH_DATABASE_URL", &postgres.url);
    }
    let told = step(
        "Filling databases in, and asking for their lists",
        "5 minutes, and 10 for the build the first time",
        || process::output(&mut cargo),
    )?;
    let heading = format!(
        "{} on {}",
        machine::commit(&ground),
        machine::describe(&std::env::temp_dir())
    );
    println!("\n{heading}\n\n{told}");
    if wish.write {
        let page = ground.root.join("docs/performance.md");
        docs::write(&page, COMMAND, &format!("{heading}\n\n{told}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Outcome<Wish> {
        Wish::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn what_is_wanted_is_understood() {
        let wish = parsed("--quick --only sqlite").unwrap();
        assert_eq!(
            (wish.quick, wish.only.as_deref(), wish.write),
            (true, Some("sqlite"), false)
        );
        assert_eq!(parsed("").unwrap(), Wish::default());
        for line in ["--only", "--only mysql", "--letters 7"] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
