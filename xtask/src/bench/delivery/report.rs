//! What was measured, as tables and as the lines that close the command.

use super::{
    api::Waits,
    parts::Shares,
    sending::{Round, Spent},
    wish::{Engine, Wish},
};
use crate::{bench::machine, ground::Ground, steps::spell};

/// One round of theirs and the round of ours that followed.
#[derive(Debug)]
pub struct Pair {
    pub source_rate: f64,
    /// Bytes that their sink read for a letter.
    pub source_bytes: f64,
    /// Processor time for a letter in microseconds, of smtp-source itself and of its sink.
    pub source_cpu: f64,
    pub source_sink: f64,
    pub ours: Round,
}

/// All of one database.
#[derive(Debug)]
pub struct Measured {
    pub engine: Engine,
    pub version: String,
    pub pairs: Vec<Pair>,
    pub waits: Waits,
    pub shares: Option<Shares>,
}

impl Pair {
    fn ratio(&self) -> f64 {
        self.ours.rate() / self.source_rate
    }

    pub fn line(&self) -> String {
        let others = self.ours.busy_with_others();
        format!(
            "smtp-source -d {:.0}/s, ours {:.0}/s ({:.2}), planned in {}; beside ours {others:.2} processors were busy \
             with something else",
            self.source_rate,
            self.ours.rate(),
            self.ratio(),
            spell(self.ours.planned_in)
        )
    }
}

impl Measured {
    fn median(&self, of: impl Fn(&Pair) -> f64) -> f64 {
        let mut values: Vec<f64> = self.pairs.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
        f64::midpoint(low, high)
    }

    fn worst(&self, of: impl Fn(&Pair) -> f64) -> f64 {
        self.pairs.iter().map(of).fold(0.0, f64::max)
    }

    pub fn closing_line(&self) -> String {
        format!(
            "delivery {}: {:.0} letters/s, {:.2} of smtp-source -d",
            self.engine.name(),
            self.median(|pair| pair.ours.rate()),
            self.median(Pair::ratio)
        )
    }

    fn speed_row(&self) -> String {
        let low = self
            .pairs
            .iter()
            .map(Pair::ratio)
            .fold(f64::INFINITY, f64::min);
        let first_to_last = |pair: &Pair| match pair.ours.tenths.as_slice() {
            [first, .., last] => last / first,
            _ => 1.0,
        };
        format!(
            "| {} | {:.0} | {:.0} | **{:.2}** ({low:.2} to {:.2}) | {:.2} | {:.0} | {:.0} | {:.1} s |",
            self.engine.name(),
            self.median(|pair| pair.source_rate),
            self.median(|pair| pair.ours.rate()),
            self.median(Pair::ratio),
            self.worst(Pair::ratio),
            self.median(first_to_last),
            self.worst(|pair| pair.ours.peak_memory as f64 / 1e6),
            self.median(|pair| pair.ours.database_bytes as f64 / pair.ours.letters as f64),
            self.median(|pair| pair.ours.planned_in.as_secs_f64()),
        )
    }

    fn cost_row(&self) -> String {
        let each = |of: fn(&Round) -> f64| self.median(|pair| of(&pair.ours));
        let golub = each(|round| round.cpu.golub.each(round.letters));
        let parts = match &self.shares {
            Some(shares) => shares
                .iter()
                .map(|(_, share)| format!("{:.0}", share * golub))
                .collect::<Vec<_>>()
                .join(" | "),
            None => ["?"; 5].join(" | "),
        };
        let all = each(|round| {
            let Spent {
                golub,
                sqlite: _,
                postgres,
                sink,
                others: _,
                meanwhile: _,
            } = round.cpu;
            (golub + postgres + sink).each(round.letters)
        });
        format!(
            "| {} | {golub:.0} | {parts} | {:.0} | {:.0} | {:.0} | {all:.0} |",
            self.engine.name(),
            each(|round| round.cpu.sqlite.each(round.letters)),
            each(|round| round.cpu.postgres.each(round.letters)),
            each(|round| round.cpu.sink.each(round.letters)),
        )
    }

