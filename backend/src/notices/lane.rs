//! A lane sends the notices of one channel, one after another, in the order in which they were told.
//!
//! Letters and SMS have a lane each, so that a mail server that does not answer holds up no code on its way to a
//! phone. A lane opens a mail session of its own when a letter is due, gives it letter after letter, and closes it
//! when there are no more.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::notices::NoticeChannel;
use futures_util::FutureExt as _;
use tokio_util::sync::CancellationToken;

use super::compose::{self, Composed, What};
use super::entity::Model;
use super::queue::{self, End, HELD_FOR, Settled};
use super::retry::{self, Patience};
use crate::app::App;
use crate::mail::{Letter, Reply, Session, Trouble, Verdict};
use crate::problem::ApiError;
use crate::sms::SmsVerdict;

/// How often the hold of a notice is renewed while it is tried: should a renewal fail, there is time for another.
const RENEW_EVERY: Duration = Duration::from_secs(HELD_FOR.as_secs() / 4);
/// After a stop the answer to a notice is waited for so long.
const LAST_WORD: Duration = Duration::from_secs(5);

/// What a pass did, in notices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub sent: u64,
    /// Those that are tried again later.
    pub again: u64,
    pub failed: u64,
    /// Those that had nobody to go to any more.
    pub dropped: u64,
}

impl Told {
    pub fn is_idle(&self) -> bool {
        *self == Self::default()
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            sent: self.sent + other.sent,
            again: self.again + other.again,
            failed: self.failed + other.failed,
            dropped: self.dropped + other.dropped,
        }
    }

    fn count(&mut self, end: End) {
        match end {
            End::Sent => self.sent += 1,
            End::Again(_) => self.again += 1,
            End::Failed => self.failed += 1,
            End::Dropped => self.dropped += 1,
        }
    }
}

/// Sends the notices of one channel.
#[derive(Debug)]
pub struct Lane {
    app: App,
    channel: NoticeChannel,
    stop: CancellationToken,
    session: Option<Session>,
    /// How the last try ended, until that is written.
    unwritten: Option<(Model, Settled)>,
    /// No session could be opened: until then, on the monotonic clock, none is tried.
    closed_until: Option<Duration>,
}

impl Lane {
    pub fn new(app: App, channel: NoticeChannel, stop: CancellationToken) -> Self {
        Self {
            app,
            channel,
            stop,
            session: None,
            unwritten: None,
            closed_until: None,
        }
    }

    /// Sends what is due on this channel, until nothing is left or the worker is to stop.
    pub async fn pass(&mut self) -> Result<Told, ApiError> {
        let mut told = Told::default();
        let passed = self.send_due(&mut told).await;
        if let Some(session) = self.session.take() {
            session.close().await;
        }
        passed.map(|()| told)
    }

    async fn send_due(&mut self, told: &mut Told) -> Result<(), ApiError> {
        self.write(told).await?;
        while !self.stop.is_cancelled() && !self.is_closed() {
            let Some(notice) = queue::claim(&self.app, self.channel).await? else {
                break;
            };
            let settled = self.try_held(&notice).await;
            self.unwritten = Some((notice, settled));
            self.write(told).await?;
        }
        Ok(())
    }

    /// Writes how the last try ended. What cannot be written is kept, and written before anything else is sent.
    async fn write(&mut self, told: &mut Told) -> Result<(), ApiError> {
        if let Some((notice, settled)) = &self.unwritten {
            queue::settle(&self.app, notice, settled).await?;
            told.count(settled.end);
            log(notice, settled);
            self.unwritten = None;
        }
        Ok(())
    }

    /// Tries a notice and holds it meanwhile, however long the other side takes.
    async fn try_held(&mut self, notice: &Model) -> Settled {
        let (app, stop) = (self.app.clone(), self.stop.clone());
        let breaks =
            |words: &str| retry::of_break(words, patience(&app, notice, None, &waits(&app)));
        let held = async {
            loop {
                tokio::time::sleep(RENEW_EVERY).await;
                if let Err(error) = queue::renew(&app, notice).await {
                    tracing::warn!(notice = notice.id, %error, "the hold of a notice could not be renewed");
                }
            }
        };
        let stopped = async {
            stop.cancelled().await;
            tokio::time::sleep(LAST_WORD).await;
        };
        // Whatever goes wrong with one notice, the others go on.
        let tried = AssertUnwindSafe(self.try_once(notice)).catch_unwind();
        let tried = tokio::select! {
            tried = tried => tried.ok(),
            () = held => None,
            () = stopped => {
                self.session = None;
                return breaks("the worker stopped before the answer came");
            }
        };
        match tried {
            Some(Ok(settled)) => settled,
            Some(Err(error)) => {
                tracing::error!(notice = notice.id, %error, "a notice could not be written");
                breaks("the notice could not be written; the log says why")
            }
            None => {
                tracing::error!(notice = notice.id, "sending a notice panicked");
                self.session = None;
                breaks("sending it broke off; the log says why")
            }
        }
    }

