//! Waiting for a condition, with a limit and a message. Nothing here takes a pause for a proof.

use std::thread;
use std::time::{Duration, Instant};

/// Generous: only what never comes fails.
pub const LONG: Duration = Duration::from_secs(180);

/// Waits until `is_so`. What never becomes so is a failure that says what was waited for and how things stood.
pub fn wait_until(what: &str, limit: Duration, mut is_so: impl FnMut() -> Result<(), String>) {
    let begun = Instant::now();
    let mut pause = Duration::from_micros(500);
    while let Err(stands) = is_so() {
        assert!(
            begun.elapsed() < limit,
            "waited {limit:?} for {what}: {stands}"
        );
        thread::sleep(pause);
        pause = Ord::min(pause * 2, Duration::from_millis(20));
    }
}
