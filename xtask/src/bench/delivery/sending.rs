//! One round of ours: everything is planned, then the mailing is resumed and watched through the API until the last
//! outcome is committed. The clock starts when the first letters are seen to have been claimed.

use std::{
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use super::{
    program::{Golub, Part},
    rival::Sink,
    store::Store,
    wish::Engine,
};
use crate::{
    bench::{
        http,
        procfs::{self, Cpu},
    },
    problem::{Outcome, Problem},
};

/// How often it is asked how far the sending is: often enough for tenths of a run, and next to nothing for the API.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// Towards its end it is asked more often.
const LOOK_CLOSELY: Duration = Duration::from_millis(10);
/// Nothing has moved for so long: it never will.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a round came to.
#[derive(Clone, Debug)]
pub struct Round {
    pub letters: u64,
    /// From the first claim to the last committed outcome.
    pub took: Duration,
    /// From starting the program to the last planned delivery.
    pub planned_in: Duration,
    /// Letters per second in each tenth of the run.
    pub tenths: Vec<f64>,
    pub cpu: Spent,
    pub peak_memory: u64,
    /// What planning and sending added to the database.
    pub database_bytes: u64,
    /// What the sink read, commands and all.
    pub sink_bytes: u64,
}

/// Processor time while sending.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    pub golub: Cpu,
    /// That part of ours which SQLite's own threads took.
    pub sqlite: Cpu,
    /// PostgreSQL's processes.
    pub postgres: Cpu,
    pub sink: Cpu,
    /// Everybody else on the machine, and the kernel on nobody's behalf.
    pub others: Cpu,
    /// In which time all this was spent: a second more than the sending, for the worker to notice that it may.
    pub meanwhile: Duration,
}

impl Round {
    pub fn rate(&self) -> f64 {
        self.letters as f64 / self.took.as_secs_f64()
    }

    /// How many processors somebody else kept busy.
    pub fn busy_with_others(&self) -> f64 {
        self.cpu.others.0.as_secs_f64() / self.cpu.meanwhile.as_secs_f64()
    }
}

/// What a round stands on.
#[derive(Debug)]
pub struct Stage {
    pub store: Store,
    pub sink: Sink,
    pub golub: Golub,
    pub mailing: u64,
    letters: u64,
    planned_in: Duration,
    bytes_before: u64,
}

impl Stage {
    /// A new database with everything planned and nothing sent.
    pub fn set(program: &PathBuf, engine: Engine, letters: u64) -> Outcome<Self> {
        let store = Store::new(engine)?;
        let sink = Sink::start()?;
        let mut api = Golub::start(program, &store, sink.port, Part::Api)?;
        store.fill(letters)?;
        let mailing = api.prepare()?;
        api.stop()?;
        let bytes_before = store.bytes()?;
        let begun = Instant::now();
        let mut golub = Golub::start(program, &store, sink.port, Part::ApiAndWorker)?;
        while http::text(&golub.run(mailing)?, "state")? == "planning" {
            thread::sleep(LOOK_EVERY);
        }
        let planned_in = begun.elapsed();
        let run = golub.run(mailing)?;
        let queued: u64 = http::number(&run, "queued")?;
        if queued != letters {
            return Err(Problem::Failed(format!(
                "{letters} letters were to be queued, and this is what is: {run}"
            )));
        }
        Ok(Self {
            store,
            sink,
            golub,
            mailing,
            letters,
            planned_in,
            bytes_before,
        })
    }

    /// Sends it all.
    pub fn send(mut self) -> Outcome<Round> {
        let sink_before = self.sink.taken()?;
        let (before, begun) = (self.spent()?, Instant::now());
        self.golub.resume(self.mailing)?;
        let seen = self.watch()?;
        let spent = Spent {
            meanwhile: begun.elapsed(),
            ..self.spent()?.since(before)
        };
        let peak_memory = procfs::peak_memory(self.golub.pid())?;
        let sink_bytes = self.sink.taken()?.bytes - sink_before.bytes;
        self.golub.stop()?;
        Ok(Round {
            letters: self.letters,
            took: seen.last().map(|(at, _)| *at).unwrap_or_default(),
            planned_in: self.planned_in,
            tenths: tenths(&seen, self.letters),
            cpu: spent,
            peak_memory,
            database_bytes: self.store.bytes()?.saturating_sub(self.bytes_before),
            sink_bytes,
        })
    }

