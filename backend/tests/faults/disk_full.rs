//! Fault 5: SQLite's disk is full in mid-run, and later there is room again.
//!
//! The data folder is a small tmpfs where one may mount. Elsewhere the kernel lets the program's files grow no
//! further, which SQLite meets as a failed write instead of a full disk.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::support::check::Ended;
use crate::support::scale::sized;
use crate::support::sink::{Act, Stage};
use crate::support::wait::LONG;
use crate::support::{Golub, Place, Report, Settings, Sink, check, wait_until};

/// How long there is no room after the first write that failed.
const FULL_FOR: Duration = Duration::from_secs(2);
/// Between two bytes of the answer to a letter.
const SLOWNESS: Duration = Duration::from_millis(1);
/// What the program logs when it cannot write.
const NOTICED: &str = "it is tried again";

#[test]
fn the_disk_is_full_in_mid_run() {
    let letters = sized(10_000, 1_500);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let disk = SmallDisk::mount(&folder.path().join("data"));
    let sink = Sink::start();
    let place = Place::new(folder, Settings::sending_to(&sink));
    let how = if disk.is_some() {
        "disk full (tmpfs)"
    } else {
        "files may not grow (prlimit)"
    };
    let mut report = Report::begin(5, how, place.engine_name());
    let run = place.start_mailing(letters);
    // So slowly that the run still goes on at the second time: there is much left to write.
    sink.behave(|moment| match moment.stage {
        Stage::Dot => Act::Drip(SLOWNESS),
        _ => Act::Well,
    });
    let mut worker = place.worker();
    for moment in [letters / 10, letters / 4] {
        worker.wait_for_letters(&sink, moment);
        let noticed = worker.times_logged(NOTICED);
        let squeeze = match &disk {
            Some(disk) => Squeeze::fill(&disk.0),
            None => Squeeze::forbid(&worker),
        };
        report.blows += 1;
        wait_until("the worker to notice", LONG, || {
            worker.must_live();
            // The log's room is written over again after each checkpoint: some of the writes still succeed.
            let has_noticed = worker.times_logged(NOTICED) > noticed;
            has_noticed.then_some(()).ok_or_else(|| worker.log())
        });
        thread::sleep(FULL_FOR);
        worker.must_live();
        drop(squeeze);
    }
    sink.behave_well();
    place.wait_until_finished(&run, &mut [&mut worker]);
    worker.stop(Place::STOP);
    let found = check(&place, &run, &[&sink], Ended::Yes)
        .at_most_unknown(0)
        .no_duplicates();
    report.end(&found);
}

/// A tmpfs that is gone with this value.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None where one may not mount.
    fn mount(at: &Path) -> Option<Self> {
        fs::create_dir_all(at).expect("a folder");
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64m", "tmpfs"])
            .arg(at)
            .output();
        done.is_ok_and(|done| done.status.success())
            .then(|| Self(at.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
        if let Some(folder) = self.0.parent() {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Keeps the room away until it is dropped.
enum Squeeze {
    Ballast(PathBuf),
    Limit(u32),
}

impl Squeeze {
    fn fill(disk: &Path) -> Self {
        let path = disk.join("ballast");
        let mut ballast = File::create(&path).expect("a file");
        let mut size = 1 << 20;
        while size > 0 {
            if ballast.write(&vec![1; size]).is_err() {
                size /= 2;
            }
        }
        Self::Ballast(path)
    }

    /// The smallest of limits: no write succeeds beyond the first kilobytes of a file.
    fn forbid(worker: &Golub) -> Self {
        limit_files(worker.id(), "4096");
        Self::Limit(worker.id())
    }
}

impl Drop for Squeeze {
    fn drop(&mut self) {
        match self {
            Self::Ballast(path) => fs::remove_file(path).expect("the ballast goes"),
            Self::Limit(process) => limit_files(*process, "unlimited"),
        }
    }
}

fn limit_files(process: u32, limit: &str) {
    // The soft limit alone: a hard one could not be lifted again.
    let done = Command::new("prlimit")
        .args([
            &format!("--pid={process}"),
            &format!("--fsize={limit}:unlimited"),
        ])
        .status();
    assert!(
        done.is_ok_and(|status| status.success()),
        "prlimit does not work here"
    );
}
