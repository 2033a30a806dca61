//! Programs that tests need from the distribution: found, or installed by apt-get when we may, or named
//! plainly so that a person can install them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    problem::{Outcome, Problem},
    process,
    services::users::are_root,
    steps::step,
};

/// Finds the first of `names` in PATH or `elsewhere`; installs Debian's `packages` where that is possible.
pub fn program(
    what: &str,
    names: &[&str],
    elsewhere: &dyn Fn() -> Vec<PathBuf>,
    packages: &[&str],
) -> Outcome<PathBuf> {
    let look = || {
        names
            .iter()
            .find_map(|name| process::find(name, &elsewhere()))
    };
    if let Some(found) = look() {
        return Ok(found);
    }
    let missing = |why: String| {
        let advice = format!("on Debian: apt-get install {}", packages.join(" "));
        Problem::Missing(format!(
            "no {} found; install {what} ({advice}){why}",
            names[0]
        ))
    };
    if !are_root() || process::find("apt-get", &[]).is_none() {
        return Err(missing(String::new()));
    }
    step(
        &format!("Installing {what} (apt-get install {})", packages.join(" ")),
        "a minute, once",
        || install(packages).map_err(|problem| missing(format!("\n{problem}"))),
    )?;
    look().ok_or_else(|| missing(String::new()))
}

fn install(packages: &[&str]) -> Outcome<()> {
    // Debian starts a service when its package is installed, unless this file says no.
    let policy = Path::new("/usr/sbin/policy-rc.d");
    let ours = !policy.exists();
    if ours {
        forbid_starting(policy)?;
    }
    let installed = apt_get(&["update"]).and_then(|()| {
        apt_get(
            &[
                ["install", "--yes", "--no-install-recommends"].as_slice(),
                packages,
            ]
            .concat(),
        )
    });
    if ours {
        let _ = fs::remove_file(policy);
    }
    installed
}

fn apt_get(arguments: &[&str]) -> Outcome<()> {
    let mut command = Command::new("apt-get");
    command
        .args(["-qq", "-o=Dpkg::Use-Pty=0"])
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("RUNLEVEL", "1");
    process::run(command.stdin(Stdio::null()))
}

#[cfg(unix)]
fn forbid_starting(policy: &Path) -> Outcome<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::write(policy, "#!/bin/sh\nexit 101\n")
        .and_then(|()| fs::set_permissions(policy, fs::Permissions::from_mode(0o755)))
        .map_err(|error| Problem::failed("policy-rc.d", error))
}

#[cfg(not(unix))]
fn forbid_starting(_policy: &Path) -> Outcome<()> {
    Ok(())
}
