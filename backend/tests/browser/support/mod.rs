//! What every story stands on.

pub mod api;
pub mod authenticator;
pub mod browser;
pub mod golub;
pub mod handed;
pub mod mail_server;
pub mod outbox;
pub mod person;
pub mod story;

use std::time::{Duration, Instant};

/// Waits for what happens in another program, and says what it said when it does not happen.
pub async fn eventually<T>(
    what: &str,
    look: impl Fn() -> Option<T>,
    said: impl Fn() -> String,
) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{what} did not come:\n{}",
            said()
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
