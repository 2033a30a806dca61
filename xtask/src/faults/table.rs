//! The lines that the tests write, and the table made of them.

use crate::problem::{Outcome, Problem};

/// What one fault did.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    number: u8,
    fault: String,
    database: String,
    letters: String,
    times: String,
    unknown: String,
    copies: String,
    lost: String,
    seconds: String,
    pub holds: bool,
    note: String,
}

impl Line {
    /// As `backend/tests/faults/support/report.rs` writes it.
    pub fn read(line: &str) -> Outcome<Self> {
        let not_one = || Problem::Failed(format!("not a line of the report: {line}"));
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let [
            number,
            fault,
            database,
            letters,
            times,
            unknown,
            copies,
            lost,
            seconds,
            holds,
            note,
        ] = <[String; 11]>::try_from(fields).map_err(|_| not_one())?;
        Ok(Self {
            number: number.parse().map_err(|_| not_one())?,
            fault,
            database,
            letters,
            times,
            unknown,
            copies,
            lost,
            seconds,
            holds: holds == "true",
            note,
        })
    }

    fn row(&self) -> String {
        let Self {
            number,
            fault,
            database,
            letters,
            times,
            unknown,
            copies,
            lost,
            seconds,
            holds,
            note,
        } = self;
        let verdict = if *holds { "" } else { "**DOES NOT HOLD** " };
        format!(
            "| {number} | {verdict}{fault} | {database} | {letters} | {times} | {unknown} | {copies} | {lost} | \
             {seconds} | {note} |"
        )
    }
}

pub fn table(lines: &[Line]) -> String {
    let head = "| | fault | on | letters | times | tries unknown | copies too many | lost | seconds | |\n\
                |---|---|---|---|---|---|---|---|---|---|";
    let rows: Vec<String> = lines.iter().map(Line::row).collect();
    format!("{head}\n{}", rows.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_rows_in_the_order_of_the_list() {
        let line = |number: u8, holds: bool| {
            let text = format!("{number}\tkilled\tSQLite\t20\t3\t2\t1\t0\t4.5\t{holds}\tseed 7");
            Line::read(&text).unwrap()
        };
        let mut lines = vec![line(2, false), line(1, true)];
        lines.sort();
        let table = table(&lines);
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| 1 | killed | SQLite | 20 | 3 | 2 | 1 | 0 | 4.5 | seed 7 |",
                "| 2 | **DOES NOT HOLD** killed | SQLite | 20 | 3 | 2 | 1 | 0 | 4.5 | seed 7 |",
            ]
        );
        assert!(Line::read("1\tkilled").is_err());
    }
}
