//! Says what is being done, about how long that takes, and how long it took.

use std::time::{Duration, Instant};

use crate::problem::Outcome;

/// Runs one step between its announcement and its time. `about` is a guess for two cores.
pub fn step<T>(doing: &str, about: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("==> {doing} (about {about})");
    let begun = Instant::now();
    let done = work()?;
    println!("    done in {}", spell(begun.elapsed()));
    Ok(done)
}

/// 83 seconds as `1m23s`; tenths where they matter.
pub fn spell(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1}s", time.as_secs_f64()),
        10..60 => format!("{seconds}s"),
        _ => format!("{}m{:02}s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        let spelled = [400, 9_990, 59_000, 83_000].map(|ms| spell(Duration::from_millis(ms)));
        assert_eq!(spelled, ["0.4s", "10.0s", "59s", "1m23s"]);
    }
}
