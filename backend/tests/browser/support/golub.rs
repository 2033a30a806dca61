//! The program itself, with its data in a temporary folder.

use std::{
    fs::{self, File},
    io::Write as _,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::handed;

pub const ADMIN: &str = "admin@golub.example";
/// Of the administrator, and of all accounts that a story begins with.
pub const PASSWORD: &str = "grey pigeon over the square";

const DATA: &str = "data";

#[derive(Debug)]
pub struct Golub {
    pub base: String,
    process: Child,
    folder: TempDir,
    settings: Vec<(String, String)>,
}

impl Golub {
    /// Starts `golub serve`; `settings` are further environment variables.
    pub fn start(settings: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        let log = File::create(folder.path().join("log")).expect("a log file");
        let base = format!("http://127.0.0.1:{port}");
        let mut all = vec![
            ("GOLUB__HTTP__PUBLIC_URL".to_owned(), base.clone()),
            ("GOLUB__ADMIN__EMAIL".to_owned(), ADMIN.to_owned()),
            ("GOLUB__ADMIN__PASSWORD".to_owned(), PASSWORD.to_owned()),
        ];
        all.extend(
            settings
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone())),
        );
        let process = program(folder.path(), &all)
            .args(["serve", "--port", &port.to_string(), "--page"])
            .arg(handed::page())
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("one log for both"))
            .stderr(log)
            .spawn()
            .expect("golub starts");
        let golub = Self {
            base,
            process,
            folder,
            settings: all,
        };
        golub.wait_for(port);
        golub
    }

    /// Makes an account that may sign in at once with `PASSWORD`, as whoever runs the service does.
    pub fn makes_account(&self, role: &str, email: &str, full_name: &str) {
        let mut command = program(self.folder.path(), &self.settings);
        command.args(["user", "create", "--role", role, "--email", email]);
        command.args(["--full-name", full_name]);
        let mut running = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("golub starts");
        let mut input = running.stdin.take().expect("an input for the password");
        writeln!(input, "{PASSWORD}").expect("the password is read");
        drop(input);
        let ended = running.wait().expect("golub ends");
        assert!(ended.success(), "golub user create: {ended}");
    }

    /// Fills in the demo company, as whoever wants to look at the service does.
    pub fn fills_demo(&self) {
        let mut command = program(self.folder.path(), &self.settings);
        let ended = command.arg("demo").stdout(Stdio::null()).status();
        assert!(ended.expect("golub starts").success(), "golub demo");
    }

    /// The program's data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join(DATA)
    }

    /// What the program has logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn wait_for(&self, port: u16) {
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
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

/// The program in this folder, on its data.
fn program(folder: &Path, settings: &[(String, String)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_golub"));
    command
        .current_dir(folder)
        .args(["--data", DATA])
        .envs(settings.iter().cloned());
    command
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
    listener.local_addr().expect("its address").port()
}
