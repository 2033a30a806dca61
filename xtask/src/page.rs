//! Builds the page: its style sheet from npm, then trunk.

use std::{ffi::OsStr, fs, path::Path, time::SystemTime};

use crate::{
    ground::Ground,
    problem::{Outcome, Problem},
    process,
};

/// Where the page's style sheet and typeface are installed.
pub const FRONTEND: &str = "frontend";

/// Whether `npm ci` has to run in the folder: the lock file is newer than what npm installed last.
pub fn npm_is_stale(ground: &Ground, folder: &str) -> bool {
    let folder = ground.root.join(folder);
    // npm writes this file last.
    let installed = changed(&folder.join("node_modules/.package-lock.json"));
    changed(&folder.join("package-lock.json")) > installed
}

/// Installs a folder's npm packages exactly as locked.
pub fn npm_ci(ground: &Ground, folder: &str) -> Outcome<()> {
    let npm = process::find(if cfg!(windows) { "npm.cmd" } else { "npm" }, &[]).ok_or_else(|| {
        Problem::Missing("npm is not in PATH: install Node.js 18 or newer (https://nodejs.org, or Debian: apt-get install npm)".into())
    })?;
    let mut install = ground.command(npm);
    install
        .current_dir(ground.root.join(folder))
        .args(["ci", "--no-audit", "--no-fund"]);
    process::run(&mut install).map_err(|problem| {
        Problem::Missing(format!(
            "{problem}\nThe npm registry has to be reachable once. By hand: cd {folder} && npm ci"
        ))
    })
}

/// Builds into `dist/`. Not the release profile: small wasm matters less here than building quickly.
pub fn build(ground: &Ground, path: &OsStr) -> Outcome<()> {
    let mut trunk = ground.command(find_trunk(path));
    trunk.arg("build").env("PATH", path).env_remove("NO_COLOR");
    process::run(&mut trunk)
}

/// `Command` looks a program up in our own PATH, not in the one that the child gets.
fn find_trunk(path: &OsStr) -> std::path::PathBuf {
    let name = format!("trunk{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(path)
        .map(|folder| folder.join(&name))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| name.into())
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|data| data.modified()).ok()
}
