//! Postfix's tools to flood a mail server with: the sink that takes every letter, and the source to be compared with.
//! Postfix itself is never started.

use std::{
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    bench::procfs::{self, Cpu},
    packages,
    problem::{Outcome, Problem},
    process,
    services::{
        free_port,
        keeper::{Keeper, on_its_own},
        scratch, users, wait_for_port,
    },
};

/// The same for both.
pub const SESSIONS: usize = 10;
/// What smtp-source writes after its headers. Ours has as many bytes with all its headers.
const BYTES: usize = 2_048;

/// A sink of one sender: a new one for each round.
#[derive(Debug)]
pub struct Sink {
    pub port: u16,
    pid: u32,
    _keeper: Keeper,
}

/// What the sink had to do.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    pub cpu: Cpu,
    pub bytes: u64,
}

impl Sink {
    pub fn start() -> Outcome<Self> {
        let sink = tool("smtp-sink")?;
        let port = free_port()?;
        refuse_busy(port)?;
        let mut command = Command::new(sink);
        if users::are_root() {
            command.args(["-u", "nobody"]);
        }
        command
            .args([&format!("127.0.0.1:{port}"), "1024"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        on_its_own(&mut command);
        let mut running = command
            .spawn()
            .map_err(|error| Problem::failed("starting smtp-sink", error))?;
        let pid = running.id();
        let keeper = Keeper::new("kill $1", &[&pid.to_string()], &scratch::folder("sink")?)?;
        std::thread::spawn(move || running.wait());
        wait_for_port(port, Duration::from_secs(10))?;
        Ok(Self {
            port,
            pid,
            _keeper: keeper,
        })
    }

    /// What it has taken until now.
    pub fn taken(&self) -> Outcome<Taken> {
        Ok(Taken {
            cpu: procfs::of_process(self.pid)?,
            bytes: procfs::bytes_read(self.pid)?,
        })
    }
}

/// How long `smtp-source -d` takes for so many letters, and its own processor time.
pub fn source(sink: &Sink, letters: u64) -> Outcome<(Duration, Cpu)> {
    let mut source = Command::new(tool("smtp-source")?);
    source
        .arg("-d")
        .args(["-s", &SESSIONS.to_string()])
        .args(["-m", &letters.to_string()])
        .args(["-l", &BYTES.to_string()])
        .args(["-f", "golub@golub.example", "-t", "reader@example.com"])
        .arg(format!("127.0.0.1:{}", sink.port));
    let before = procfs::of_ended_children()?;
    let begun = Instant::now();
    process::output(&mut source)?;
    Ok((begun.elapsed(), procfs::of_ended_children()? - before))
}

/// Two sinks can share a port without a word, each with a part of the letters; then nothing measured means anything.
fn refuse_busy(port: u16) -> Outcome<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .map_err(|error| {
            Problem::Failed(format!(
                "port {port} is busy ({error}): nothing is measured beside another sink"
            ))
        })
}

fn tool(name: &str) -> Outcome<PathBuf> {
    packages::program(
        "Postfix's tools",
        &[name],
        &|| vec!["/usr/sbin".into()],
        &["postfix"],
    )
}
