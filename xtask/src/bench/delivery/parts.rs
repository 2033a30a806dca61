//! Which part of the program the processor time goes to, by `perf`: a sample belongs to the innermost function that
//! names a part. A round of its own, since watching so closely costs time itself.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use super::{sending::Stage, wish::Engine};
use crate::{
    packages,
    problem::{Outcome, Problem},
    process,
    services::{keeper::on_its_own, scratch},
};

/// The parts, and the beginnings of functions' names that belong to each.
const PARTS: [(&str, &[&str]); 4] = [
    ("render", &["golub::messages::", "contract::template"]),
    (
        "build",
        &[
            "golub::mail::letter",
            "golub::mail::address",
            "golub::mail::dkim",
            "golub::mail::headers",
            "golub::mail::parts",
            "golub::delivery::sender::letters",
            "lettre::",
            "mail_builder::",
        ],
    ),
    ("SMTP", &["golub::mail::"]),
    (
        "ledger",
        &[
            "golub::delivery::",
            "golub::database::",
            "golub::mail_servers::",
            "sqlx",
            "sea_orm::",
            "sea_query::",
            "sqlite3",
        ],
    ),
];

/// The share of each part, and last of what belongs to none.
pub type Shares = Vec<(&'static str, f64)>;

pub fn measure(program: &PathBuf, engine: Engine, letters: u64) -> Outcome<Shares> {
    let perf = packages::program("perf", &["perf"], &Vec::new, &["linux-perf"])?;
    let stage = Stage::set(program, engine, letters)?;
    let folder = scratch::folder("perf")?;
    let data = folder.join("perf.data");
    let recorder = Recorder::start(&perf, stage.golub.pid(), &data)?;
    let sent = stage.send();
    recorder.stop()?;
    sent?;
    let mut script = Command::new(&perf);
    script
        .args(["script", "--no-inline", "-F", "ip,sym", "-i"])
        .arg(&data);
    let stacks = process::output(&mut script);
    let _ = std::fs::remove_dir_all(&folder);
    Ok(shares(&stacks?))
}

struct Recorder(Child);

impl Recorder {
    fn start(perf: &Path, pid: u32, data: &Path) -> Outcome<Self> {
        let mut record = Command::new(perf);
        record
            .args(["record", "-q", "-F", "299", "--call-graph", "dwarf,16384"])
            .args(["-p", &pid.to_string(), "-o"])
            .arg(data)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        on_its_own(&mut record);
        let recorder = record.spawn();
        Ok(Self(recorder.map_err(|error| {
            Problem::failed("starting perf", error)
        })?))
    }

    /// It has ended with the process it watched, or ends now; either way it writes down what it has.
    fn stop(mut self) -> Outcome<()> {
        let ended = self.0.try_wait().ok().flatten().is_some();
        if !ended {
            process::run(Command::new("kill").args(["-INT", &self.0.id().to_string()]))?;
        }
        self.0
            .wait()
            .map(drop)
            .map_err(|error| Problem::failed("waiting for perf", error))
    }
}

/// `perf script` gives a sample's functions line by line, the innermost first, and an empty line after each sample.
fn shares(stacks: &str) -> Shares {
    let mut counts = [0_usize; PARTS.len() + 1];
    for stack in stacks
        .split("\n\n")
        .filter(|stack| !stack.trim().is_empty())
    {
        let part = stack.lines().filter_map(function).find_map(part_of);
        counts[part.unwrap_or(PARTS.len())] += 1;
    }
    let all = counts.iter().sum::<usize>().max(1) as f64;
    let names = PARTS.iter().map(|(name, _)| *name).chain(["the rest"]);
    names
        .zip(counts)
        .map(|(name, count)| (name, count as f64 / all))
        .collect()
}

/// `  55d0c8 <golub::mail::Session as core::fmt::Debug>::fmt` without address and brackets.
fn function(line: &str) -> Option<&str> {
    let (_, name) = line.trim().split_once(' ')?;
    Some(name.trim_start_matches(['<', '&', '_']))
}

fn part_of(function: &str) -> Option<usize> {
    PARTS.iter().position(|(_, beginnings)| {
        beginnings
            .iter()
            .any(|beginning| function.starts_with(beginning))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_belongs_to_its_innermost_part() {
        let stacks = "\
            \t 1 memcpy\n\t 2 golub::messages::render::fill\n\t 3 golub::delivery::sender::letters::letter\n\n\
            \t 1 sqlite3_step\n\t 2 sqlx_sqlite::execute\n\n\
            \t 1 <golub::mail::smtp::wire::Wire>::write\n\t 2 golub::delivery::sender::carrier\n\n\
            \t 1 tokio::park\n\n";
        let shares = shares(stacks);
        let expected = [
            ("render", 0.25),
            ("build", 0.0),
            ("SMTP", 0.25),
            ("ledger", 0.25),
            ("the rest", 0.25),
        ];
        assert_eq!(shares, expected);
    }
}