    /// How many were sent at which time since the first was claimed.
    fn watch(&mut self) -> Outcome<Vec<(Duration, u64)>> {
        let mut begun = Instant::now();
        let mut seen: Vec<(Duration, u64)> = vec![(Duration::ZERO, 0)];
        let mut moved = Instant::now();
        loop {
            let asked = Instant::now();
            let run = self.golub.run(self.mailing)?;
            let sent: u64 = http::number(&run, "sent")?;
            let sending: u64 = http::number(&run, "sending")?;
            let now = Instant::now();
            // In doubt the clock starts early and stops late: an answer may have been long on its way.
            if sent + sending == 0 {
                begun = asked;
            }
            if sent != seen.last().map_or(0, |(_, sent)| *sent) {
                seen.push((now - begun, sent));
                moved = now;
            }
            if sent == self.letters {
                return Ok(seen);
            }
            if moved.elapsed() > PATIENCE {
                return Err(Problem::Failed(format!("nothing moves any more: {run}")));
            }
            let rate = sent as f64 / begun.elapsed().as_secs_f64().max(0.001);
            let left = (self.letters - sent) as f64 / rate.max(1.0);
            let is_close = sent + sending == 0 || left < 3.0 * LOOK_EVERY.as_secs_f64();
            thread::sleep(if is_close { LOOK_CLOSELY } else { LOOK_EVERY });
        }
    }

    fn spent(&self) -> Outcome<Spent> {
        let pid = self.golub.pid();
        let golub = procfs::of_process(pid)?;
        let postgres = self.store.cpu()?;
        let sink = self.sink.taken()?.cpu;
        Ok(Spent {
            golub,
            sqlite: procfs::of_threads(pid, "sqlx-sqlite"),
            postgres,
            sink,
            others: procfs::of_machine()? - golub - postgres - sink,
            meanwhile: Duration::ZERO,
        })
    }
}

impl Spent {
    fn since(self, before: Self) -> Self {
        Self {
            golub: self.golub - before.golub,
            sqlite: self.sqlite - before.sqlite,
            postgres: self.postgres - before.postgres,
            sink: self.sink - before.sink,
            others: self.others - before.others,
            meanwhile: self.meanwhile,
        }
    }
}

/// The rate in each tenth; between two looks the sending is taken to be even.
fn tenths(seen: &[(Duration, u64)], letters: u64) -> Vec<f64> {
    let reached = |wanted: f64| {
        let after = seen
            .partition_point(|(_, sent)| (*sent as f64) < wanted)
            .max(1);
        let (Some((t0, n0)), Some((t1, n1))) = (seen.get(after - 1), seen.get(after)) else {
            return 0.0;
        };
        let part = (wanted - *n0 as f64) / (n1 - n0).max(1) as f64;
        t0.as_secs_f64() + part * (t1.as_secs_f64() - t0.as_secs_f64())
    };
    let tenth = letters as f64 / 10.0;
    let marks: Vec<f64> = (0..=10).map(|n| reached(tenth * f64::from(n))).collect();
    marks
        .windows(2)
        .map(|pair| tenth / (pair[1] - pair[0]).max(1e-6))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_read_between_the_looks() {
        let second = Duration::from_secs(1);
        let seen = [(Duration::ZERO, 0), (second, 50), (second * 3, 100)];
        let rates = tenths(&seen, 100);
        let expected = [50.0, 50.0, 50.0, 50.0, 50.0, 25.0, 25.0, 25.0, 25.0, 25.0];
        for (rate, expected) in rates.iter().zip(expected) {
            assert!((rate - expected).abs() < 0.001, "{rates:?}");
        }
        assert_eq!(rates.len(), 10);
    }
}
