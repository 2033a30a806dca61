//! Captured mail: what the folder transport kept, for an admin to read.
//!
//! The folder is the list; there is no index to get out of step. A page reads the names alone (100,000 take a
//! directory scan of a fraction of a second), keeps the newest few in a heap, and opens only those, reading no more of each than
//! its headers. File names come from the outside: only a plain name that ends in `.eml` is ever joined to the
//! folder.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use chrono::{DateTime, NaiveDateTime, Utc};
use contract::delivery::CapturedLetter;
use mail_parser::{Addr, Address, Message, MessageParser, MessagePart, PartType};

use super::outbox::{INSTANT, OutboxFolder};

/// Headers of letters written here are far shorter.
const HEADERS_LIMIT: u64 = 32 * 1024;
/// A file that somebody put there may be of any size.
const LETTER_LIMIT: u64 = 32 * 1024 * 1024;

/// Newest first.
#[derive(Clone, Debug, Default)]
pub struct CapturedPage {
    pub letters: Vec<CapturedLetter>,
    /// The `id` to go on after, if there is more.
    pub next: Option<String>,
    /// All letters in the folder.
    pub total: u64,
}

/// One letter, opened.
#[derive(Clone, Debug)]
pub struct OpenedLetter {
    pub letter: CapturedLetter,
    pub from: String,
    pub reply_to: Option<String>,
    /// Without angle brackets.
    pub message_id: String,
    /// Name and value, decoded, in their order.
    pub headers: Vec<(String, String)>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub source: String,
}

/// The newest letters, or those before `after`, an earlier page's `next`.
pub async fn list(
    folder: &OutboxFolder,
    after: Option<String>,
    limit: usize,
) -> io::Result<CapturedPage> {
    let path = folder.path().to_owned();
    in_background(move || list_folder(&path, after.as_deref(), limit)).await
}

/// One letter by its `id`; `None` if there is no such letter.
pub async fn read(folder: &OutboxFolder, id: String) -> io::Result<Option<OpenedLetter>> {
    let path = folder.path().to_owned();
    in_background(move || read_letter(&path, &id)).await
}

async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)?
}

fn list_folder(folder: &Path, after: Option<&str>, limit: usize) -> io::Result<CapturedPage> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        // Nothing was captured yet.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(CapturedPage::default()),
        Err(error) => return Err(error),
    };
    let mut total = 0;
    let mut more = false;
    let mut newest: BinaryHeap<Reverse<String>> = BinaryHeap::with_capacity(limit + 1);
    for entry in entries {
        let name = entry?.file_name();
        let Some(name) = name.to_str().filter(|name| is_letter(name)) else {
            continue;
        };
        total += 1;
        if after.is_some_and(|after| name >= after) {
            continue;
        }
        let full = newest.len() == limit;
        more |= full;
        // Most names of a large folder end here.
        if full
            && newest
                .peek()
                .is_none_or(|Reverse(oldest)| name < oldest.as_str())
        {
            continue;
        }
        newest.push(Reverse(name.to_owned()));
        if full {
            newest.pop();
        }
    }
    // Ascending by `Reverse` is newest first.
    let names: Vec<_> = newest.into_sorted_vec();
    let next = names
        .last()
        .filter(|_| more)
        .map(|Reverse(name)| name.clone());
    let letters = names
        .into_iter()
        .filter_map(|Reverse(name)| summary(folder, name).transpose())
        .collect::<io::Result<_>>()?;
    Ok(CapturedPage {
        letters,
        next,
        total,
    })
}

fn read_letter(folder: &Path, id: &str) -> io::Result<Option<OpenedLetter>> {
    if !is_letter(id) {
        return Ok(None);
    }
    let Some((bytes, size)) = read_file(&folder.join(id), LETTER_LIMIT)? else {
        return Ok(None);
    };
    let Some(message) = MessageParser::default().parse(&bytes) else {
        return Ok(None);
    };
    Ok(Some(OpenedLetter {
        letter: captured(id.to_owned(), &message, size),
        from: people(message.from()),
        reply_to: message.reply_to().map(|address| people(Some(address))),
        message_id: message.message_id().unwrap_or_default().to_owned(),
        headers: message
            .headers_raw()
            .map(|(name, value)| (name.to_owned(), unfolded(value)))
            .collect(),
        text: first_part(&message, |part| matches!(part.body, PartType::Text(_))),
        html: first_part(&message, |part| matches!(part.body, PartType::Html(_))),
        source: String::from_utf8_lossy(&bytes).into_owned(),
    }))
}

/// The first part of that kind, if there is one: mail-parser itself would offer the text as HTML where the HTML
/// is missing, and the other way round.
fn first_part(message: &Message<'_>, fits: fn(&MessagePart<'_>) -> bool) -> Option<String> {
    let part = message.parts.iter().find(|part| fits(part))?;
    part.text_contents().map(str::to_owned)
}

fn summary(folder: &Path, name: String) -> io::Result<Option<CapturedLetter>> {
    let Some((head, size)) = read_file(&folder.join(&name), HEADERS_LIMIT)? else {
        return Ok(None);
    };
    Ok(MessageParser::default()
        .parse_headers(&head)
        .map(|message| captured(name, &message, size)))
}

fn captured(id: String, message: &Message<'_>, size: u64) -> CapturedLetter {
    CapturedLetter {
        captured_at: instant(&id).unwrap_or_default(),
        id,
        to: people(message.to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        bytes: size,
    }
}

/// The first bytes of a file and its whole size; `None` if it is gone.
fn read_file(path: &Path, limit: u64) -> io::Result<Option<(Vec<u8>, u64)>> {
    let file = match File::open(path) {
        Ok(file) => file,
        // Somebody empties the outbox while we read it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let size = file.metadata()?.len();
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(Some((bytes, size)))
}

/// A plain file name with our ending: no folders, nothing hidden.
fn is_letter(name: &str) -> bool {
    name.ends_with(".eml")
        && !name.starts_with('.')
        && name.len() <= 255
        && !name
            .contains(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.' | '@'))
}

fn instant(name: &str) -> Option<DateTime<Utc>> {
    let (instant, _) = name.split_once('-')?;
    Some(
        NaiveDateTime::parse_from_str(instant, INSTANT)
            .ok()?
            .and_utc(),
    )
}

fn people(addresses: Option<&Address<'_>>) -> String {
    let one = |person: &Addr<'_>| match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => address.or(name).unwrap_or_default().to_owned(),
    };
    addresses
        .map(|addresses| addresses.iter().map(one).collect::<Vec<_>>().join(", "))
        .unwrap_or_default()
}

fn unfolded(value: &str) -> String {
    value.replace(['\r', '\n'], "").trim().to_owned()
}
