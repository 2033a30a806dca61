//! The folder transport: letters become files instead of travelling.
//!
//! A file's name is its letter's instant, a number and the Message-ID, so that names sort by time and a copy of
//! the same letter never replaces the first one. A file appears under its name only when it is complete.
//! Nothing is flushed to the disk: captured mail is for trying things out.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Utc};

use super::{
    letter::Letter,
    reply::{Reply, Stage, Trouble, Verdict},
};

/// How the instant begins a file's name.
pub(super) const INSTANT: &str = "%Y%m%dT%H%M%S%6fZ";

#[derive(Clone, Debug)]
pub struct OutboxFolder {
    folder: PathBuf,
    connections: usize,
    written: Arc<AtomicU64>,
}

#[derive(Debug)]
pub struct OutboxSession {
    folder: OutboxFolder,
    usable: bool,
}

impl OutboxFolder {
    pub fn new(folder: PathBuf, connections: usize) -> Self {
        Self {
            folder,
            connections,
            written: Arc::default(),
        }
    }

    /// Where the letters are.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    pub(super) fn connections(&self) -> usize {
        self.connections
    }

    /// Keeps something that reads like a letter, and tells its file's name.
    pub async fn keep(
        &self,
        date: DateTime<Utc>,
        message_id: &str,
        bytes: Vec<u8>,
    ) -> io::Result<String> {
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let name = file_name(date, message_id, number);
        let (folder, file) = (self.folder.clone(), name.clone());
        tokio::task::spawn_blocking(move || {
            fs::create_dir_all(&folder)?;
            write(&folder, &file, &bytes)
        })
        .await
        .map_err(io::Error::other)
        .flatten()?;
        Ok(name)
    }

    pub(super) async fn open(&self) -> Result<OutboxSession, Trouble> {
        tokio::fs::create_dir_all(&self.folder)
            .await
            .map_err(|error| Trouble::new(Stage::Folder, None, error.to_string()))?;
        Ok(OutboxSession {
            folder: self.clone(),
            usable: true,
        })
    }
}

impl OutboxSession {
    pub(super) async fn send(&mut self, letter: &Letter) -> Reply {
        let Letter {
            message_id,
            date,
            bytes,
            ..
        } = letter;
        match self.folder.keep(*date, message_id, bytes.clone()).await {
            Ok(kept) => Reply::ours(
                Verdict::Accepted,
                Stage::Folder,
                format!("kept in the outbox as {kept}"),
            ),
            Err(error) => {
                // A full disk is our trouble, not the letter's; opening a new session will tell.
                self.usable = false;
                Reply::ours(Verdict::NotTried, Stage::Folder, error.to_string())
            }
        }
    }

    pub(super) fn usable(&self) -> bool {
        self.usable
    }
}

fn file_name(date: DateTime<Utc>, message_id: &str, number: u64) -> String {
    let instant = date.format(INSTANT);
    let id: String = message_id
        .chars()
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '@' | '.' | '_' => c,
            _ => '-',
        })
        .take(150)
        .collect();
    format!("{instant}-{number:06}-{id}.eml")
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    // The process id keeps two processes that share the folder apart.
    let unfinished = folder.join(format!(".{}-{name}.tmp", std::process::id()));
    let written =
        fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, folder.join(name)));
    if written.is_err() {
        // Best effort: what failed is reported, not the tidying up.
        let _ = fs::remove_file(&unfinished);
    }
    written
}
