//! A lane: one mail server or the SMS service, its carriers, and what the sender holds for it.
//!
//! Claims wait in `held`; what has begun is in `begun` until its outcome is taken in, whether it lies in the queue
//! still or a carrier has it. Each claim held gets the same share of what begins, so that a large one does not stand
//! in front of a small one. A lane closes when no session can be had or its server's breaker opens, and opens with
//! the next grant.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::mail_servers::BreakerState;
use futures_util::FutureExt as _;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::super::ledger::claim::Claim;
use super::super::ledger::record::Tried;
use super::carrier::{Counter, Parcel, Road};
use super::letters::RunLetters;
use super::pace::Pace;
use super::queue::Basket;
use crate::clock::Clock;
use crate::mail_servers::{Grant, MailServer, Means, Standing};

/// A carrier whose server had no session for it tries again after so long.
const REST: Duration = Duration::from_secs(10);

/// A claim that waits to be begun, and what its letters are made with.
#[derive(Debug)]
pub struct HeldClaim {
    pub claim: Claim,
    pub letters: Arc<RunLetters>,
}

#[derive(Debug)]
pub struct Lane {
    pub server: MailServer,
    pub held: Vec<HeldClaim>,
    /// By claim and delivery: taken over and claimed again, a delivery may be in flight twice.
    pub begun: HashMap<(i64, i64), Parcel>,
    pub pace: Pace,
    /// With what the letters that are held were granted; of several grants, since the oldest.
    pub grant: Option<Grant>,
    road: Road,
    /// Its part of the server's connections.
    connections: usize,
    may_ask: bool,
    /// Does its breaker know that it does not work?
    is_known_broken: bool,
    asks_again: Option<DateTime<Utc>>,
    carriers: JoinSet<()>,
    rested_at: Duration,
}

impl Lane {
    pub fn new(
        server: MailServer,
        clock: Clock,
        stop: CancellationToken,
        outcomes: Arc<Basket<Tried>>,
    ) -> Self {
        let road = Road {
            server: server.name.as_str().into(),
            clock,
            stop,
            is_closed: Arc::new(AtomicBool::new(false)),
            sessions: Counter::default(),
            carriers: Counter::default(),
            limit: Arc::default(),
            resting: Arc::default(),
            heard: Arc::default(),
            parcels: Arc::default(),
            outcomes,
        };
        Self {
            connections: server.connections().max(1),
            server,
            held: Vec::new(),
            begun: HashMap::new(),
            pace: Pace::default(),
            grant: None,
            road,
            may_ask: true,
            is_known_broken: false,
            asks_again: None,
            carriers: JoinSet::new(),
            rested_at: Duration::ZERO,
        }
    }

    /// So many workers share the server's connections.
    pub fn share_with(&mut self, workers: usize) {
        self.connections = (self.server.connections() / workers.max(1)).max(1);
    }

    pub fn connections(&self) -> usize {
        self.connections
    }

    /// Was it tried here?
    pub fn serves(&self, tried: &Tried) -> bool {
        tried.server.as_ref() == Some(&self.road.server)
    }

    /// Is each letter that it gets or gives back written on its server's row?
    pub fn counts_letters(&self) -> bool {
        !self.server.limits.is_unlimited() || self.is_known_broken
    }

    pub fn is_open(&self) -> bool {
        self.road.is_open()
    }

    /// Notes how the server stands.
    pub fn hear(&mut self, standing: &Standing, now: DateTime<Utc>) {
        self.may_ask = standing.may_ask(now);
        self.is_known_broken = standing.state != BreakerState::Closed;
        self.asks_again = standing.asks_again();
    }

    /// Nothing more is given to the server.
    pub fn close(&self) {
        self.road.is_closed.store(true, Ordering::Relaxed);
    }

    /// The server may be given letters, by a new grant; some may be held still by an older one. What goes back of
    /// either must not free the budget before the older one would have.
    pub fn take(&mut self, grant: Grant, was_idle: bool) {
        let older = self.grant.filter(|_| !was_idle);
        let taken_at = older.map_or(grant.taken_at, |older| {
            Ord::min(older.taken_at, grant.taken_at)
        });
        self.grant = Some(Grant { taken_at, ..grant });
        self.open();
    }

