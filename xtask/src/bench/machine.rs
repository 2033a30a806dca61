//! The machine that figures were taken on, in one line, so that nobody compares what cannot be compared.

use std::{fs, path::Path, process::Command, thread};

use super::procfs;
use crate::{ground::Ground, process};

/// Processors, memory, kernel, and where the databases lie.
pub fn describe(databases: &Path) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let model = line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned());
    let memory = line_of("/proc/meminfo", "MemTotal")
        .and_then(|total| total.split(' ').next()?.parse::<u64>().ok())
        .map_or("unknown".to_owned(), |kilobytes| {
            format!("{} GiB", (kilobytes + (1 << 19)) >> 20)
        });
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "{cores} cores ({model}), {memory} of memory, Linux {}, databases on {}",
        kernel.trim(),
        procfs::file_system(databases)
    )
}

/// The commit that is measured, and whether anything was changed since.
pub fn commit(ground: &Ground) -> String {
    let mut git = ground.command("git");
    let said = process::output(git.args(["describe", "--always", "--dirty", "--exclude=*"]));
    said.map_or("unknown".to_owned(), |commit| commit.trim().to_owned())
}

/// The compiler, in its own words.
pub fn compiler(ground: &Ground) -> String {
    said(ground.command("rustc").arg("--version"))
}

/// What a program says of its version.
pub fn version(program: &Path) -> String {
    said(Command::new(program).arg("--version"))
}

fn said(command: &mut Command) -> String {
    let said = process::output(command).unwrap_or_default();
    said.lines().next().unwrap_or("unknown").trim().to_owned()
}

fn line_of(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
