//! The program itself, as a process that can be killed, stopped and asked.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::Sink;
use super::keeper::Kept;
use super::wait::{LONG, wait_until};

/// As much of a log as a failed test shows.
const LAST_LINES: usize = 40;

#[derive(Debug)]
pub struct Golub {
    process: Kept,
    log: PathBuf,
    /// Where it serves, if it does.
    pub address: Option<SocketAddr>,
}

impl Golub {
    /// `golub worker`: sends, and serves nothing. `settings` are environment variables.
    pub fn worker(folder: &Path, name: &str, settings: &[(&str, &str)]) -> Self {
        Self::start(folder, name, &["worker"], settings, None)
    }

    /// `golub serve`, with its own worker or without one.
    pub fn serve(folder: &Path, name: &str, with_worker: bool) -> Self {
        let port = free_port();
        let port_text = port.to_string();
        let mut arguments = vec!["serve", "--port", &port_text];
        if !with_worker {
            arguments.push("--no-worker");
        }
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let golub = Self::start(folder, name, &arguments, &[], Some(address));
        wait_until(
            "golub to serve",
            Duration::from_secs(60),
            || match std::net::TcpStream::connect(address) {
                Ok(_) => Ok(()),
                Err(error) => Err(format!("{error}\n{}", golub.log())),
            },
        );
        golub
    }

    fn start(
        folder: &Path,
        name: &str,
        arguments: &[&str],
        settings: &[(&str, &str)],
        address: Option<SocketAddr>,
    ) -> Self {
        let log = folder.join(format!("{name}.log"));
        let file = File::options()
            .create(true)
            .append(true)
            .open(&log)
            .expect("a log file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_golub"));
        command
            .current_dir(folder)
            .args(arguments)
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .stderr(file);
        Self {
            process: Kept::start(&mut command),
            log,
            address,
        }
    }

    /// SIGKILL: it learns nothing of it.
    pub fn kill(mut self) {
        self.process.kill();
    }

    pub fn signal(&self, name: &str) {
        self.process.signal(name);
    }

    /// SIGTERM, and how long it took to end.
    pub fn stop(mut self, limit: Duration) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        self.process.signal("TERM");
        let mut ended = None;
        wait_until("golub to end after SIGTERM", limit, || {
            ended = self.process.try_wait();
            ended.map_or_else(|| Err(self.log()), |_| Ok(()))
        });
        (ended.expect("it has ended"), begun.elapsed())
    }

    /// Waits until so many letters have arrived, and fails when it ends before.
    pub fn wait_for_letters(&mut self, sink: &Sink, count: usize) {
        wait_until("letters to arrive", LONG, || {
            self.must_live();
            match sink.count() {
                arrived if arrived >= count => Ok(()),
                arrived => Err(format!("{arrived} of {count}\n{}", self.log())),
            }
        });
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Fails when it has ended by itself.
    pub fn must_live(&mut self) {
        if let Some(status) = self.process.try_wait() {
            panic!("golub ended by itself, with {status}:\n{}", self.log());
        }
    }

    /// How often these words stand in its log.
    pub fn times_logged(&self, words: &str) -> usize {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        log.matches(words).count()
    }

    /// The last lines that it has logged.
    pub fn log(&self) -> String {
        last_lines(&self.log)
    }
}

pub fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
    listener.local_addr().expect("its address").port()
}
