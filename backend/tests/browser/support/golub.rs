//! The program itself, with its data in a temporary folder.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::handed;

pub const ADMIN: &str = "admin@golub.example";
pub const PASSWORD: &str = "grey pigeon over the square";

#[derive(Debug)]
pub struct Golub {
    pub base: String,
    process: Child,
    folder: TempDir,
}

impl Golub {
    /// Starts `golub serve`; `settings` are further environment variables.
    pub fn start(settings: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        let log = File::create(folder.path().join("log")).expect("a log file");
        let process = Command::new(env!("CARGO_BIN_EXE_golub"))
            .current_dir(folder.path())
            .args([
                "serve",
                "--port",
                &port.to_string(),
                "--data",
                "data",
                "--page",
            ])
            .arg(handed::page())
            .env(
                "GOLUB__HTTP__PUBLIC_URL",
                format!("http://127.0.0.1:{port}"),
            )
            .env("GOLUB__ADMIN__EMAIL", ADMIN)
            .env("GOLUB__ADMIN__PASSWORD", PASSWORD)
            .envs(settings.iter().cloned())
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("one log for both"))
            .stderr(log)
            .spawn()
            .expect("golub starts");
        let golub = Self {
            base: format!("http://127.0.0.1:{port}"),
            process,
            folder,
        };
        golub.wait_for(port);
        golub
    }

    /// What the program has logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn wait_for(&self, port: u16) {
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "golub does not answer:\n{}",
                self.log()
            );
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Golub {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
    listener.local_addr().expect("its address").port()
}
