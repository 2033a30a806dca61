//! `cargo xtask measure`: how long the two commands take in a fresh clone with empty caches.
//!
//! The clone is of what is committed here. Cargo, npm and Golub's tools find nothing of earlier days: their
//! caches are in the same temporary folder. Only Rust itself and the distribution's packages are there before.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    ground::Ground,
    problem::{Outcome, Problem},
    process,
    services::{
        free_port,
        keeper::{Keeper, on_its_own},
        scratch,
    },
    steps::spell,
};

/// Longer than anybody would wait.
const PATIENCE: Duration = Duration::from_secs(2 * 60 * 60);

pub fn measure() -> Outcome<()> {
    let ground = Ground::here();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!("In a fresh clone with empty caches, {cores} cores:");
    let served = Clone::fresh(&ground)?;
    tell(
        "run, until the page is served",
        served.time_to_serve()?,
        served.time_to_serve()?,
    );
    drop(served);
    let tested = Clone::fresh(&ground)?;
    tell("test", tested.time_to_test()?, tested.time_to_test()?);
    Ok(())
}

fn tell(command: &str, first: Duration, again: Duration) {
    println!(
        "\n| `cargo xtask {command}` | {} | {} |\n",
        spell(first),
        spell(again)
    );
}

struct Clone {
    folder: PathBuf,
    _keeper: Keeper,
}

impl Clone {
    fn fresh(ground: &Ground) -> Outcome<Self> {
        let folder = scratch::folder("measure")?;
        let keeper = Keeper::new("", &[], &folder)?;
        let mut clone = Command::new("git");
        clone
            .args(["clone", "--quiet"])
            .arg(&ground.root)
            .arg(folder.join("golub"));
        process::run(&mut clone)?;
        Ok(Self {
            folder,
            _keeper: keeper,
        })
    }

    fn time_to_serve(&self) -> Outcome<Duration> {
        let port = free_port()?;
        let begun = Instant::now();
        let mut run = self.xtask(&["run", "--port", &port.to_string()]);
        on_its_own(&mut run);
        let mut running = run
            .spawn()
            .map_err(|error| Problem::failed("cargo xtask run", error))?;
        // Every program in the chain becomes the next one, so this process is the service in the end.
        let keeper = Keeper::new(
            "kill -TERM -$1",
            &[&running.id().to_string()],
            &self.folder.join("nothing"),
        )?;
        let waited = wait_for_page(port, begun, &mut running);
        drop(keeper);
        running
            .wait()
            .map_err(|error| Problem::failed("waiting for the service to end", error))?;
        waited
    }

    fn time_to_test(&self) -> Outcome<Duration> {
        let begun = Instant::now();
        process::run(self.xtask(&["test"]).env("CI", "true").stdin(Stdio::null()))?;
        Ok(begun.elapsed())
    }

    fn xtask(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command
            .arg("xtask")
            .args(arguments)
            .current_dir(self.folder.join("golub"));
        for (variable, cache) in [
            ("CARGO_HOME", "cargo"),
            ("XDG_CACHE_HOME", "cache"),
            ("npm_config_cache", "npm"),
        ] {
            command.env(variable, self.folder.join(cache));
        }
        // What cargo told us about ourselves is not for the cargo in there.
        for (variable, _) in std::env::vars().filter(|(name, _)| name.starts_with("CARGO_")) {
            if variable != "CARGO_HOME" {
                command.env_remove(variable);
            }
        }
        command.env_remove("CARGO");
        command
    }
}

fn wait_for_page(port: u16, begun: Instant, running: &mut Child) -> Outcome<Duration> {
    while begun.elapsed() < PATIENCE {
        if page_is_served(port) {
            return Ok(begun.elapsed());
        }
        if let Ok(Some(status)) = running.try_wait() {
            return Err(Problem::Failed(format!(
                "`cargo xtask run` ended with {status}"
            )));
        }
        thread::sleep(Duration::from_millis(100));
    }
    Err(Problem::Failed("the page never came".into()))
}

fn page_is_served(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\nAccept: text/html\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    ask().is_ok_and(|answer| answer.contains(" 200 ") && answer.contains("<title>Golub"))
}
