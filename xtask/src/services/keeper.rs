//! Ends what we started, whatever ends us.
//!
//! A keeper is a small shell in a process group of its own that waits for our end of a pipe to close.
//! It closes when the keeper is dropped, and just as well when we panic, get Ctrl+C or are killed. Then
//! the shell runs its script. No signal handler of ours has to work for that.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::problem::{Outcome, Problem};

#[derive(Debug)]
pub struct Keeper {
    shell: Child,
}

impl Keeper {
    /// `script` sees `arguments` as `$1`, `$2`...; afterwards `folder` is removed.
    pub fn new(script: &str, arguments: &[&str], folder: &Path) -> Outcome<Self> {
        // The read ends when the pipe closes.
        let whole = format!(
            "trap '' INT TERM HUP; folder=$1; shift; cat >/dev/null; {script}\nrm -rf \"$folder\""
        );
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &whole, "keeper"])
            .arg(folder)
            .args(arguments);
        shell
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        on_its_own(&mut shell);
        let shell = shell
            .spawn()
            .map_err(|error| Problem::failed("starting a shell", error))?;
        Ok(Self { shell })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // Nothing can be done about a keeper that failed, and the temporary folder harms nobody.
        let _ = self.shell.wait();
    }
}

/// In a process group of its own: the terminal's Ctrl+C passes it by, its keeper ends it.
#[cfg(unix)]
pub fn on_its_own(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
pub fn on_its_own(_command: &mut Command) {}