    async fn try_once(&mut self, notice: &Model) -> Result<Settled, ApiError> {
        let Some(composed) = compose::compose(&self.app, notice).await? else {
            return Ok(Settled {
                end: End::Dropped,
                code: notice.code,
                answer: notice.answer.clone(),
            });
        };
        let Composed { what, useful_until } = composed;
        let waits = waits(&self.app);
        let app = self.app.clone();
        // By the clock as it is when the answer has come.
        let patience = || patience(&app, notice, useful_until, &waits);
        Ok(match what {
            What::Letter(letter) => match self.send_letter(&letter).await? {
                Ok(reply) => retry::of_reply(&reply, patience()),
                Err(trouble) => {
                    let pause = waits.first().copied().unwrap_or_default();
                    self.closed_until = Some(app.clock.monotonic() + pause);
                    retry::of_trouble(&trouble, patience())
                }
            },
            What::Unfit(error) => Settled {
                end: End::Failed,
                code: None,
                answer: Some(error.to_string()),
            },
            What::Sms { to, text } => {
                let answer = app.sms.send(&to, &text).await;
                if answer.verdict == SmsVerdict::Misconfigured {
                    tracing::error!(
                        notice = notice.id,
                        code = answer.code,
                        "the SMS service takes nothing: its settings are wrong, or it is not paid"
                    );
                }
                retry::of_sms(&answer, patience())
            }
        })
    }

    /// Sends over the session that is open, or a new one. A session that turns out to be used up is replaced once.
    async fn send_letter(&mut self, letter: &Letter) -> Result<Result<Reply, Trouble>, ApiError> {
        let used = self.session.take().filter(Session::usable);
        if let Some(session) = used {
            let reply = self.send_over(session, letter).await;
            if !(reply.try_anew || reply.verdict == Verdict::NotTried) {
                return Ok(Ok(reply));
            }
        }
        let (db, now) = (self.app.database.read(), self.app.clock.now());
        Ok(match self.app.mail_servers.any_open(db, now).await? {
            Ok(session) => Ok(self.send_over(session, letter).await),
            Err(trouble) => Err(trouble),
        })
    }

    async fn send_over(&mut self, mut session: Session, letter: &Letter) -> Reply {
        let reply = session.send(letter).await;
        self.session = Some(session).filter(Session::usable);
        reply
    }

    /// Is the mail server left alone for a while? Who waits then keeps all tries.
    fn is_closed(&mut self) -> bool {
        let now = self.app.clock.monotonic();
        self.closed_until = self.closed_until.filter(|until| now < *until);
        self.closed_until.is_some()
    }
}

fn waits(app: &App) -> Vec<Duration> {
    let waits = app.config.notices.retry_after.iter();
    waits.map(|wait| wait.0).collect()
}

fn patience<'a>(
    app: &App,
    notice: &Model,
    useful_until: Option<DateTime<Utc>>,
    retry_after: &'a [Duration],
) -> Patience<'a> {
    Patience {
        retry_after,
        tries: usize::try_from(notice.attempts).unwrap_or(usize::MAX),
        useful_until,
        now: app.clock.now(),
    }
}

fn log(notice: &Model, settled: &Settled) {
    let (notice, kind, code) = (notice.id, notice.kind, settled.code);
    match settled.end {
        End::Sent => tracing::info!(notice, ?kind, "a notice was sent"),
        End::Again(at) => tracing::warn!(notice, ?kind, code, %at, "a notice is tried again"),
        End::Failed => tracing::warn!(notice, ?kind, code, "a notice could not be sent"),
        End::Dropped => tracing::info!(notice, ?kind, "a notice had nobody to go to any more"),
    }
}
