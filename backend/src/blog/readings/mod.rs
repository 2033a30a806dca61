//! Readings: how often an article was read, each visitor once an hour.
//!
//! A visitor is a hash of the client's address and what its browser calls itself, keyed with a secret that is made
//! anew each day and then forgotten. It is noted in memory first; every few seconds what is new goes into a table
//! whose key is hour, article and visitor, and what found its place there is added to the articles' counts. So a
//! visitor counts once whatever process they come to and however often those start anew; what is no longer needed
//! for that, from the hour before last on, is deleted. What is being written stays in memory until the database has
//! it: a write that is cut off loses nothing. A stop by SIGTERM writes everything; a crash loses seconds.
//!
//! No reader waits for any of this. Whoever comes before this process has asked for the day's secret is remembered as
//! they are until the next write asks for it.
//!
//! An answer 304 is a reading too. Who writes the blog is not counted, nor who does not say what they are, or says
//! that they are a machine.

mod store;

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use self::store::Visit;
use crate::accounts::sessions::Client;
use crate::app::App;
use crate::problem::ApiError;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// In seconds: what waits longer has a database that does not answer.
const WRITTEN_WITHIN: i64 = 60;
/// More than this wait for a database that does not answer; beyond, nobody is counted.
const WAITING_LIMIT: usize = 100_000;
/// And so many for the day's secret.
const UNHASHED_LIMIT: usize = 10_000;
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
    /// What was noted is written by one at a time.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct Memory {
    secret: Option<(i64, Vec<u8>)>,
    unhashed: Vec<Unhashed>,
    hour: i64,
    /// In this hour.
    seen: HashSet<(i64, i64)>,
    /// In the order in which they came.
    waiting: VecDeque<Visit>,
}

/// A visit on a day whose secret this process does not know yet.
struct Unhashed {
    at: i64,
    article_id: i64,
    visitor: Client,
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The rest would tell who the visitors are.
        out.debug_struct("Memory")
            .field("waiting", &self.waiting.len())
            .finish_non_exhaustive()
    }
}

impl Readings {
    /// Notes that somebody reads an article now.
    pub fn note(&self, now: DateTime<Utc>, article_id: i64, visitor: &Client) {
        if is_counted(&visitor.user_agent) {
            self.memory().note(now.timestamp(), article_id, visitor);
        }
    }

    /// Writes what was noted; says how many readings were added. What fails, or is cut off, waits for the next time.
    pub async fn flush(&self, app: &App) -> Result<u64, ApiError> {
        let _turn = self.turn.lock().await;
        self.hash(app).await?;
        let mut counted = 0;
        loop {
            let visits = self.memory().first_waiting();
            if visits.is_empty() {
                return Ok(counted);
            }
            counted += store::count(app, &visits).await?;
            // Whoever has the turn is the only one who takes any away. What is written twice counts once.
            self.memory().waiting.drain(..visits.len());
        }
    }

    /// Takes away what is needed no longer to count each visitor once.
    pub async fn forget(&self, app: &App) -> Result<(), ApiError> {
        let now = app.clock.now().timestamp();
        // What was noted before midnight has been written by then.
        let day = (now - WRITTEN_WITHIN).div_euclid(DAY);
        store::forget(app, now.div_euclid(HOUR), day).await
    }

    /// Asks for the secrets that were missing when somebody came.
    async fn hash(&self, app: &App) -> Result<(), ApiError> {
        loop {
            let Some(day) = self.memory().day_without_secret() else {
                return Ok(());
            };
            let secret = store::secret(app, day).await?;
            self.memory().learn(day, secret);
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn note(&mut self, at: i64, article_id: i64, visitor: &Client) {
        match &self.secret {
            Some((day, secret)) if *day == at.div_euclid(DAY) => {
                let visitor = hashed(secret, visitor);
                self.wait(at.div_euclid(HOUR), article_id, visitor);
            }
            _ if self.unhashed.len() < UNHASHED_LIMIT => self.unhashed.push(Unhashed {
                at,
                article_id,
                visitor: visitor.clone(),
            }),
            _ => {}
        }
    }

    fn day_without_secret(&self) -> Option<i64> {
        let first = self.unhashed.first()?;
        Some(first.at.div_euclid(DAY))
    }

    fn learn(&mut self, day: i64, secret: Vec<u8>) {
        let unhashed = std::mem::take(&mut self.unhashed);
        for visit in unhashed {
            let Unhashed {
                at,
                article_id,
                visitor,
            } = &visit;
            if at.div_euclid(DAY) == day {
                let visitor = hashed(&secret, visitor);
                self.wait(at.div_euclid(HOUR), *article_id, visitor);
            } else {
                self.unhashed.push(visit);
            }
        }
        self.secret = Some((day, secret));
    }

    fn wait(&mut self, hour: i64, article_id: i64, visitor: i64) {
        if hour != self.hour || self.seen.len() >= SEEN_LIMIT {
            self.hour = hour;
            self.seen.clear();
        }
        if self.waiting.len() < WAITING_LIMIT && self.seen.insert((article_id, visitor)) {
            self.waiting.push_back(Visit {
                hour,
                article_id,
                visitor,
            });
        }
    }

    fn first_waiting(&self) -> Vec<Visit> {
        self.waiting.iter().take(store::AT_ONCE).copied().collect()
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
        memory.wait(1, 7, 70);
        memory.wait(1, 7, 70);
        memory.wait(1, 8, 70);
        memory.wait(2, 7, 70);
        assert_eq!(memory.waiting.len(), 3);
        for visitor in 0..WAITING_LIMIT as i64 + 10 {
            memory.wait(2, 9, visitor);
        }
        assert_eq!(memory.waiting.len(), WAITING_LIMIT);
        let first = memory.first_waiting();
        assert_eq!(first.len(), store::AT_ONCE);
        assert_eq!(first[0].article_id, 7);
        // They stay until they are written.
        assert_eq!(memory.waiting.len(), WAITING_LIMIT);
    }

    #[test]
    fn whoever_comes_before_the_days_secret_is_hashed_by_that_of_their_day() {
        let mut memory = Memory::default();
        let client = Client {
            address: "203.0.113.7".to_owned(),
            user_agent: "Firefox".to_owned(),
        };
        memory.note(DAY - 1, 7, &client);
        memory.note(DAY, 7, &client);
        assert!(memory.waiting.is_empty());
        assert_eq!(memory.day_without_secret(), Some(0));
        memory.learn(0, b"monday".to_vec());
        assert_eq!(memory.day_without_secret(), Some(1));
        memory.learn(1, b"tuesday".to_vec());
        assert_eq!(memory.day_without_secret(), None);
        let visitors: Vec<i64> = memory.waiting.iter().map(|visit| visit.visitor).collect();
        assert_eq!(
            visitors,
            [hashed(b"monday", &client), hashed(b"tuesday", &client)]
        );
        // From now on at once.
        memory.note(DAY + HOUR, 7, &client);
        assert_eq!(memory.waiting.len(), 3);
        for _ in 0..UNHASHED_LIMIT + 1 {
            memory.note(2 * DAY, 7, &client);
        }
        assert_eq!(memory.unhashed.len(), UNHASHED_LIMIT);
    }
}
