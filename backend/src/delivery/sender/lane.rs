//! A lane: one mail server, its carriers, and what the sender holds for it.
//!
//! Claims wait in `held`; what has begun is in `begun` until its outcome is taken in, whether it lies in the queue
//! still or a carrier has it. Each claim held gets the same share of what begins, so that a large one does not stand
//! in front of a small one. A lane is closed for a while when its server cannot be reached.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::super::ledger::claim::Claim;
use super::super::ledger::record::Tried;
use super::carrier::{Parcel, Road};
use super::letters::RunLetters;
use super::pace::Pace;
use super::queue::Basket;
use crate::clock::Clock;
use crate::mail::Mailer;

/// A claim that waits to be begun, and what its letters are made with.
#[derive(Debug)]
pub struct HeldClaim {
    pub claim: Claim,
    pub letters: Arc<RunLetters>,
}

#[derive(Debug)]
pub struct Lane {
    pub held: Vec<HeldClaim>,
    pub begun: HashMap<i64, Parcel>,
    pub pace: Pace,
    road: Road,
    carriers: JoinSet<()>,
    /// On the monotonic clock.
    closed_until: Option<Duration>,
}

impl Lane {
    pub fn new(
        server: Arc<str>,
        mailer: Mailer,
        clock: Clock,
        stop: CancellationToken,
        outcomes: Arc<Basket<Tried>>,
    ) -> Self {
        let road = Road {
            server,
            mailer,
            clock,
            stop,
            is_closed: Arc::new(AtomicBool::new(false)),
            parcels: Arc::default(),
            outcomes,
        };
        Self {
            held: Vec::new(),
            begun: HashMap::new(),
            pace: Pace::default(),
            road,
            carriers: JoinSet::new(),
            closed_until: None,
        }
    }

    pub fn connections(&self) -> usize {
        self.road.mailer.connections().max(1)
    }

    /// Was it tried here?
    pub fn serves(&self, tried: &Tried) -> bool {
        tried.server.as_ref() == Some(&self.road.server)
    }

    pub fn is_open(&self) -> bool {
        !self.road.is_closed.load(Ordering::Relaxed)
    }

    /// A server that could not be reached is left alone for a while, and then tried again.
    pub fn open_and_close(&mut self, pause: Duration, now: Duration) {
        match self.closed_until {
            Some(until) if until <= now => {
                self.closed_until = None;
                self.road.is_closed.store(false, Ordering::Relaxed);
            }
            None if !self.is_open() => self.closed_until = Some(now + pause),
            _ => {}
        }
    }

    /// How many deliveries to claim for it now; `share` is its part of what may be begun at once.
    pub fn wants(&self, share: usize) -> usize {
        let held = self.held.iter().map(|held| held.claim.deliveries.len());
        let held: usize = held.sum();
        let ahead = self.pace.ahead(self.connections(), share);
        if self.is_open() && held * 2 < ahead + 1 {
            ahead - held
        } else {
            0
        }
    }

    /// How many more letters may begin.
    pub fn room(&self, share: usize) -> usize {
        let ahead = self.pace.ahead(self.connections(), share);
        if self.is_open() {
            ahead.saturating_sub(self.begun.len())
        } else {
            0
        }
    }

    /// Gives begun letters to the carriers, on these threads or on those of the caller.
    pub fn send(&mut self, parcels: Vec<Parcel>, threads: Option<&Handle>) {
        if self.begun.is_empty() {
            self.pace.wake(self.road.clock.monotonic());
        }
        let begun = parcels
            .iter()
            .map(|parcel| (parcel.delivery.id, parcel.clone()));
        self.begun.extend(begun);
        let carriers = Ord::min(self.connections(), self.begun.len());
        while self.carriers.len() < carriers {
            let carry = self.road.clone().carry();
            match threads {
                Some(threads) => self.carriers.spawn_on(carry, threads),
                None => self.carriers.spawn(carry),
            };
        }
        self.road.parcels.give(parcels);
    }

    /// Takes back what no carrier has yet.
    pub fn take_back(&mut self) -> Vec<Tried> {
        let parcels = self.road.parcels.take_all();
        let now = self.road.clock.now();
        parcels
            .into_iter()
            .filter_map(|parcel| self.begun.remove(&parcel.delivery.id))
            .map(|parcel| parcel.tried(&self.road.server, now, Duration::ZERO, None))
            .collect()
    }

    /// Waits for nobody any longer. What has no answer yet may have left, and nobody will ever know from here.
    pub fn give_up(&mut self) -> Vec<Tried> {
        self.carriers.abort_all();
        let now = self.road.clock.now();
        let lost = self.begun.drain();
        lost.map(|(_, parcel)| parcel.lost(&self.road.server, now))
            .collect()
    }
}

/// How many of each claim begin when there is room for so many: all the same, and what a short one leaves goes to
/// the longer ones.
pub fn shares(lengths: &[usize], room: usize) -> Vec<usize> {
    let mut by_length: Vec<usize> = (0..lengths.len()).collect();
    by_length.sort_by_key(|place| lengths[*place]);
    let mut shares = vec![0; lengths.len()];
    let (mut room, mut claims) = (room, lengths.len());
    for place in by_length {
        shares[place] = Ord::min(lengths[place], room.div_ceil(claims));
        room -= shares[place];
        claims -= 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_claim_begins_whole_beside_a_large_one() {
        assert_eq!(shares(&[500, 5], 64), [59, 5]);
        assert_eq!(shares(&[500, 500, 500], 64), [22, 21, 21]);
        assert_eq!(shares(&[3], 64), [3]);
        assert_eq!(shares(&[500, 5], 0), [0, 0]);
        assert!(shares(&[], 64).is_empty());
    }
}
