//! A throw-away PostgreSQL cluster from the programs on this machine: loopback only, no password, and, unless
//! something is measured, none of the care for durability that tests do not need.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use super::{
    free_port,
    keeper::{Keeper, on_its_own},
    scratch, users, wait_for_port,
};
use crate::{
    packages,
    problem::{Outcome, Problem},
    process,
};

#[derive(Debug)]
pub struct Postgres {
    pub url: String,
    /// The process whose children all others of the cluster are.
    pub pid: u32,
    _keeper: Keeper,
}

impl Postgres {
    /// For tests: nothing is lost with it but time.
    pub fn start() -> Outcome<Self> {
        // Each test has pools of its own.
        Self::with(&["max_connections=400", "fsync=off", "full_page_writes=off"])
    }

    /// As it is installed: what is committed is on the disk.
    pub fn start_lasting() -> Outcome<Self> {
        Self::with(&["fsync=on", "synchronous_commit=on"])
    }

    /// The folder of the server's programs.
    pub fn programs() -> Outcome<PathBuf> {
        programs()
    }

    fn with(settings: &[&str]) -> Outcome<Self> {
        let programs = programs()?;
        let folder = scratch::folder("postgres")?;
        let data = scratch::subfolder(&folder, "data")?;
        let as_whom = Unprivileged::choose(&data)?;
        let log = folder.join("log");

        let mut initdb = as_whom.command(&programs.join("initdb"));
        initdb
            .args([
                "--username=golub",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "-D",
            ])
            .arg(&data);
        if let Err(problem) = process::output(initdb.current_dir(&folder)) {
            let _ = fs::remove_dir_all(&folder);
            return Err(problem);
        }

        let port = free_port()?;
        let file =
            fs::File::create(&log).map_err(|error| Problem::failed("PostgreSQL's log", error))?;
        let mut postgres = as_whom.command(&programs.join("postgres"));
        postgres
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "timezone=UTC",
        ]
        .iter()
        .chain(settings)
        {
            postgres.args(["-c", setting]);
        }
        postgres
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file);
        on_its_own(&mut postgres);
        let server = postgres
            .spawn()
            .map_err(|error| Problem::failed("starting PostgreSQL", error))?;
        // SIGQUIT ends it at once: there is nothing to save.
        let pid = server.id();
        let keeper = Keeper::new(
            "kill -QUIT $1; while kill -0 $1; do sleep 0.1; done",
            &[&pid.to_string()],
            &folder,
        )?;
        collect(server);
        wait_for_port(port, Duration::from_secs(30)).map_err(|problem| {
            Problem::Failed(format!(
                "PostgreSQL: {problem}\n{}",
                fs::read_to_string(&log).unwrap_or_default()
            ))
        })?;
        Ok(Self {
            url: format!("postgres://golub@127.0.0.1:{port}/postgres"),
            pid,
            _keeper: keeper,
        })
    }
}

/// Reaps the child when it ends, so that the keeper sees it gone.
fn collect(mut server: std::process::Child) {
    std::thread::spawn(move || server.wait());
}

fn programs() -> Outcome<PathBuf> {
    let initdb = packages::program(
        "PostgreSQL 15 or newer",
        &["initdb"],
        &installed_versions,
        &["postgresql"],
    )?;
    Ok(initdb.parent().unwrap_or(Path::new("/")).to_owned())
}

/// Debian keeps the server's programs out of PATH, a folder per version; the newest first.
fn installed_versions() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|entries| {
            entries
                .flatten()
                .map(|entry| entry.path().join("bin"))
                .collect()
        })
        .unwrap_or_default();
    folders.sort();
    folders.reverse();
    folders
}

/// PostgreSQL refuses to run as root.
struct Unprivileged {
    prefix: Vec<String>,
}

impl Unprivileged {
    fn choose(data: &Path) -> Outcome<Self> {
        if !users::are_root() {
            return Ok(Self { prefix: Vec::new() });
        }
        let nobody = users::Owner::named("nobody")?;
        nobody.gets(data)?;
        if process::find("setpriv", &[]).is_none() {
            return Err(Problem::Missing(
                "PostgreSQL does not run as root, and setpriv (util-linux) is missing".into(),
            ));
        }
        let users::Owner { user, group } = nobody;
        // setpriv becomes the program, so the pid we know is the server's.
        let prefix = [
            "setpriv",
            &format!("--reuid={user}"),
            &format!("--regid={group}"),
            "--clear-groups",
            "--",
        ];
        Ok(Self {
            prefix: prefix.map(str::to_owned).to_vec(),
        })
    }

    fn command(&self, program: &Path) -> Command {
        match self.prefix.split_first() {
            None => Command::new(program),
            Some((setpriv, rest)) => {
                let mut command = Command::new(setpriv);
                command.args(rest).arg(program);
                command
            }
        }
    }
}
