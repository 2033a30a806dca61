//! Where to go on in the queues of the runs that are being claimed from.
//!
//! A place is kept only while claims come back full, for a few seconds: what is put back into a queue before it has
//! to be found again.

use std::collections::HashMap;
use std::time::Duration;

use super::super::ledger::claim::{Claim, Place};

/// A run's queue is looked at from its beginning at least so often.
const FROM_START_EVERY: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub struct Places(HashMap<i64, Kept>);

#[derive(Clone, Copy, Debug)]
struct Kept {
    place: Place,
    since: Duration,
}

impl Places {
    /// The runs that are known to go on, without looking.
    pub fn known(&mut self, now: Duration) -> Vec<i64> {
        self.0
            .retain(|_, kept| now.saturating_sub(kept.since) < FROM_START_EVERY);
        self.0.keys().copied().collect()
    }

    pub fn of(&self, run_id: i64) -> Option<Place> {
        self.0.get(&run_id).map(|kept| kept.place)
    }

    /// Notes where a claim for so many has ended. Says whether a place was given up.
    pub fn note(
        &mut self,
        run_id: i64,
        limit: usize,
        claimed: Option<&Claim>,
        now: Duration,
    ) -> bool {
        let full = claimed.filter(|claim| claim.deliveries.len() >= limit);
        let deliveries = full.into_iter().flat_map(|claim| &claim.deliveries);
        let last = deliveries.map(|held| (held.due_at, held.id)).max();
        let Some((due_at, id)) = last else {
            return self.forget(run_id);
        };
        let kept = self.0.entry(run_id).or_insert(Kept {
            place: Place { due_at, id },
            since: now,
        });
        kept.place = Place { due_at, id };
        false
    }

    /// Says whether there was one.
    pub fn forget(&mut self, run_id: i64) -> bool {
        self.0.remove(&run_id).is_some()
    }

    pub fn forget_all(&mut self) {
        self.0.clear();
    }
}
