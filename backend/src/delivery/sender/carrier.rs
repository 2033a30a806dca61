//! A carrier takes begun letters one by one and hands them over on a session of its own.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use tokio::sync::{Mutex, mpsc};
use tokio_util::sync::CancellationToken;

use super::super::entity::delivery;
use super::super::ledger::record::Tried;
use super::letters::RunLetters;
use crate::clock::Clock;
use crate::mail::{Letter, Mailer, Reply, Session, Stage, Verdict};

/// A session that had nothing to carry for so long is closed.
const IDLE: Duration = Duration::from_secs(30);

/// A letter that may leave.
#[derive(Debug)]
pub struct Parcel {
    pub delivery: delivery::Model,
    pub claim_id: i64,
    pub letters: Arc<RunLetters>,
}

impl Parcel {
    /// What is recorded when no outcome ever comes: it may have left.
    pub fn lost(&self, at: DateTime<Utc>) -> Tried {
        Tried {
            delivery_id: self.delivery.id,
            run_id: self.delivery.run_id,
            claim_id: self.claim_id,
            at,
            took: Duration::ZERO,
            reply: Some(Reply::ours(
                Verdict::Unknown,
                Stage::Letter,
                "the worker stopped before the answer came",
            )),
        }
    }
}

/// What the carriers of one sender share.
#[derive(Clone, Debug)]
pub struct Road {
    pub mailer: Mailer,
    pub clock: Clock,
    pub stop: CancellationToken,
    /// The mail server cannot be reached: nothing more is given to it for a while.
    pub is_closed: Arc<AtomicBool>,
    pub parcels: Arc<Mutex<mpsc::Receiver<Parcel>>>,
    pub outcomes: mpsc::UnboundedSender<Tried>,
}

impl Road {
    /// Carries until there are no more parcels. A session that has nothing to carry is given back.
    pub async fn carry(self) {
        let mut session = None;
        loop {
            let next = async { self.parcels.lock().await.recv().await };
            let parcel = match tokio::time::timeout(IDLE, next).await {
                Ok(Some(parcel)) => parcel,
                Ok(None) => break,
                Err(_) => {
                    close(session.take()).await;
                    continue;
                }
            };
            let lost = parcel.lost(self.clock.now());
            // Whatever goes wrong with one letter, the others go on; this one may have left.
            let tried = AssertUnwindSafe(self.hand_over(&mut session, parcel))
                .catch_unwind()
                .await
                .unwrap_or_else(|_| {
                    tracing::error!(delivery = lost.delivery_id, "sending a letter panicked");
                    session = None;
                    lost
                });
            if self.outcomes.send(tried).is_err() {
                break;
            }
        }
        close(session).await;
    }

    async fn hand_over(&self, session: &mut Option<Session>, parcel: Parcel) -> Tried {
        let Parcel {
            delivery,
            claim_id,
            letters,
        } = parcel;
        let (at, started) = (self.clock.now(), self.clock.monotonic());
        let reply = if self.stop.is_cancelled() || self.is_closed.load(Ordering::Relaxed) {
            None
        } else {
            match letters.letter(&delivery, at) {
                Ok(letter) => Some(self.send(session, &letter).await),
                Err(error) => Some(Reply::ours(
                    Verdict::Permanent,
                    Stage::Idle,
                    error.to_string(),
                )),
            }
        };
        let took = self.clock.monotonic().saturating_sub(started);
        Tried {
            delivery_id: delivery.id,
            run_id: delivery.run_id,
            claim_id,
            at,
            took,
            reply,
        }
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
