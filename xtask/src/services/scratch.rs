//! A temporary folder of our own, readable by the unprivileged users that services run as.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use crate::problem::{Outcome, Problem};

/// Makes `golub-<name>-<pid>-<n>`. Whoever makes it has a keeper remove it.
pub fn folder(name: &str) -> Outcome<PathBuf> {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let folder = env::temp_dir().join(format!("golub-{name}-{}-{number}", process::id()));
    subfolder(&folder, "")?;
    Ok(folder)
}

pub fn subfolder(folder: &Path, name: &str) -> Outcome<PathBuf> {
    let inner = if name.is_empty() {
        folder.to_owned()
    } else {
        folder.join(name)
    };
    fs::create_dir(&inner).map_err(|error| Problem::failed(&inner.display().to_string(), error))?;
    Ok(inner)
}
