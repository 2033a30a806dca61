//! A PostgreSQL of a test's own that writes as carefully as one in earnest, and can be stopped, killed and started.

use std::env;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::golub::{free_port, last_lines};
use super::keeper::Kept;
use super::wait::wait_until;

const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub struct Postgres {
    pub url: String,
    pub port: u16,
    server: Option<Kept>,
    programs: PathBuf,
    folder: TempDir,
}

impl Postgres {
    pub fn start() -> Self {
        let programs = programs();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("data");
        fs::create_dir(&data).expect("a folder");
        if are_root() {
            // It refuses to run as root.
            let (user, group) = nobody();
            for folder in [folder.path(), &data] {
                chown(folder, Some(user), Some(group)).expect("root gives folders away");
            }
        }
        let made = unprivileged(&programs.join("initdb"))
            .args([
                "--username=golub",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "-D",
            ])
            .arg(&data)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output()
            .expect("initdb starts");
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        let port = free_port();
        let mut postgres = Self {
            url: format!("postgres://golub@127.0.0.1:{port}/postgres"),
            port,
            server: None,
            programs,
            folder,
        };
        postgres.begin();
        postgres
    }

    /// Starts it again. What a killed one has left may need a moment to go away.
    pub fn begin(&mut self) {
        let mut begun = std::time::Instant::now() - PATIENCE;
        wait_until("PostgreSQL to answer", PATIENCE, || {
            let has_ended = self
                .server
                .as_mut()
                .is_none_or(|server| server.try_wait().is_some());
            if has_ended && begun.elapsed() > Duration::from_millis(500) {
                begun = std::time::Instant::now();
                self.server = Some(self.spawn());
            }
            let answers = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
            answers.map(|_| ()).map_err(|_| last_lines(&self.log()))
        });
    }

    fn spawn(&self) -> Kept {
        let log = File::options().create(true).append(true).open(self.log());
        let mut command = unprivileged(&self.programs.join("postgres"));
        command
            .arg("-D")
            .arg(self.folder.path().join("data"))
            .args(["-p", &self.port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "unix_socket_directories="])
            .args(["-c", "max_connections=100"])
            .args(["-c", "timezone=UTC"])
            .current_dir(self.folder.path())
            .stdout(Stdio::null())
            .stderr(log.expect("a log file"));
        Kept::start(&mut command)
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// As `pg_ctl stop -m fast` does: everybody is sent away, what is committed is kept.
    pub fn stop(&mut self) {
        let Some(mut server) = self.server.take() else {
            return;
        };
        server.signal("INT");
        wait_until("PostgreSQL to stop", PATIENCE, || match server.try_wait() {
            Some(_) => Ok(()),
            None => Err(last_lines(&self.log())),
        });
    }

    /// SIGKILL, as the kernel does when memory runs out.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill();
        }
    }
}

fn programs() -> PathBuf {
    let handed = env::var_os("GOLUB_TEST_POSTGRES").map(PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let debian = debian.flatten().map(|version| version.path().join("bin"));
    handed
        .into_iter()
        .chain(debian)
        .chain(env::split_paths(&path))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
        .expect("PostgreSQL's initdb and postgres are on this machine")
}

fn unprivileged(program: &Path) -> Command {
    if !are_root() {
        return Command::new(program);
    }
    let (user, group) = nobody();
    let mut command = Command::new("setpriv");
    command
        .args([&format!("--reuid={user}"), &format!("--regid={group}")])
        .args(["--clear-groups", "--"])
        .arg(program);
    command
}

fn are_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|data| data.uid() == 0)
}

/// The user and group of `nobody`.
fn nobody() -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").expect("/etc/passwd");
    let line = users.lines().find(|line| line.starts_with("nobody:"));
    let mut numbers = line.expect("a user nobody").split(':').skip(2);
    let mut next = || {
        numbers
            .next()
            .and_then(|number| number.parse().ok())
            .expect("a number")
    };
    (next(), next())
}
