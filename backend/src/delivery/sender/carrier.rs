//! A carrier takes begun letters one by one and hands them over on a session of its own.
//!
//! While a letter's body leaves, the envelope of the next one may leave with it; so a carrier may have two letters
//! in its hands, of which the second is untried until its own turn. While stopping it takes no second one, and what
//! it has in hand goes back.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::super::ledger::claim::Held;
use super::super::ledger::record::Tried;
use super::letters::RunLetters;
use super::queue::{Basket, Queue};
use crate::clock::Clock;
use crate::mail::{Letter, Mailer, Reply, Session, Stage, Verdict};

/// A session that had nothing to carry for so long is closed.
const IDLE: Duration = Duration::from_secs(30);

/// A letter that may leave.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub delivery: Arc<Held>,
    pub claim_id: i64,
    pub letters: Arc<RunLetters>,
    /// A carrier has begun to hand it over: it may have left.
    pub(super) is_given: Arc<AtomicBool>,
}

impl Parcel {
    pub fn new(delivery: Arc<Held>, claim_id: i64, letters: Arc<RunLetters>) -> Self {
        Self {
            delivery,
            claim_id,
            letters,
            is_given: Arc::default(),
        }
    }

    /// See [`Tried::key`].
    pub fn key(&self) -> (i64, i64) {
        (self.claim_id, self.delivery.id)
    }

    /// What is recorded of it.
    pub fn tried(
        &self,
        server: &Arc<str>,
        at: DateTime<Utc>,
        took: Duration,
        reply: Option<Reply>,
    ) -> Tried {
        Tried {
            delivery: self.delivery.clone(),
            claim_id: self.claim_id,
            server: Some(server.clone()),
            at,
            took,
            reply,
        }
    }

    /// What is recorded when no outcome ever comes: it may have left, if anybody had begun to hand it over.
    pub fn lost(&self, server: &Arc<str>, at: DateTime<Utc>) -> Tried {
        let words = "the worker stopped before the answer came";
        let unknown = || Reply::ours(Verdict::Unknown, Stage::Letter, words);
        let reply = self.is_given.load(Ordering::Acquire).then(unknown);
        self.tried(server, at, Duration::ZERO, reply)
    }
}

/// What the carriers of one lane share.
#[derive(Clone, Debug)]
pub struct Road {
    /// The mail server's name in the settings.
    pub server: Arc<str>,
    pub clock: Clock,
    pub stop: CancellationToken,
    /// Nothing more is given to the mail server for a while.
    pub is_closed: Arc<AtomicBool>,
    /// The sessions that work.
    pub sessions: Counter,
    pub carriers: Counter,
    /// If there are more carriers, some leave.
    pub limit: Arc<AtomicUsize>,
    /// Carriers that left because the server had no session for them.
    pub resting: Arc<AtomicUsize>,
    /// How many answers an SMS service has given.
    pub heard: Arc<AtomicU64>,
    pub parcels: Arc<Queue<Parcel>>,
    pub outcomes: Arc<Basket<Tried>>,
}

/// A parcel whose letter is written.
struct Ready {
    parcel: Parcel,
    letter: Arc<Letter>,
}

impl Road {
    pub fn is_open(&self) -> bool {
        !self.is_closed.load(Ordering::Relaxed)
    }

    /// Carries until it is aborted, or the server takes no more sessions. One that has nothing to carry is given back.
    pub async fn carry(self, mailer: Mailer, _counted: Counted) {
        let mut hands = Hands {
            road: &self,
            mailer: &mailer,
            session: None,
            next: None,
        };
        loop {
            let ready = match hands.next.take() {
                Some(ready) => ready,
                None => {
                    let parcel = hands.wait().await;
                    let Some(ready) = self.prepared(parcel) else {
                        continue;
                    };
                    ready
                }
            };
            if self.has_too_many_carriers() {
                self.parcels.give([ready.parcel]);
                return hands.close().await;
            }
            if !self.may_send() {
                // Whatever envelope is out goes with its session.
                drop(hands.session.take());
                self.put(&ready.parcel, self.clock.now(), Duration::ZERO, None);
                continue;
            }
            let (at, started) = (self.clock.now(), self.clock.monotonic());
            ready.parcel.is_given.store(true, Ordering::Release);
            // Whatever goes wrong with one letter, the others go on; this one may have left.
            let sent = AssertUnwindSafe(hands.send(&ready.letter)).catch_unwind();
            match sent.await {
                Ok(Some(reply)) => {
                    let took = self.clock.monotonic().saturating_sub(started);
                    self.put(&ready.parcel, at, took, Some(reply));
                }
                Ok(None) => {
                    let in_hand = [Some(ready), hands.next.take()];
                    for Ready { parcel, .. } in in_hand.into_iter().flatten() {
                        self.put(&parcel, at, Duration::ZERO, None);
                    }
                    self.resting.fetch_add(1, Ordering::Relaxed);
                    return;
                }
                Err(_) => {
                    let delivery = ready.parcel.delivery.id;
                    tracing::error!(delivery, "sending a letter panicked");
                    hands.session = None;
                    self.outcomes.put(ready.parcel.lost(&self.server, at));
                }
            }
        }
    }

