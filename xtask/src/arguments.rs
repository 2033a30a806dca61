//! The command line, by hand: a few commands with a handful of flags need no library.

use std::path::PathBuf;

use crate::{
    bench, faults,
    problem::{Outcome, Problem},
};

pub const HELP: &str = "\
Usage: cargo xtask <COMMAND>

  run   Build the page and the service, and serve both
          --port N      listen on this port [default: 8080]
          --data DIR    keep the database and captured mail here [default: ./data]
          --demo        fill in a company to look at
  test  Everything, from the format to the browser
          --fast        leave out PostgreSQL, faults, the browser and Postfix
          --postfix     only the mailing that is delivered by a real Postfix
  measure
        How long both take in a fresh clone with empty caches; half an hour or more
  faults
        Kill, stop, starve and cut the program and all it needs, and see that nothing is lost; an hour
          --only NAME   tests whose name contains this
          --seed N      the same moments again
          --short       fewer letters and fewer blows, as `test` does it
          --write       put the table into docs/reliability.md
  bench delivery
        Letters per second beside Postfix's smtp-source -d, on SQLite and PostgreSQL; half an hour
          --letters N   so many in each round [default: 100000]
          --rounds N    rounds, in turn [default: 5]
          --only NAME   sqlite or postgres
          --program P   measure this one, instead of building it
          --write       put the tables into docs/performance.md
  bench api
        First pages over a million letters beside those over 10,000, planning a million, and requests per second
          --quick       small databases, to try it
          --only NAME   sqlite or postgres
          --write       put the tables into docs/performance.md";

#[derive(Debug, PartialEq)]
pub enum Task {
    Help,
    Run(RunWish),
    Test(TestWish),
    Measure,
    Bench(bench::Wish),
    Faults(faults::Wish),
}

#[derive(Debug, PartialEq)]
pub struct RunWish {
    pub port: u16,
    pub data: PathBuf,
    pub demo: bool,
}

#[derive(Debug, Default, PartialEq)]
pub struct TestWish {
    pub fast: bool,
    pub only_postfix: bool,
}

pub fn parse(arguments: impl Iterator<Item = String>) -> Outcome<Task> {
    let mut arguments = arguments;
    match arguments.next().as_deref() {
        Some("run") => parse_run(arguments).map(Task::Run),
        Some("test") => parse_test(arguments).map(Task::Test),
        Some("measure") => Ok(Task::Measure),
        Some("bench") => bench::Wish::parse(arguments).map(Task::Bench),
        Some("faults") => faults::Wish::parse(arguments).map(Task::Faults),
        Some("help" | "--help" | "-h") => Ok(Task::Help),
        Some(other) => Err(usage(&format!("there is no command `{other}`"))),
        None => Err(usage("a command is missing")),
    }
}

fn parse_run(mut arguments: impl Iterator<Item = String>) -> Outcome<RunWish> {
    let mut wish = RunWish {
        port: 8080,
        data: PathBuf::from("data"),
        demo: false,
    };
    while let Some(argument) = arguments.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value = || {
            inline
                .clone()
                .or_else(|| arguments.next())
                .ok_or_else(|| usage(&format!("`{name}` needs a value")))
        };
        match name.as_str() {
            "--port" => {
                let given = value()?;
                wish.port = given
                    .parse()
                    .map_err(|_| usage(&format!("`{given}` is not a port")))?;
            }
            "--data" => wish.data = PathBuf::from(value()?),
            "--demo" => wish.demo = true,
            _ => return Err(usage(&format!("`run` knows no `{name}`"))),
        }
    }
    Ok(wish)
}

fn parse_test(arguments: impl Iterator<Item = String>) -> Outcome<TestWish> {
    let mut wish = TestWish::default();
    for argument in arguments {
        match argument.as_str() {
            "--fast" => wish.fast = true,
            "--postfix" => wish.only_postfix = true,
            _ => return Err(usage(&format!("`test` knows no `{argument}`"))),
        }
    }
    Ok(wish)
}

pub fn usage(complaint: &str) -> Problem {
    Problem::Failed(format!("{complaint}\n\n{HELP}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Outcome<Task> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn run_takes_its_values_apart_or_joined() {
        let wish = RunWish {
            port: 9000,
            data: PathBuf::from("/tmp/d"),
            demo: true,
        };
        assert_eq!(
            parsed("run --port 9000 --data=/tmp/d --demo").unwrap(),
            Task::Run(wish)
        );
    }

    #[test]
    fn wrong_usage_is_refused() {
        for line in [
            "",
            "rnu",
            "run --port",
            "run --port x",
            "run extra",
            "test --slow",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
