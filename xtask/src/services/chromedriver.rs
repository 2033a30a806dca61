//! chromedriver, through which the browser tests steer Chromium.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use super::{
    free_port,
    keeper::{Keeper, on_its_own},
    scratch, wait_for_port,
};
use crate::{
    packages,
    problem::{Outcome, Problem},
};

#[derive(Debug)]
pub struct Chromedriver {
    pub url: String,
    pub chromium: PathBuf,
    /// Browsers keep their profiles in here; the keeper knows ours by that.
    pub profiles: PathBuf,
    _keeper: Keeper,
}

impl Chromedriver {
    pub fn start() -> Outcome<Self> {
        let debian = ["chromium", "chromium-driver"];
        let chromium = packages::program(
            "Chromium",
            &["chromium", "chromium-browser", "google-chrome"],
            &Vec::new,
            &debian,
        )?;
        let driver = packages::program("Chromium's driver", &["chromedriver"], &Vec::new, &debian)?;
        let profiles = scratch::folder("browser")?;
        let port = free_port()?;
        let mut command = Command::new(driver);
        command
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        on_its_own(&mut command);
        let mut server = command
            .spawn()
            .map_err(|error| Problem::failed("starting chromedriver", error))?;
        // A browser outlives its driver: those whose profile is in our folder are ended one by one.
        let script = "kill $1; for process in $(grep -alsF \"--user-data-dir=$folder\" /proc/[0-9]*/cmdline); do
            pid=${process#/proc/}; pid=${pid%/cmdline}; [ $pid = $$ ] || kill -KILL $pid; done; sleep 0.2";
        let keeper = Keeper::new(script, &[&server.id().to_string()], &profiles)?;
        std::thread::spawn(move || server.wait());
        wait_for_port(port, Duration::from_secs(20))?;
        Ok(Self {
            url: format!("http://127.0.0.1:{port}"),
            chromium,
            profiles,
            _keeper: keeper,
        })
    }
}
