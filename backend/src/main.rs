//! The `golub` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    golub::cli::run()
}
