//! The commands that people and CI share: `cargo xtask run`, `cargo xtask test`, and those that measure.
//!
//! Both start from a machine with rustup's stable Rust and npm, and fetch what else they need:
//! `tools` into a per-user cache, `packages` (tests only) through apt-get where that is possible.
//! Everything a test starts beside itself (`services`) ends with it, whatever happens.

mod arguments;
mod bench;
mod faults;
mod ground;
mod measure;
mod packages;
mod page;
mod problem;
mod process;
mod run;
mod services;
mod steps;
mod test;
mod tools;

use std::process::ExitCode;

use arguments::Task;

fn main() -> ExitCode {
    let done = arguments::parse(std::env::args().skip(1)).and_then(|task| match task {
        Task::Help => {
            println!("{}", arguments::HELP);
            Ok(true)
        }
        Task::Run(wish) => run::run(&wish).map(|()| true),
        Task::Test(wish) => test::test(&wish),
        Task::Measure => measure::measure().map(|()| true),
        Task::Faults(wish) => faults::faults(&wish),
        Task::Bench(wish) => bench::bench(&wish).map(|()| true),
    });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("\nerror: {problem}");
            ExitCode::FAILURE
        }
    }
}
