//! Waiting for a condition, with a limit and a message. Nothing here takes a pause for a proof.

use std::thread;
use std::time::{Duration, Instant};

/// Generous: only what does not move at all any more fails, however slow the machine is.
pub const LONG: Duration = Duration::from_secs(120);

/// Waits until `is_so`. What has stood still for `limit` is a failure that says what was waited for and how things
/// stood; that they move is seen in the first line of how they stand.
pub fn wait_until(what: &str, limit: Duration, mut is_so: impl FnMut() -> Result<(), String>) {
    let (mut since, mut stood) = (Instant::now(), String::new());
    let mut pause = Duration::from_micros(500);
    while let Err(stands) = is_so() {
        let first = stands.lines().next().unwrap_or_default();
        if first != stood {
            (since, stood) = (Instant::now(), first.to_owned());
        }
        assert!(
            since.elapsed() < limit,
            "waited {limit:?} for {what}: {stands}"
        );
        thread::sleep(pause);
        pause = Ord::min(pause * 2, Duration::from_millis(20));
    }
}
