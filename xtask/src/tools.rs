//! The tools that build the page: the wasm32 target, trunk, and the wasm-bindgen program of exactly
//! the version in Cargo.lock. Installed once per user into a cache folder, never into the clone.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    ground::{Ground, tools_folder},
    problem::{Outcome, Problem},
    process,
    steps::step,
};

pub const WASM: &str = "wasm32-unknown-unknown";
// The last version that installs with Rust 1.95.
const TRUNK: &str = "0.21.14";

/// Installs what is missing, and gives the PATH in which trunk and wasm-bindgen are found.
pub fn page_tools(ground: &Ground) -> Outcome<OsString> {
    wasm_target(ground)?;
    let bindgen = locked_version(&ground.root, "wasm-bindgen")?;
    tool(
        "wasm-bindgen",
        &bindgen,
        "2 to 6 minutes, once per user",
        |install| {
            // Without --locked: the lock file it was published with wants a version that was withdrawn.
            install
                .args(["wasm-bindgen-cli", "--version", &bindgen])
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
        },
    )?;
    tool(
        "trunk",
        TRUNK,
        "4 to 10 minutes, once per user",
        |install| {
            install
                .args([
                    "trunk",
                    "--version",
                    TRUNK,
                    "--locked",
                    "--no-default-features",
                    "--features",
                    "rustls",
                ])
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
        },
    )?;
    Ok(process::path_with(&tools_folder().join("bin")))
}

pub fn wasm_target(ground: &Ground) -> Outcome<()> {
    let sysroot = process::output(ground.command("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM)
        .is_dir()
    {
        return Ok(());
    }
    step(
        "Adding the WebAssembly target to Rust",
        "half a minute, once per toolchain",
        || {
            process::run(ground.command("rustup").args(["target", "add", WASM])).map_err(|problem| {
            Problem::Missing(format!(
                "{problem}\nThe page needs Rust's target {WASM}: install Rust by rustup (https://rustup.rs) and run\n    rustup target add {WASM}"
            ))
        })
        },
    )
}

fn tool(name: &str, version: &str, about: &str, arguments: impl Fn(&mut Command)) -> Outcome<()> {
    let folder = tools_folder();
    let ours = folder
        .join("bin")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    // Ours comes first in the PATH that trunk gets, so a stale one of ours must not hide a right one elsewhere.
    let used = if ours.is_file() {
        Some(ours)
    } else {
        process::find(name, &[])
    };
    if used.is_some_and(|program| is_version(&program, version)) {
        return Ok(());
    }
    step(
        &format!("Installing {name} {version} into {}", folder.display()),
        about,
        || {
            fs::create_dir_all(&folder)
                .map_err(|error| Problem::failed(&folder.display().to_string(), error))?;
            let mut install = install_command(&folder);
            arguments(&mut install);
            process::run(&mut install).map_err(|problem| {
            let by_hand = process::line(&install);
            Problem::Missing(format!(
                "{problem}\nInstalling {name} failed (see above). It needs the crates registry and a C compiler (Debian: apt-get install build-essential).\nTo install it by hand, with it in PATH afterwards:\n    {by_hand}"
            ))
        })
        },
    )
}

/// Their own release profiles take minutes longer and gain nothing for us.
fn install_command(folder: &Path) -> Command {
    let mut install = Command::new("cargo");
    install
        // Not in the clone: its .cargo/config.toml is no business of the tools.
        .current_dir(folder)
        .args(["install", "--force", "--root"])
        .arg(folder)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    install
}

fn is_version(program: &PathBuf, version: &str) -> bool {
    process::output(Command::new(program).arg("--version"))
        .is_ok_and(|said| said.split_whitespace().any(|word| word == version))
}

fn locked_version(root: &Path, package: &str) -> Outcome<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock"))
        .map_err(|error| Problem::failed("Cargo.lock", error))?;
    version_in(&lock, package)
        .ok_or_else(|| Problem::Failed(format!("Cargo.lock does not mention {package}")))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock
        .lines()
        .skip_while(|line| *line != format!("name = \"{package}\""));
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_package_is_found_in_a_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "trunk"), None);
    }
}
