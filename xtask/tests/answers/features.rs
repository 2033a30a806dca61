//! `docs/features.md` answers every row of what was asked for, and names only screens, operations and tests that exist.

use crate::named::{Known, quoted, read};

const ROWS: usize = 20;

/// What is done on the command line, by settings or by every operation alike has none of its own.
const WITHOUT_OPERATION: [&str; 4] = ["S6", "S11", "S18", "S19"];

#[test]
fn every_row_is_answered_with_a_screen_an_operation_and_a_test() {
    let rows = rows();
    let numbers: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
    let asked: Vec<String> = (1..=ROWS).map(|number| format!("S{number}")).collect();
    assert_eq!(numbers, asked);
    for row in &rows {
        let number = row.number.as_str();
        assert!(row.tests.contains('`'), "{number} names no test");
        assert!(row.screen.contains('`'), "{number} names no screen");
        assert_eq!(
            row.operations.is_empty(),
            WITHOUT_OPERATION.contains(&number),
            "{number}: its operations"
        );
    }
}

#[test]
fn every_test_that_is_named_exists() {
    let known = Known::read();
    for row in rows() {
        for test in quoted(&row.tests) {
            assert!(known.has_test(&test), "{}: {test}", row.number);
        }
    }
}

#[test]
fn every_operation_that_is_named_exists() {
    let known = Known::read();
    for row in rows() {
        for operation in quoted(&row.operations) {
            let exists = known.has_operation(&operation);
            assert!(exists, "{}: {operation}", row.number);
        }
    }
}

#[test]
fn every_screen_command_and_file_that_is_named_exists() {
    let known = Known::read();
    for row in rows() {
        for name in quoted(&row.screen) {
            let exists =
                known.has_screen(&name) || known.has_command(&name) || known.has_file(&name);
            assert!(exists, "{}: {name}", row.number);
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
