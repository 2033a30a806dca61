//! The data folder: it can be written, and has room.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::Finding;

const FOLDER: &str = "data folder";
const ROOM: &str = "disk";
const MEBIBYTE: u64 = 1 << 20;
/// A log of SQLite's alone may take this much while a big mailing leaves.
const TOO_LITTLE: u64 = 256 * MEBIBYTE;
/// A million letters and what becomes of them take about this much.
const LITTLE: u64 = 2_048 * MEBIBYTE;

pub fn look(folder: &Path) -> Vec<Finding> {
    let name = folder.display();
    if !folder.exists() {
        return vec![Finding::warning(
            FOLDER,
            format!("{name} is not there; the first start makes it"),
        )];
    }
    let written = match write_in(folder) {
        Ok(()) => Finding::fine(FOLDER, format!("{name} can be written")),
        Err(error) => Finding::broken(FOLDER, format!("{name} cannot be written: {error}")),
    };
    let room = match rustix::fs::statvfs(folder) {
        Ok(disk) => room(disk.f_bavail.saturating_mul(disk.f_frsize)),
        Err(error) => Finding::warning(ROOM, format!("its free space is unknown: {error}")),
    };
    vec![written, room]
}

fn write_in(folder: &Path) -> io::Result<()> {
    let file = folder.join(format!("doctor-{}", std::process::id()));
    let mut open = fs::File::create_new(&file)?;
    let written = open
        .write_all(b"golub doctor")
        .and_then(|()| open.sync_all());
    fs::remove_file(&file)?;
    written
}

fn room(free: u64) -> Finding {
    let says = format!("{} MiB are free", free / MEBIBYTE);
    match free {
        ..TOO_LITTLE => Finding::broken(ROOM, format!("{says}: too little to send anything by")),
        TOO_LITTLE..LITTLE => Finding::warning(
            ROOM,
            format!(
                "{says}; a mailing to a million takes about {}",
                LITTLE / MEBIBYTE
            ),
        ),
        _ => Finding::fine(ROOM, says),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;

    #[test]
    fn a_disk_that_is_nearly_full_is_told_in_time() {
        assert_eq!(room(100 * MEBIBYTE).health, Health::Broken);
        assert_eq!(room(1_024 * MEBIBYTE).health, Health::Warning);
        assert_eq!(room(20_000 * MEBIBYTE).health, Health::Fine);
    }

    #[test]
    fn looking_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(look(folder.path())[0].health, Health::Fine);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let missing = look(&folder.path().join("none"));
        assert_eq!(missing[0].health, Health::Warning);
        assert!(!folder.path().join("none").exists());
    }
}
