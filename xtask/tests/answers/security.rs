//! `docs/security.md` answers every requirement of the two chapters, and names nothing that does not exist.

use crate::named::{Known, quoted, read};

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
fn everything_that_is_named_exists() {
    let known = Known::read();
    for (number, answer) in rows() {
        for name in quoted(&answer) {
            assert!(known.has_anything(&name), "{number}: {name}");
        }
    }
}

/// Number and answer of each row.
fn rows() -> Vec<(String, String)> {
    read("docs/security.md")
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let number = *cells.get(1)?;
            let is_row = number.starts_with(|c: char| c.is_ascii_digit());
            is_row.then(|| (number.to_owned(), cells[3].to_owned()))
        })
        .collect()
}
