//! `docs/features.md` answers every row of what was asked for, and names only screens, operations and tests that exist.

use std::{collections::BTreeSet, fs};

use crate::named::{missing_tests, quoted, root};

const ROWS: usize = 20;

#[test]
fn every_row_is_answered_with_a_test() {
    let rows = rows();
    let numbers: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
    let asked: Vec<String> = (1..=ROWS).map(|number| format!("S{number}")).collect();
    assert_eq!(numbers, asked);
    for row in &rows {
        assert!(row.tests.contains('`'), "{} names no test", row.number);
    }
}

#[test]
fn every_test_that_is_named_exists() {
    let tests = rows().into_iter().map(|row| row.tests);
    assert_eq!(missing_tests(tests), Vec::<String>::new());
}

#[test]
fn every_operation_that_is_named_exists() {
    let known = operations();
    for row in rows() {
        for operation in quoted(&row.operations) {
            assert!(known.contains(&operation), "{}: {operation}", row.number);
        }
    }
}

#[test]
fn every_screen_that_is_named_exists() {
    let routes = read("frontend/src/routes.rs");
    for row in rows() {
        for screen in quoted(&row.screen).filter(|screen| screen.starts_with('/')) {
            let route = format!("#[at(\"{screen}\")]");
            assert!(routes.contains(&route), "{}: {screen}", row.number);
        }
    }
}

struct Row {
    number: String,
    screen: String,
    operations: String,
    tests: String,
}

fn rows() -> Vec<Row> {
    read("docs/features.md")
        .lines()
        .filter(|line| line.starts_with("| S"))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [_, number, _, screen, operations, tests, _] = cells[..] else {
                panic!("another shape: {line}");
            };
            Row {
                number: number.to_owned(),
                screen: screen.to_owned(),
                operations: operations.to_owned(),
                tests: tests.to_owned(),
            }
        })
        .collect()
}

/// As `GET recipients/{id}`.
fn operations() -> BTreeSet<String> {
    let mut path = String::new();
    let mut known = BTreeSet::new();
    for line in read("openapi.yaml").lines() {
        if let Some(rest) = line.strip_prefix("  /api/v1/") {
            path = rest.trim_end_matches(':').to_owned();
        } else if let Some(method) = line
            .strip_prefix("    ")
            .and_then(|rest| rest.strip_suffix(':'))
            .filter(|method| ["get", "post", "put", "patch", "delete"].contains(method))
        {
            known.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    known
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