    /// The rival's row in the same table.
    fn rival_row(&self) -> String {
        let (own, sink) = (
            self.median(|pair| pair.source_cpu),
            self.median(|pair| pair.source_sink),
        );
        format!(
            "| `smtp-source -d` | {own:.0} | | | | | | | | {sink:.0} | {:.0} |",
            own + sink
        )
    }

    fn tenths_row(&self) -> String {
        let tenths = (0..10).map(|tenth| {
            let of = |pair: &Pair| pair.ours.tenths.get(tenth).copied().unwrap_or_default();
            format!(" {:.0} |", self.median(of))
        });
        format!("| {} |{}", self.engine.name(), tenths.collect::<String>())
    }

    fn waits_row(&self) -> String {
        let Waits {
            changes,
            median,
            p99,
            worst,
        } = self.waits;
        let [median, p99, worst] = [median, p99, worst].map(|wait| wait.as_secs_f64() * 1e3);
        format!(
            "| {} | {changes} | {median:.1} ms | {p99:.1} ms | {worst:.1} ms |",
            self.engine.name()
        )
    }

    fn note(&self) -> String {
        format!(
            "- {}: {}.\n  The sink read {:.0} bytes a letter (from `smtp-source` {:.0}); at most {:.2} processors were \
             busy with something else.",
            self.engine.name(),
            self.version,
            self.median(|pair| pair.ours.sink_bytes as f64 / pair.ours.letters as f64),
            self.median(|pair| pair.source_bytes),
            self.worst(|pair| pair.ours.busy_with_others())
        )
    }
}

/// What was measured where, and how to do it again.
pub fn heading(ground: &Ground, machine: &str, wish: &Wish) -> String {
    let Wish {
        letters,
        rounds,
        engines,
        write: _,
        program: _,
    } = wish;
    let only = match engines.as_slice() {
        [one] => format!(" --only {}", one.name()),
        _ => String::new(),
    };
    format!(
        "{letters} letters in each of {rounds} rounds, medians; commit {}, {}. The machine: {machine}. Repeat it by\n\
         `cargo xtask bench delivery --letters {letters} --rounds {rounds}{only}`.",
        machine::commit(ground),
        machine::compiler(ground)
    )
}

pub fn tables(measured: &[Measured]) -> String {
    let rows =
        |row: fn(&Measured) -> String| measured.iter().map(row).collect::<Vec<_>>().join("\n");
    let rival = measured
        .first()
        .map(Measured::rival_row)
        .unwrap_or_default();
    format!(
        "{}\n\n\
| database | `smtp-source -d`, letters/s | Golub, letters/s | ratio, round by round | last tenth to first | peak memory, MB | database, bytes a letter | planned in |\n\
|---|---|---|---|---|---|---|---|\n{}\n\n\
Processor time for a letter in microseconds: of the program, by its parts (told apart by `perf`), and of SQLite's\n\
threads in it; of PostgreSQL's processes; of the sink; of all together.\n\n\
| | program | render | build | SMTP | ledger | the rest | of it SQLite | PostgreSQL | sink | all |\n\
|---|---|---|---|---|---|---|---|---|---|---|\n{}\n{rival}\n\n\
Letters per second in each tenth of a run:\n\n\
| database | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 |\n\
|---|---|---|---|---|---|---|---|---|---|---|\n{}\n\n\
Changes through the API (a recipient's comment, one every 5 ms) while one such mailing is sent and another one is\n\
planned and sent beside it:\n\n\
| database | changes | median | 99 of 100 | worst |\n\
|---|---|---|---|---|\n{}\n",
        rows(Measured::note),
        rows(Measured::speed_row),
        rows(Measured::cost_row),
        rows(Measured::tenths_row),
        rows(Measured::waits_row),
    )
}
