//! A carrier takes begun letters one by one and hands them over on a session of its own.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
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
}

impl Parcel {
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

    /// What is recorded when no outcome ever comes: it may have left.
    pub fn lost(&self, server: &Arc<str>, at: DateTime<Utc>) -> Tried {
        let words = "the worker stopped before the answer came";
        let reply = Reply::ours(Verdict::Unknown, Stage::Letter, words);
        self.tried(server, at, Duration::ZERO, Some(reply))
    }
}

/// What the carriers of one lane share.
#[derive(Clone, Debug)]
pub struct Road {
    /// The mail server's name in the settings.
    pub server: Arc<str>,
    pub mailer: Mailer,
    pub clock: Clock,
    pub stop: CancellationToken,
    /// The mail server cannot be reached: nothing more is given to it for a while.
    pub is_closed: Arc<AtomicBool>,
    pub parcels: Arc<Queue<Parcel>>,
    pub outcomes: Arc<Basket<Tried>>,
}

impl Road {
    /// Carries until it is aborted. A session that has nothing to carry is given back.
    pub async fn carry(self) {
        let mut session = None;
        loop {
            let parcel = match self.parcels.take_now() {
                Some(parcel) => parcel,
                None => match tokio::time::timeout(IDLE, self.parcels.take()).await {
                    Ok(parcel) => parcel,
                    Err(_) => {
                        close(session.take()).await;
                        self.parcels.take().await
                    }
                },
            };
            let at = self.clock.now();
            // Whatever goes wrong with one letter, the others go on; this one may have left.
            let tried = AssertUnwindSafe(self.hand_over(&mut session, &parcel, at))
                .catch_unwind()
                .await
                .unwrap_or_else(|_| {
                    let delivery = parcel.delivery.id;
                    tracing::error!(delivery, "sending a letter panicked");
                    session = None;
                    parcel.lost(&self.server, at)
                });
            self.outcomes.put(tried);
        }
    }

    async fn hand_over(
        &self,
        session: &mut Option<Session>,
        parcel: &Parcel,
        at: DateTime<Utc>,
    ) -> Tried {
        let started = self.clock.monotonic();
        let reply = if self.stop.is_cancelled() || self.is_closed.load(Ordering::Relaxed) {
            None
        } else {
            match parcel.letters.letter(&parcel.delivery, at) {
                Ok(letter) => Some(self.send(session, &letter).await),
                Err(error) => Some(Reply::ours(
                    Verdict::Permanent,
                    Stage::Idle,
                    error.to_string(),
                )),
            }
        };
        let took = self.clock.monotonic().saturating_sub(started);
        parcel.tried(&self.server, at, took, reply)
    }

    /// Sends over the session that is open, or a new one. A session that turns out to be used up is replaced once.
    async fn send(&self, open: &mut Option<Session>, letter: &Letter) -> Reply {
        let used = open.take().filter(Session::usable);
        if let Some(session) = used {
            let reply = self.send_over(open, session, letter).await;
            if !(reply.try_anew || reply.verdict == Verdict::NotTried) {
                return reply;
            }
        }
        match self.mailer.open().await {
            Ok(session) => self.send_over(open, session, letter).await,
            Err(trouble) => {
                self.is_closed.store(true, Ordering::Relaxed);
                let reply = Reply::ours(Verdict::NotTried, trouble.stage, trouble.to_string());
                Reply {
                    code: trouble.code,
                    ..reply
                }
            }
        }
    }

    async fn send_over(
        &self,
        open: &mut Option<Session>,
        mut session: Session,
        letter: &Letter,
    ) -> Reply {
        let reply = session.send(letter).await;
        *open = Some(session).filter(Session::usable);
        reply
    }
}

async fn close(session: Option<Session>) {
    if let Some(session) = session {
        session.close().await;
    }
}
