//! What a fault did, as a line of the table.

use std::env;
use std::fs::File;
use std::io::Write as _;
use std::time::Instant;

use serde_json::json;

use super::check::Findings;

/// One line while it is being measured.
#[derive(Debug)]
pub struct Report {
    number: u8,
    fault: String,
    database: String,
    begun: Instant,
    seed: Option<u64>,
    /// How often the terrible thing was done.
    pub blows: usize,
    notes: Vec<String>,
}

impl Report {
    /// `number` is the fault's in issue 4.
    pub fn begin(number: u8, fault: &str, database: &str) -> Self {
        println!("\nfault {number}, {fault}, {database}");
        Self {
            number,
            fault: fault.to_owned(),
            database: database.to_owned(),
            begun: Instant::now(),
            seed: None,
            blows: 0,
            notes: Vec::new(),
        }
    }

    pub fn seeded(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    pub fn note(&mut self, what: impl Into<String>) {
        self.notes.push(what.into());
    }

    /// Writes the line, and fails if anything is wrong.
    pub fn end(self, found: &Findings) {
        let Self {
            number,
            fault,
            database,
            begun,
            seed,
            blows,
            notes,
        } = self;
        let seconds = begun.elapsed().as_secs_f64();
        let line = json!({
            "number": number,
            "fault": fault,
            "database": database,
            "letters": found.letters,
            "blows": blows,
            "unknown": found.unknown,
            "unknown_at_once": found.unknown_at_once,
            "duplicates": found.duplicates,
            "lost": found.lost,
            "seconds": (seconds * 10.0).round() / 10.0,
            "seed": seed,
            "note": notes.join("; "),
            "holds": found.wrong.is_empty(),
        });
        println!("{line}");
        if let Some(file) = env::var_os("GOLUB_FAULTS_REPORT") {
            let mut file = File::options()
                .create(true)
                .append(true)
                .open(file)
                .expect("the report");
            writeln!(file, "{line}").expect("the report is written");
        }
        assert!(found.wrong.is_empty(), "{}", found.wrong);
    }
}
