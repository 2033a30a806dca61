//! Readings: how often an article was read, each visitor once an hour.
//!
//! A visitor is a hash of the client's address and what its browser calls itself, keyed with a secret that is made
//! anew each day and then forgotten. It is noted in memory first; every few seconds what is new goes into a table
//! whose key is hour, article and visitor, and what found its place there is added to the articles' counts. So a
//! visitor counts once whatever process they come to and however often those start anew; what is no longer needed
//! for that, from the hour before last on, is deleted. A stop by SIGTERM writes everything; a crash loses seconds.
//!
//! An answer 304 is a reading too. Who writes the blog is not counted, nor who does not say what they are, or says
//! that they are a machine.

mod store;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use tokio::task::JoinHandle;

use self::store::Visit;
use crate::accounts::sessions::Client;
use crate::app::App;
use crate::problem::ApiError;

const FLUSHED_EVERY: Duration = Duration::from_secs(3);
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// More than this wait for a database that does not answer; beyond, nobody is counted.
const WAITING_LIMIT: usize = 100_000;
/// Who was seen beyond that is known to the database alone.
const SEEN_LIMIT: usize = 200_000;
/// What machines that read the web call themselves, in part.
const MACHINES: [&str; 7] = [
    "bot", "crawl", "spider", "slurp", "preview", "monitor", "headless",
];

/// What this process has noted. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    memory: Arc<Mutex<Memory>>,
    /// The day's secret is asked for once, and what was noted is written by one at a time.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct Memory {
    secret: Option<(i64, Vec<u8>)>,
    hour: i64,
    /// In this hour.
    seen: HashSet<(i64, i64)>,
    waiting: Vec<Visit>,
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The secret would tell who the visitors are.
        out.debug_struct("Memory")
            .field("waiting", &self.waiting.len())
            .finish_non_exhaustive()
    }
}

/// Writes what was noted every few seconds, until it is ended.
pub fn keep_flushing(app: App) -> JoinHandle<()> {
    actix::spawn(async move {
        loop {
            tokio::time::sleep(FLUSHED_EVERY).await;
            if let Err(error) = app.blog.readings.flush(&app).await {
                tracing::warn!(%error, "readings wait for the database");
            }
        }
    })
}

impl Readings {
    /// Notes that somebody reads an article. That it cannot be noted keeps nobody from reading.
    pub async fn note(&self, app: &App, article_id: i64, visitor: &Client) {
        if !is_counted(&visitor.user_agent) {
            return;
        }
        let now = app.clock.now().timestamp();
        match self.secret(app, now.div_euclid(DAY)).await {
            Ok(secret) => {
                let visitor = hashed(&secret, visitor);
                self.memory()
                    .note(now.div_euclid(HOUR), article_id, visitor);
            }
            Err(error) => tracing::warn!(%error, "a reading is not counted"),
        }
    }

    /// Writes what was noted; says how many readings were added. What fails waits for the next time.
    pub async fn flush(&self, app: &App) -> Result<u64, ApiError> {
        let _turn = self.turn.lock().await;
        let mut counted = 0;
        loop {
            let visits = self.memory().some_waiting();
            if visits.is_empty() {
                break;
            }
            match store::count(app, &visits).await {
                Ok(count) => counted += count,
                Err(error) => {
                    self.memory().waiting.extend(visits);
                    return Err(error);
                }
            }
        }
        let now = app.clock.now().timestamp();
        store::forget(app, now.div_euclid(HOUR), now.div_euclid(DAY)).await?;
        Ok(counted)
    }

    async fn secret(&self, app: &App, day: i64) -> Result<Vec<u8>, ApiError> {
        if let Some(secret) = self.memory().secret_of(day) {
            return Ok(secret);
        }
        let _turn = self.turn.lock().await;
        if let Some(secret) = self.memory().secret_of(day) {
            return Ok(secret);
        }
        let secret = store::secret(app, day).await?;
        self.memory().secret = Some((day, secret.clone()));
        Ok(secret)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn secret_of(&self, day: i64) -> Option<Vec<u8>> {
        let (of, secret) = self.secret.as_ref()?;
        (*of == day).then(|| secret.clone())
    }

    fn note(&mut self, hour: i64, article_id: i64, visitor: i64) {
        if hour != self.hour || self.seen.len() >= SEEN_LIMIT {
            self.hour = hour;
            self.seen.clear();
        }
        if self.waiting.len() < WAITING_LIMIT && self.seen.insert((article_id, visitor)) {
            self.waiting.push(Visit {
                hour,
                article_id,
                visitor,
            });
        }
    }

    fn some_waiting(&mut self) -> Vec<Visit> {
        let left = self.waiting.len().saturating_sub(store::AT_ONCE);
        self.waiting.split_off(left)
    }
}

fn is_counted(user_agent: &str) -> bool {
    let user_agent = user_agent.to_ascii_lowercase();
    !user_agent.trim().is_empty() && !MACHINES.iter().any(|word| user_agent.contains(word))
}

fn hashed(secret: &[u8], visitor: &Client) -> i64 {
    let Client {
        address,
        user_agent,
    } = visitor;
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return 0;
    };
    mac.update(address.as_bytes());
    mac.update(b"\0");
    mac.update(user_agent.as_bytes());
    let hash = mac.finalize().into_bytes();
    let mut start = [0; 8];
    start.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_and_who_says_nothing_are_not_counted() {
        assert!(is_counted(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        ));
        for machine in [
            "",
            " ",
            "Mozilla/5.0 (compatible; Googlebot/2.1)",
            "Baiduspider",
            "HeadlessChrome/140",
        ] {
            assert!(!is_counted(machine), "{machine}");
        }
    }

    #[test]
    fn visitors_differ_by_address_and_browser_and_from_day_to_day() {
        let client = |address: &str, user_agent: &str| Client {
            address: address.to_owned(),
            user_agent: user_agent.to_owned(),
        };
        let hash = hashed(b"monday", &client("203.0.113.7", "Firefox"));
        assert_eq!(hash, hashed(b"monday", &client("203.0.113.7", "Firefox")));
        assert_ne!(hash, hashed(b"tuesday", &client("203.0.113.7", "Firefox")));
        assert_ne!(hash, hashed(b"monday", &client("203.0.113.8", "Firefox")));
        assert_ne!(hash, hashed(b"monday", &client("203.0.113.7", "Opera")));
    }

    #[test]
    fn a_visitor_waits_once_an_hour_and_memory_has_an_end() {
        let mut memory = Memory::default();
        memory.note(1, 7, 70);
        memory.note(1, 7, 70);
        memory.note(1, 8, 70);
        memory.note(2, 7, 70);
        assert_eq!(memory.waiting.len(), 3);
        for visitor in 0..WAITING_LIMIT as i64 + 10 {
            memory.note(2, 9, visitor);
        }
        assert_eq!(memory.waiting.len(), WAITING_LIMIT);
        let some = memory.some_waiting();
        assert_eq!(some.len(), store::AT_ONCE);
        assert_eq!(memory.waiting.len(), WAITING_LIMIT - store::AT_ONCE);
    }
}
