//! What `cargo xtask bench delivery` was asked for.

use std::path::PathBuf;

use crate::{arguments::usage, problem::Outcome};

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

#[derive(Debug, PartialEq)]
pub struct Wish {
    pub letters: u64,
    pub rounds: usize,
    pub engines: Vec<Engine>,
    pub write: bool,
    /// Built already, perhaps from another commit.
    pub program: Option<PathBuf>,
}

impl Wish {
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut wish = Self {
            letters: 100_000,
            rounds: 5,
            engines: vec![Engine::Sqlite, Engine::Postgres],
            write: false,
            program: None,
        };
        while let Some(name) = arguments.next() {
            let mut value = || {
                arguments
                    .next()
                    .ok_or_else(|| usage(&format!("`{name}` needs a value")))
            };
            match name.as_str() {
                "--letters" => wish.letters = positive(&name, &value()?)?,
                "--rounds" => wish.rounds = positive(&name, &value()?)? as usize,
                "--only" => wish.engines = vec![engine(&value()?)?],
                "--write" => wish.write = true,
                "--program" => wish.program = Some(value()?.into()),
                _ => return Err(usage(&format!("`bench delivery` knows no `{name}`"))),
            }
        }
        Ok(wish)
    }
}

fn positive(name: &str, given: &str) -> Outcome<u64> {
    let number = given.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| usage(&format!("`{name} {given}` is not a number above zero")))
}

fn engine(given: &str) -> Outcome<Engine> {
    [Engine::Sqlite, Engine::Postgres]
        .into_iter()
        .find(|engine| engine.name() == given)
        .ok_or_else(|| usage(&format!("there is no database `{given}` here")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Outcome<Wish> {
        Wish::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        let wish = parsed("--only postgres --letters 1000000").unwrap();
        assert_eq!(wish.engines, [Engine::Postgres]);
        assert_eq!(
            (wish.letters, wish.rounds, wish.write),
            (1_000_000, 5, false)
        );
    }

    #[test]
    fn wrong_usage_is_refused() {
        for line in [
            "--letters",
            "--letters 0",
            "--rounds x",
            "--only mysql",
            "--quick",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
