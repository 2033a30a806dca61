//! How long a change through the API takes while one mailing is sent and another one is planned beside it.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::{sending::Stage, wish::Engine};
use crate::{
    bench::http::{self, Client},
    problem::{Outcome, Problem},
};

/// A person who changes something so often is busy.
const PAUSE: Duration = Duration::from_millis(5);
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// Longer than this there is nothing new to learn.
const LONG_ENOUGH: Duration = Duration::from_secs(30);

/// How long changes took.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    pub changes: usize,
    pub median: Duration,
    pub p99: Duration,
    pub worst: Duration,
}

pub fn measure(program: &PathBuf, engine: Engine, letters: u64) -> Outcome<Waits> {
    let mut stage = Stage::set(program, engine, letters)?;
    let asking = Arc::new(AtomicBool::new(true));
    let person = stage.golub.api.another()?;
    let going_on = asking.clone();
    stage.golub.resume(stage.mailing)?;
    let waits = thread::spawn(move || ask(person, &going_on));
    let beside = stage.golub.another()?;
    let begun = Instant::now();
    // As long as both go on: until the first is sent, or the second is planned and there is enough to judge by.
    while begun.elapsed() < LONG_ENOUGH {
        thread::sleep(LOOK_EVERY);
        let sent: u64 = http::number(&stage.golub.run(stage.mailing)?, "sent")?;
        let planning = http::text(&stage.golub.run(beside)?, "state")? == "planning";
        if sent >= letters || (!planning && begun.elapsed() > LONG_ENOUGH / 3) {
            break;
        }
    }
    asking.store(false, Ordering::Relaxed);
    let waits = waits
        .join()
        .map_err(|_| Problem::Failed("the one who asked gave up".into()))??;
    stage.golub.stop()?;
    Ok(waits)
}

fn ask(mut person: Client, going_on: &AtomicBool) -> Outcome<Waits> {
    let mut waits = Vec::new();
    while going_on.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let change = format!(r#"{{"comment":"changed {} times"}}"#, waits.len());
        person.ask("PATCH", "recipients/1", &change)?;
        waits.push(begun.elapsed());
        thread::sleep(PAUSE);
    }
    waits.sort_unstable();
    let at = |part: usize| {
        waits
            .get(waits.len().saturating_sub(1) * part / 100)
            .copied()
            .unwrap_or_default()
    };
    Ok(Waits {
        changes: waits.len(),
        median: at(50),
        p99: at(99),
        worst: at(100),
    })
}
