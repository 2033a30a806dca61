//! `docs/security.md` answers every requirement of the two chapters, and names only tests that exist.

use std::{collections::BTreeSet, fs, path::Path};

/// OWASP ASVS 5.0, chapters 6 and 7, levels 1 and 2.
const REQUIREMENTS: &str = "6.1.1 6.1.2 6.1.3 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 \
    6.2.12 6.3.1 6.3.2 6.3.3 6.3.4 6.4.1 6.4.2 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 6.8.1 \
    6.8.2 6.8.3 6.8.4 7.1.1 7.1.2 7.1.3 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5 7.5.1 \
    7.5.2 7.6.1 7.6.2";

#[test]
fn every_requirement_has_its_row() {
    let rows: Vec<(String, String)> = rows();
    let numbers: Vec<&str> = rows.iter().map(|(number, _)| number.as_str()).collect();
    assert_eq!(numbers, REQUIREMENTS.split_whitespace().collect::<Vec<_>>());
    for (number, answer) in &rows {
        assert!(
            answer.starts_with("holds") || answer.starts_with("does not apply"),
            "{number}: {answer}"
        );
    }
}

#[test]
fn every_test_that_is_named_exists() {
    let mut known = BTreeSet::new();
    for folder in ["backend/src", "backend/tests"] {
        tests_below(&root().join(folder), &mut known);
    }
    let missing: Vec<String> = rows()
        .into_iter()
        .flat_map(|(number, answer)| {
            quoted(&answer)
                .filter(|name| is_test_name(name) && !known.contains(name))
                .map(|name| format!("{number}: {name}"))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Number and answer of each row.
fn rows() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("docs/security.md")).expect("docs/security.md");
    text.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let number = *cells.get(1)?;
            let is_row = number.starts_with(|c: char| c.is_ascii_digit());
            is_row.then(|| (number.to_owned(), cells[3].to_owned()))
        })
        .collect()
}

fn quoted(answer: &str) -> impl Iterator<Item = String> {
    answer.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// Tests are sentences: several words, and nothing but words.
fn is_test_name(name: &str) -> bool {
    name.matches('_').count() >= 3
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn tests_below(folder: &Path, known: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            tests_below(&path, known);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).expect("a readable source");
            let names = text.split("fn ").skip(1).filter_map(|rest| {
                let (name, _) = rest.split_once('(')?;
                Some(name.to_owned())
            });
            known.extend(names);
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is in a workspace")
}
