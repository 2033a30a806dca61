//! Rules of the house that no lint knows: short files that begin with their story, contract free of
//! I/O, handlers free of queries, one place that reads the clock.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Tests and tables may be longer.
const LINES: usize = 400;

const CRATES: [&str; 5] = ["contract", "migration", "backend", "frontend", "xtask"];
/// Where a crate has Rust.
const FOLDERS: [&str; 3] = ["src", "tests", "benches"];
/// Decisions that take what they need to know as arguments.
const RULES: [&str; 5] = [
    "backend/src/mailings/schedule",
    "backend/src/delivery/classify.rs",
    "backend/src/delivery/hints.rs",
    "backend/src/delivery/retry.rs",
    "backend/src/notices/retry.rs",
];

#[test]
fn every_module_begins_with_its_story() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(name, _)| name)
        .collect();
    assert!(
        silent.is_empty(),
        "the first line of these should be `//! ...`: {silent:#?}"
    );
}

#[test]
fn files_stay_short() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(name, text)| (name, without_tests(&text).lines().count()))
        .filter(|(name, lines)| *lines > LINES && !is_table(name))
        .collect();
    assert!(
        long.is_empty(),
        "split these by what they are about, {LINES} lines at most: {long:#?}"
    );
}

#[test]
fn handlers_hold_no_query() {
    let handlers = sources()
        .into_iter()
        .filter(|(name, _)| name.starts_with("backend/") && name.ends_with("routes.rs"));
    let guilty: Vec<_> = handlers
        .filter(|(_, text)| text.contains("sea_orm"))
        .map(|(name, _)| name)
        .collect();
    assert!(
        guilty.is_empty(),
        "queries belong into the service beside: {guilty:#?}"
    );
}

#[test]
fn rules_know_neither_the_web_nor_the_database() {
    for rule in RULES {
        let of_rule: Vec<_> = sources()
            .into_iter()
            .filter(|(name, _)| name.starts_with(rule))
            .collect();
        assert!(!of_rule.is_empty(), "{rule} is gone");
        for (name, text) in of_rule {
            let knows = ["actix", "sea_orm"].map(|library| text.contains(library));
            assert_eq!(knows, [false; 2], "{name}");
        }
    }
}

#[test]
fn only_the_clock_reads_the_time() {
    let readers: Vec<_> = sources()
        .into_iter()
        .filter(|(name, _)| name.starts_with("backend/src/") && name != "backend/src/clock.rs")
        .filter(|(_, text)| {
            code(text).any(|line| line.contains("Utc::now(") || line.contains("SystemTime::now("))
        })
        .map(|(name, _)| name)
        .collect();
    assert!(
        readers.is_empty(),
        "take `now` as an argument, or ask the clock at the edge: {readers:#?}"
    );
}

#[test]
fn nothing_is_left_for_later() {
    // Written so that this file does not find itself.
    let reminders = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let guilty: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| reminders.iter().any(|word| text.contains(word)))
        .map(|(name, _)| name)
        .collect();
    assert!(
        guilty.is_empty(),
        "open an issue instead of a reminder: {guilty:#?}"
    );
}

/// Every Rust file: its path from the root, and its text.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is in a workspace");
    let mut files = Vec::new();
    for member in CRATES {
        for folder in FOLDERS {
            let folder = root.join(member).join(folder);
            if folder.is_dir() {
                collect(&folder, &mut files);
            }
        }
    }
    files.sort();
    assert!(!files.is_empty());
    files
        .into_iter()
        .map(|file| {
            let name = file
                .strip_prefix(root)
                .expect("found below the root")
                .to_string_lossy()
                .replace('\\', "/");
            (name, fs::read_to_string(&file).expect("a readable source"))
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

/// Tests stand at the end of a file.
fn without_tests(text: &str) -> &str {
    text.split_once("#[cfg(test)]\nmod ")
        .map_or(text, |(code, _)| code)
}

/// The words of the page, in two languages: long by nature.
fn is_table(name: &str) -> bool {
    name.ends_with("/texts.rs") || name.contains("/texts/")
}

fn code(text: &str) -> impl Iterator<Item = &str> {
    without_tests(text)
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}
