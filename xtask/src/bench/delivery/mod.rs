//! `cargo xtask bench delivery`: letters per second beside the tool that Postfix is flooded with.
//!
//! Both send 2 KB letters over 10 sessions to a `smtp-sink` on this machine, the same number, in turn, round after
//! round, so that whatever else the machine does falls on both. `smtp-source -d` repeats one letter and remembers
//! nothing. Ours is the program as it is released, with its default settings: it renders each letter for its reader
//! and keeps its whole ledger. The planning is done before the clock starts. The clock runs from the first claim to
//! the last outcome that is committed, as somebody sees it who asks the API. What counts is the ratio, round by round.

mod api;
mod parts;
mod program;
mod report;
mod rival;
mod sending;
mod store;
mod wish;

use std::path::PathBuf;

use self::{
    report::{Measured, Pair},
    rival::Sink,
    sending::Stage,
    store::Store,
    wish::Engine,
};
use super::{docs, machine};
use crate::{
    ground::Ground,
    problem::{Outcome, Problem},
    steps::step,
};

pub use wish::Wish;

/// Beyond so many a profile tells nothing new.
const ENOUGH_TO_PROFILE: u64 = 100_000;
/// The first words of the command are the name of its place in the docs.
const COMMAND: &str = "cargo xtask bench delivery";

pub fn measure(wish: &Wish) -> Outcome<()> {
    if !cfg!(target_os = "linux") {
        return Err(Problem::Missing(
            "what processes cost is read from Linux's /proc".into(),
        ));
    }
    let ground = Ground::here();
    let program = match &wish.program {
        // Processes are started in folders of their own.
        Some(program) => std::path::absolute(program)
            .map_err(|error| Problem::failed("finding the program", error))?,
        None => step(
            "Building the service as it is released",
            "10 minutes the first time",
            || program::build(&ground),
        )?,
    };
    let measured = wish
        .engines
        .iter()
        .map(|engine| of_engine(&program, *engine, wish))
        .collect::<Outcome<Vec<_>>>()?;
    let heading = report::heading(&ground, &machine::describe(&std::env::temp_dir()), wish);
    let tables = report::tables(&measured);
    println!("\n{heading}\n\n{tables}");
    if wish.write {
        let page = ground.root.join("docs/performance.md");
        docs::write(&page, COMMAND, &format!("{heading}\n\n{tables}"))?;
    }
    for measured in &measured {
        println!("{}", measured.closing_line());
    }
    Ok(())
}

fn of_engine(program: &PathBuf, engine: Engine, wish: &Wish) -> Outcome<Measured> {
    let version = Store::new(engine)?.version()?;
    let mut pairs = Vec::new();
    for round in 1..=wish.rounds {
        let pair = step(
            &format!("{}: round {round} of {}", engine.name(), wish.rounds),
            "half a minute for 100,000 letters",
            || pair(program, engine, wish.letters),
        )?;
        println!("    {}", pair.line());
        pairs.push(pair);
    }
    let waits = step(
        &format!("{}: changes through the API meanwhile", engine.name()),
        "half a minute",
        || api::measure(program, engine, wish.letters),
    )?;
    let profiled = step(
        &format!("{}: where the processor's time goes", engine.name()),
        "a minute",
        || parts::measure(program, engine, wish.letters.min(ENOUGH_TO_PROFILE)),
    );
    let shares = profiled
        .inspect_err(|problem| println!("    left out: {problem}"))
        .ok();
    Ok(Measured {
        engine,
        version,
        pairs,
        waits,
        shares,
    })
}

/// Theirs, then ours.
fn pair(program: &PathBuf, engine: Engine, letters: u64) -> Outcome<Pair> {
    let sink = Sink::start()?;
    let (took, own) = rival::source(&sink, letters)?;
    let taken = sink.taken()?;
    drop(sink);
    let ours = Stage::set(program, engine, letters)?.send()?;
    Ok(Pair {
        source_rate: letters as f64 / took.as_secs_f64(),
        source_bytes: taken.bytes as f64 / letters as f64,
        source_cpu: own.each(letters),
        source_sink: taken.cpu.each(letters),
        ours,
    })
}
