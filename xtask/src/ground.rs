//! Where we stand: the repository, the per-user cache, whether CI is watching.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

#[derive(Debug)]
pub struct Ground {
    pub root: PathBuf,
    /// With CI=true a missing part of the machine is a failure.
    pub ci: bool,
}

impl Ground {
    pub fn here() -> Self {
        // cargo sets the variable when it runs us; the constant serves whoever starts the binary directly.
        let own = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = own.parent().unwrap_or(Path::new(".")).to_owned();
        let ci = env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
        Self { root, ci }
    }

    /// A command that runs in the repository's root.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// cargo, of the toolchain that runs us, in the repository's root.
    pub fn cargo(&self) -> Command {
        let mut cargo = self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // What cargo told us about ourselves is not for the cargo we start: some dependencies would be built anew for
        // it, and again when a person calls cargo next.
        for (variable, _) in env::vars_os() {
            let name = variable.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                cargo.env_remove(&variable);
            }
        }
        cargo
    }

    /// Where cargo builds to.
    pub fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |folder| self.root.join(folder))
    }

    /// Where the page is built to.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }
}

/// The folder for tools that are installed once per user.
pub fn tools_folder() -> PathBuf {
    let variable = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let cache = variable("XDG_CACHE_HOME")
        .or_else(|| variable("LOCALAPPDATA"))
        .or_else(|| variable("HOME").map(|home| home.join(".cache")))
        .unwrap_or_else(env::temp_dir);
    cache.join("golub").join("tools")
}