    pub(super) fn has_too_many_carriers(&self) -> bool {
        self.carriers.get() > self.limit.load(Ordering::Relaxed)
    }

    pub(super) fn may_send(&self) -> bool {
        self.is_open() && !self.stop.is_cancelled()
    }

    /// Writes the letter. One that cannot be written has failed.
    fn prepared(&self, parcel: Parcel) -> Option<Ready> {
        let at = self.clock.now();
        let written = AssertUnwindSafe(|| parcel.letters.letter(&parcel.delivery, at));
        let failed = match std::panic::catch_unwind(written) {
            Ok(Ok(letter)) => {
                let letter = Arc::new(letter);
                return Some(Ready { parcel, letter });
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => "the letter could not be written".to_owned(),
        };
        let reply = Reply::ours(Verdict::Permanent, Stage::Idle, failed);
        self.put(&parcel, at, Duration::ZERO, Some(reply));
        None
    }

    pub(super) fn put(
        &self,
        parcel: &Parcel,
        at: DateTime<Utc>,
        took: Duration,
        reply: Option<Reply>,
    ) {
        let tried = parcel.tried(&self.server, at, took, reply);
        self.outcomes.put(tried);
    }
}

/// What one carrier has in its hands.
struct Hands<'a> {
    road: &'a Road,
    mailer: &'a Mailer,
    session: Option<(Session, Counted)>,
    /// The letter whose envelope may be out already.
    next: Option<Ready>,
}

impl Hands<'_> {
    /// Waits for something to carry.
    async fn wait(&mut self) -> Parcel {
        let parcels = &self.road.parcels;
        if let Some(parcel) = parcels.take_now() {
            return parcel;
        }
        if let Ok(parcel) = timeout(IDLE, parcels.take()).await {
            return parcel;
        }
        self.close().await;
        parcels.take().await
    }

    async fn close(&mut self) {
        if let Some((session, _counted)) = self.session.take() {
            session.close().await;
        }
    }

    /// Sends over the session that is open, or a new one. A session that turns out to be used up is replaced once.
    /// None if there is no session to be had while others work: a server that takes only so many is not in trouble.
    async fn send(&mut self, letter: &Letter) -> Option<Reply> {
        let used = self.session.take().filter(is_usable);
        if let Some(session) = used {
            let reply = self.send_over(session, letter).await;
            if !(reply.try_anew || reply.verdict == Verdict::NotTried) {
                return Some(reply);
            }
        }
        match self.mailer.open().await {
            Ok(session) => {
                let counted = self.road.sessions.one_more();
                Some(self.send_over((session, counted), letter).await)
            }
            Err(_) if self.road.sessions.get() > 0 => None,
            Err(trouble) => {
                self.road.is_closed.store(true, Ordering::Relaxed);
                let reply = Reply::ours(Verdict::NotTried, trouble.stage, trouble.to_string());
                Some(Reply {
                    code: trouble.code,
                    ..reply
                })
            }
        }
    }

    async fn send_over(&mut self, mut open: (Session, Counted), letter: &Letter) -> Reply {
        let (road, next) = (self.road, &mut self.next);
        let reply = open.0.send_then(letter, || road.ahead(next)).await;
        self.session = Some(open).filter(is_usable);
        reply
    }
}

impl Road {
    /// Takes the next letter into `next`, for its envelope to leave with the body that is about to.
    fn ahead(&self, next: &mut Option<Ready>) -> Option<Arc<Letter>> {
        while next.is_none() && self.may_send() {
            let parcel = self.parcels.take_now()?;
            *next = self.prepared(parcel);
        }
        next.as_ref().map(|ready| ready.letter.clone())
    }
}

fn is_usable((session, _): &(Session, Counted)) -> bool {
    session.usable()
}

/// How many there are of something.
#[derive(Clone, Debug, Default)]
pub struct Counter(Arc<AtomicUsize>);

/// One of them, until it is dropped.
#[derive(Debug)]
pub struct Counted(Counter);

impl Counter {
    pub fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    pub fn one_more(&self) -> Counted {
        self.0.fetch_add(1, Ordering::Relaxed);
        Counted(self.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}
