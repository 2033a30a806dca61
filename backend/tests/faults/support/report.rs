//! What a fault did, as a line of the table.

use std::env;
use std::fs::File;
use std::io::Write as _;
use std::time::Instant;

use super::check::Findings;

/// One line while it is being measured.
#[derive(Debug)]
pub struct Report {
    number: u8,
    fault: String,
    database: String,
    begun: Instant,
    /// How often the terrible thing was done.
    pub blows: usize,
    notes: Vec<String>,
}

impl Report {
    /// `number` is the fault's in `docs/reliability.md`.
    pub fn begin(number: u8, fault: &str, database: &str) -> Self {
        println!("\nfault {number}, {fault}, {database}");
        Self {
            number,
            fault: fault.to_owned(),
            database: database.to_owned(),
            begun: Instant::now(),
            blows: 0,
            notes: Vec::new(),
        }
    }

    /// The seed that makes the same moments come again.
    pub fn seeded(mut self, seed: u64) -> Self {
        self.note(format!("seed {seed}"));
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
            blows,
            notes,
        } = self;
        let holds = found.wrong.is_empty();
        let seconds = begun.elapsed().as_secs_f64();
        let Findings {
            letters,
            unknown,
            unknown_at_once,
            duplicates,
            lost,
            ..
        } = found;
        println!(
            "{letters} letters, {blows} times, {unknown} unknown ({unknown_at_once} at once), {duplicates} copies \
             too many, {lost} lost, {seconds:.1} s; {}",
            notes.join("; ")
        );
        if let Some(file) = env::var_os("GOLUB_FAULTS_REPORT") {
            // As `xtask/src/faults/table.rs` reads it.
            let fields = [
                number.to_string(),
                fault,
                database,
                letters.to_string(),
                blows.to_string(),
                unknown.to_string(),
                duplicates.to_string(),
                lost.to_string(),
                format!("{seconds:.1}"),
                holds.to_string(),
                notes.join("; "),
            ];
            let mut file = File::options()
                .create(true)
                .append(true)
                .open(file)
                .expect("the report");
            writeln!(file, "{}", fields.join("\t")).expect("the report is written");
        }
        assert!(holds, "{}", found.wrong);
    }
}