    /// The server may be given letters again.
    fn open(&mut self) {
        if !self.is_open() {
            self.road.is_closed.store(false, Ordering::Relaxed);
            self.rest_no_more(self.road.clock.monotonic());
        }
    }

    /// When it is worth asking for letters again, if it is not now.
    pub fn asks_again(&self) -> Option<DateTime<Utc>> {
        self.asks_again.filter(|_| !self.may_ask)
    }

    /// How many deliveries it could claim now, if it may; `share` is its part of what may be begun at once.
    pub fn hunger(&self, share: usize) -> usize {
        if !self.is_open() {
            // Its server is tried anew when everything from before is settled, or when the breaker says that it is
            // time: one letter that hangs keeps nobody waiting.
            let may_be_tried = self.begun.is_empty() || self.is_known_broken;
            return usize::from(may_be_tried) * self.connections;
        }
        let held = self.held.iter().map(|held| held.claim.deliveries.len());
        let held: usize = held.sum();
        let ahead = self.pace.ahead(self.connections, share);
        if held * 2 <= ahead { ahead - held } else { 0 }
    }

    /// How many deliveries to claim for it now.
    pub fn wants(&self, share: usize) -> usize {
        if self.may_ask { self.hunger(share) } else { 0 }
    }

    /// How many more letters may begin.
    pub fn room(&self, share: usize) -> usize {
        let ahead = match &self.server.means {
            Means::Mail(_) => self.pace.ahead(self.connections, share),
            // Each is paid for: a crash shall make none unknown that was not on its way.
            Means::Sms { .. } => Ord::min(self.connections, share),
        };
        ahead.saturating_sub(self.begun.len())
    }

    /// Gives begun letters to the carriers, on these threads or on those of the caller.
    pub fn send(&mut self, parcels: Vec<Parcel>, threads: Option<&Handle>) {
        let now = self.road.clock.monotonic();
        if self.begun.is_empty() {
            self.pace.wake(now);
        }
        let begun = parcels.iter().map(|parcel| (parcel.key(), parcel.clone()));
        self.begun.extend(begun);
        self.post_carriers(threads);
        self.road.parcels.give(parcels);
    }

    /// Sees to it that there are carriers for what has begun, on these threads or on those of the caller. Those that
    /// found no session are sent again after a rest, for the others may hang.
    pub fn post_carriers(&mut self, threads: Option<&Handle>) {
        let now = self.road.clock.monotonic();
        if now.saturating_sub(self.rested_at) >= REST {
            self.rest_no_more(now);
        }
        while self.carriers.try_join_next().is_some() {}
        let resting = self.road.resting.load(Ordering::Relaxed);
        let most = self.connections.saturating_sub(resting).max(1);
        self.road.limit.store(most, Ordering::Relaxed);
        for _ in self.road.carriers.get()..Ord::min(most, self.begun.len()) {
            let (road, counted) = (self.road.clone(), self.road.carriers.one_more());
            let carry = match &self.server.means {
                Means::Mail(mailer) => road.carry(mailer.clone(), counted).left_future(),
                Means::Sms { sender, .. } => road.carry_sms(sender.clone(), counted).right_future(),
            };
            match threads {
                Some(threads) => self.carriers.spawn_on(carry, threads),
                None => self.carriers.spawn(carry),
            };
        }
    }

    fn rest_no_more(&mut self, now: Duration) {
        self.road.resting.store(0, Ordering::Relaxed);
        self.rested_at = now;
    }

    /// Takes back what no carrier has yet.
    pub fn take_back(&mut self) -> Vec<Tried> {
        let parcels = self.road.parcels.take_all();
        let now = self.road.clock.now();
        parcels
            .into_iter()
            .filter_map(|parcel| self.begun.remove(&parcel.key()))
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
