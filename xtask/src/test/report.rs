//! What happened to each part, and the summary of it.

use std::time::{Duration, Instant};

use crate::{
    problem::{Outcome, Problem},
    steps::spell,
};

#[derive(Debug)]
pub struct Report {
    strict: bool,
    begun: Instant,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    part: String,
    took: Duration,
    verdict: Verdict,
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Passed,
    Failed,
    Skipped(String),
    LeftOut,
}

impl Report {
    /// With `strict` a missing part of the machine is a failure.
    pub fn new(strict: bool) -> Self {
        Self {
            strict,
            begun: Instant::now(),
            lines: Vec::new(),
        }
    }

    /// Runs one part and notes how it went. Gives what the part made, if it passed.
    pub fn part<T>(
        &mut self,
        part: &str,
        about: &str,
        work: impl FnOnce() -> Outcome<T>,
    ) -> Option<T> {
        println!("\n==> {part} (about {about})");
        let begun = Instant::now();
        let done = work();
        let took = begun.elapsed();
        self.note(part, took, done)
    }

    /// Gets what a part needs before it runs; notes only that it could not be had.
    pub fn need<T>(&mut self, part: &str, work: impl FnOnce() -> Outcome<T>) -> Option<T> {
        match work() {
            Ok(had) => Some(had),
            Err(problem) => self.note(part, Duration::ZERO, Err(problem)),
        }
    }

    pub fn left_out(&mut self, parts: &[&str]) {
        let lines = parts.iter().map(|part| Line {
            part: (*part).to_owned(),
            took: Duration::ZERO,
            verdict: Verdict::LeftOut,
        });
        self.lines.extend(lines);
    }

    /// Prints the summary; whether everything passed.
    pub fn close(self) -> bool {
        println!("\n{}", self.summary());
        self.passed()
    }

    /// Prints the summary, then runs the last part, whose own output closes the command.
    pub fn close_with(self, part: &str, last: impl FnOnce() -> Outcome<()>) -> bool {
        println!(
            "\n{}  last     {part}: its own lines follow\n",
            self.summary()
        );
        let done = last();
        self.passed() && done.is_ok()
    }

    fn note<T>(&mut self, part: &str, took: Duration, done: Outcome<T>) -> Option<T> {
        let (verdict, made) = match done {
            Ok(made) => (Verdict::Passed, Some(made)),
            Err(Problem::Missing(why)) if !self.strict => {
                println!("{why}");
                (Verdict::Skipped(short(&why).to_owned()), None)
            }
            Err(problem) => {
                println!("{part} failed: {problem}");
                (Verdict::Failed, None)
            }
        };
        self.lines.push(Line {
            part: part.to_owned(),
            took,
            verdict,
        });
        made
    }

    fn passed(&self) -> bool {
        self.lines
            .iter()
            .all(|line| line.verdict != Verdict::Failed)
    }

    fn summary(&self) -> String {
        let mut text = format!("Summary after {}\n", spell(self.begun.elapsed()));
        for Line {
            part,
            took,
            verdict,
        } in &self.lines
        {
            let took = spell(*took);
            text += &match verdict {
                Verdict::Passed => format!("  passed   {part:<12} {took:>7}\n"),
                Verdict::Failed => format!("  FAILED   {part:<12} {took:>7}\n"),
                Verdict::Skipped(why) => format!("  skipped: {part} ({why})\n"),
                Verdict::LeftOut => format!("  left out by --fast: {part}\n"),
            };
        }
        text
    }
}

/// `no chromium found; install it by ...` without the advice.
fn short(why: &str) -> &str {
    why.split([';', '\n']).next().unwrap_or(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing() -> Outcome<()> {
        Err(Problem::Missing(
            "no chromium found; install Chromium".into(),
        ))
    }

    #[test]
    fn what_is_missing_is_skipped_aloud_on_a_persons_machine() {
        let mut report = Report::new(false);
        report.part("browser", "a minute", missing);
        assert!(
            report
                .summary()
                .contains("skipped: browser (no chromium found)\n")
        );
        assert!(report.passed());
    }

    #[test]
    fn what_is_missing_fails_in_ci() {
        let mut report = Report::new(true);
        report.part("browser", "a minute", missing);
        assert!(report.summary().contains("FAILED   browser"));
        assert!(!report.passed());
    }

    #[test]
    fn a_failed_last_part_fails_the_whole() {
        let mut report = Report::new(true);
        report.part("format", "seconds", || Ok(()));
        assert!(!report.close_with("browser", || Err(Problem::Failed("no".into()))));
    }
}
