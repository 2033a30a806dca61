//! Ends the processes that tests have started, even when the tests themselves are killed.
//!
//! A small shell waits for our end of a pipe to close. It is told the id of each process that begins and ends; those
//! that have not ended when the pipe closes are killed by their id, and nothing else is.

use std::io::Write as _;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

const SCRIPT: &str = r#"trap '' INT TERM HUP
alive=" "
while read -r word id; do
  case $word in
    begun) alive="$alive$id " ;;
    ended) alive="${alive%% $id *} ${alive#* $id }" ;;
  esac
done
for id in $alive; do kill -CONT "$id"; kill -KILL "$id"; done 2>/dev/null"#;

static SHELL: OnceLock<Mutex<ChildStdin>> = OnceLock::new();

/// A process that ends with this value at the latest.
#[derive(Debug)]
pub struct Kept {
    child: Child,
    has_ended: bool,
}

impl Kept {
    pub fn start(command: &mut Command) -> Self {
        // The keeper goes first, so that it inherits nothing of what it keeps.
        let shell = SHELL.get_or_init(keeper);
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        tell(shell, "begun", child.id());
        Self {
            child,
            has_ended: false,
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, by name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(sent.success(), "kill -{name} {}", self.id());
    }

    /// SIGKILL, and waits for the end.
    pub fn kill(&mut self) {
        if !self.has_ended {
            let _ = self.child.kill();
            let _ = self.child.wait();
            self.ended();
        }
    }

    /// Has it ended, and how?
    pub fn try_wait(&mut self) -> Option<std::process::ExitStatus> {
        let status = self.child.try_wait().expect("a child can be asked");
        if status.is_some() && !self.has_ended {
            self.ended();
        }
        status
    }

    fn ended(&mut self) {
        self.has_ended = true;
        if let Some(shell) = SHELL.get() {
            tell(shell, "ended", self.id());
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.kill();
    }
}

fn keeper() -> Mutex<ChildStdin> {
    let mut shell = Command::new("sh")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell");
    let pipe = shell.stdin.take().expect("the shell's input");
    std::thread::spawn(move || shell.wait());
    Mutex::new(pipe)
}

fn tell(shell: &Mutex<ChildStdin>, word: &str, id: u32) {
    let mut pipe = shell.lock().unwrap_or_else(PoisonError::into_inner);
    writeln!(pipe, "{word} {id}").expect("the keeper listens");
}
