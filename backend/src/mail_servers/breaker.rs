//! Whether a server is given letters: pure, on the row's own time.
//!
//! Closed: it works. It opens when no session can be had, or when it refuses letter after letter for good. Open: it
//! is left alone for a while. Then it is half open: one worker wins the right to try it with one letter. If that
//! goes well it closes, otherwise it opens for twice as long. Whoever else reports meanwhile tells about letters
//! that began before, and changes nothing; but an acceptance ends a streak of refusals, whoever got it.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use contract::mail_servers::{BreakerCause, BreakerState};

use super::{Patience, Signs};

/// After so many openings by refusals in a row the server is believed: it means these letters, not us.
const BELIEVED_AFTER: u32 = 6;
/// A probe that nothing was heard of for so long is another's. Longer than any answer is waited for.
const PROBE_LIMIT: TimeDelta = TimeDelta::minutes(15);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breaker {
    pub state: BreakerState,
    pub since: DateTime<Utc>,
    /// Open: when it may be tried.
    pub retry_at: Option<DateTime<Utc>>,
    /// How often it opened without closing in between.
    pub openings: u32,
    /// Why it opened.
    pub cause: Option<BreakerCause>,
    pub trouble: Option<String>,
    /// Half open: who tries it.
    pub probe_worker_id: Option<i64>,
    /// Deliveries refused for good without an acceptance since.
    pub refused: Vec<i64>,
}

/// May a worker give letters?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    Yes,
    /// One letter, if the worker wins the probe.
    Probe,
    No,
}

impl Breaker {
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            state: BreakerState::Closed,
            since: now,
            retry_at: None,
            openings: 0,
            cause: None,
            trouble: None,
            probe_worker_id: None,
            refused: Vec::new(),
        }
    }

    /// Does it work, with no refusal to remember?
    pub fn is_quiet(&self) -> bool {
        self.state == BreakerState::Closed && self.refused.is_empty()
    }

    /// `prober_lives`: the worker that holds the probe is still among the workers.
    pub fn permission(&self, prober_lives: bool, now: DateTime<Utc>) -> Permission {
        match self.state {
            BreakerState::Closed => Permission::Yes,
            BreakerState::Open if self.retry_at.is_none_or(|at| at <= now) => Permission::Probe,
            BreakerState::HalfOpen if !prober_lives || self.since + PROBE_LIMIT <= now => {
                Permission::Probe
            }
            BreakerState::Open | BreakerState::HalfOpen => Permission::No,
        }
    }

    /// The probe is this worker's.
    pub fn probed_by(&mut self, worker_id: i64, now: DateTime<Utc>) {
        self.state = BreakerState::HalfOpen;
        self.since = now;
        self.retry_at = None;
        self.probe_worker_id = Some(worker_id);
    }

    /// The prober had no letter for it: the next one may try at once.
    pub fn probe_given_back(&mut self, worker_id: i64, now: DateTime<Utc>) {
        if self.is_probed_by(worker_id) {
            self.state = BreakerState::Open;
            self.since = now;
            self.retry_at = Some(now);
            self.probe_worker_id = None;
        }
    }

    /// Takes in what a worker saw. `refused_before` are deliveries that were refused for good once before and came
    /// back: their refusal stands, and says nothing new about the server. Gives the deliveries whose refusal was the
    /// server's fault: they go back to the queue.
    pub fn hear(
        &mut self,
        worker_id: i64,
        signs: &Signs,
        refused_before: &HashSet<i64>,
        patience: Patience,
        now: DateTime<Utc>,
    ) -> Vec<i64> {
        let new: Vec<i64> = signs
            .refused
            .iter()
            .copied()
            .filter(|id| !refused_before.contains(id))
            .collect();
        match (self.state, self.cause) {
            (BreakerState::Closed, _) => self.hear_closed(signs, new, patience, now),
            (_, Some(BreakerCause::Refusals)) => {
                self.hear_after_refusals(worker_id, signs, new, patience, now)
            }
            (_, Some(BreakerCause::Connection) | None) => {
                if self.is_probed_by(worker_id) {
                    if signs.answered > 0 {
                        self.close(now);
                    } else if let Some(words) = signs.failed_probe() {
                        self.open(BreakerCause::Connection, words, patience, now);
                    }
                }
                self.go_on(signs, new);
                Vec::new()
            }
        }
    }

    fn hear_closed(
        &mut self,
        signs: &Signs,
        new: Vec<i64>,
        patience: Patience,
        now: DateTime<Utc>,
    ) -> Vec<i64> {
        self.go_on(signs, new);
        if self.refused.len() >= patience.refusals {
            let words = refusal_words(self.refused.len(), signs);
            self.open(BreakerCause::Refusals, words, patience, now);
            return std::mem::take(&mut self.refused);
        }
        if let Some(words) = signs.trouble.clone().filter(|_| signs.answered == 0) {
            self.open(BreakerCause::Connection, words, patience, now);
        }
        Vec::new()
    }

    fn hear_after_refusals(
        &mut self,
        worker_id: i64,
        signs: &Signs,
        new: Vec<i64>,
        patience: Patience,
        now: DateTime<Utc>,
    ) -> Vec<i64> {
        if signs.accepted > 0 {
            self.close(now);
            self.refused = new;
            return Vec::new();
        }
        if !self.is_probed_by(worker_id) {
            // Begun before it opened: they belong to the streak.
            return new;
        }
        if signs.answered > 0 && self.openings >= BELIEVED_AFTER {
            self.close(now);
            return Vec::new();
        }
        if signs.answered > 0 {
            let words = refusal_words(signs.refused.len(), signs);
            self.open(BreakerCause::Refusals, words, patience, now);
            return signs.refused.clone();
        }
        if let Some(words) = signs.failed_probe() {
            self.open(BreakerCause::Connection, words, patience, now);
        }
        Vec::new()
    }

    /// The row of refusals goes on, or begins anew after an acceptance.
    fn go_on(&mut self, signs: &Signs, new: Vec<i64>) {
        if signs.accepted > 0 {
            self.refused.clear();
        }
        // A group that is written twice tells of its letters twice.
        for id in new {
            if !self.refused.contains(&id) {
                self.refused.push(id);
            }
        }
    }

    fn open(&mut self, cause: BreakerCause, words: String, patience: Patience, now: DateTime<Utc>) {
        let doublings = Ord::min(self.openings, 20);
        let wait = patience.wait.saturating_mul(1 << doublings);
        self.state = BreakerState::Open;
        self.since = now;
        self.retry_at = Some(now + Ord::min(wait, patience.longest));
        self.openings = self.openings.saturating_add(1);
        self.cause = Some(cause);
        self.trouble = Some(words);
        self.probe_worker_id = None;
    }

    fn close(&mut self, now: DateTime<Utc>) {
        *self = Self::new(now);
    }

    fn is_probed_by(&self, worker_id: i64) -> bool {
        self.state == BreakerState::HalfOpen && self.probe_worker_id == Some(worker_id)
    }
}

fn refusal_words(count: usize, signs: &Signs) -> String {
    let last = signs.refusal.as_deref().unwrap_or("temporarily");
    match count {
        0 | 1 => format!("the letter that tried it was refused: {last}"),
        count => format!("it refused {count} letters in a row, the last one with: {last}"),
    }
}

#[cfg(test)]
mod tests;
