//! What one process has noted and not written yet, and whom it has seen in this hour.

use std::collections::{BTreeSet, HashSet, VecDeque};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::store::{self, Visit};
use super::{DAY, HOUR};
use crate::http::client::Client;

/// More than this wait for a database that does not answer; beyond, nobody is counted.
const WAITING_LIMIT: usize = 100_000;
/// And so many for the day's secret.
const UNHASHED_LIMIT: usize = 10_000;
/// Who was seen beyond that is known to the database alone.
const SEEN_LIMIT: usize = 200_000;

#[derive(Default)]
pub struct Memory {
    secret: Option<(i64, Vec<u8>)>,
    unhashed: BTreeSet<Unhashed>,
    hour: i64,
    /// In this hour.
    seen: HashSet<(i64, i64)>,
    /// In the order in which they came.
    waiting: VecDeque<Visit>,
}

/// A visit on a day whose secret this process does not know yet.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Unhashed {
    hour: i64,
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

impl Memory {
    /// Notes a visit, once an hour.
    pub fn note(&mut self, at: i64, article_id: i64, visitor: &Client) {
        let hour = at.div_euclid(HOUR);
        match &self.secret {
            Some((day, secret)) if *day == day_of(hour) => {
                let visitor = hashed(secret, visitor);
                self.wait(hour, article_id, visitor);
            }
            _ if self.unhashed.len() < UNHASHED_LIMIT => {
                self.unhashed.insert(Unhashed {
                    hour,
                    article_id,
                    visitor: visitor.clone(),
                });
            }
            _ => {}
        }
    }

    /// A day on which somebody came whose secret is to be asked for.
    pub fn day_without_secret(&self) -> Option<i64> {
        let first = self.unhashed.first()?;
        Some(day_of(first.hour))
    }

    /// Takes the secret of a day, and hashes who came on it.
    pub fn learn(&mut self, day: i64, secret: Vec<u8>) {
        let unhashed = std::mem::take(&mut self.unhashed);
        for visit in unhashed {
            let Unhashed {
                hour,
                article_id,
                visitor,
            } = &visit;
            if day_of(*hour) == day {
                let visitor = hashed(&secret, visitor);
                self.wait(*hour, *article_id, visitor);
            } else {
                self.unhashed.insert(visit);
            }
        }
        self.secret = Some((day, secret));
    }

    /// Takes away the secret of a day before this one, and whom it tells apart.
    pub fn forget(&mut self, day: i64) {
        if self.secret.as_ref().is_some_and(|(known, _)| *known < day) {
            self.secret = None;
        }
        if day_of(self.hour) < day {
            self.seen.clear();
        }
    }

    /// The first of those that wait. They stay until they are written.
    pub fn first_waiting(&self) -> Vec<Visit> {
        self.waiting.iter().take(store::AT_ONCE).copied().collect()
    }

    /// So many of the first are in the database.
    pub fn written(&mut self, visits: usize) {
        self.waiting.drain(..visits);
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
}

fn day_of(hour: i64) -> i64 {
    hour.div_euclid(DAY / HOUR)
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

    fn client(address: &str, user_agent: &str) -> Client {
        Client {
            address: address.to_owned(),
            user_agent: user_agent.to_owned(),
        }
    }

    #[test]
    fn visitors_differ_by_address_and_browser_and_from_day_to_day() {
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
        let client = client("203.0.113.7", "Firefox");
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
    }

    #[test]
    fn one_who_comes_again_and_again_before_the_days_secret_takes_nobodys_place() {
        let mut memory = Memory::default();
        for _ in 0..UNHASHED_LIMIT + 1 {
            memory.note(7, 7, &client("203.0.113.7", "Firefox"));
        }
        memory.note(7, 7, &client("203.0.113.8", "Firefox"));
        memory.learn(0, b"monday".to_vec());
        assert_eq!(memory.waiting.len(), 2);
        for number in 0..UNHASHED_LIMIT + 1 {
            memory.note(DAY, 7, &client("203.0.113.7", &number.to_string()));
        }
        assert_eq!(memory.unhashed.len(), UNHASHED_LIMIT);
    }

    #[test]
    fn the_secret_goes_with_its_day_also_where_nobody_comes_any_more() {
        let mut memory = Memory::default();
        memory.note(7, 7, &client("203.0.113.7", "Firefox"));
        memory.learn(0, b"monday".to_vec());
        memory.forget(0);
        assert!(memory.secret.is_some() && memory.seen.len() == 1);
        memory.forget(1);
        assert!(memory.secret.is_none() && memory.seen.is_empty());
        // What is not written yet stays.
        assert_eq!(memory.waiting.len(), 1);
    }
}
