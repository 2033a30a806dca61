//! Sending: claimed, begun, handed over, recorded.
//!
//! One pass takes turns over everything that is due until nothing is left. Claimed deliveries wait in `held`; they
//! are begun a few at a time, never more than `delivery.begun_limit` without a recorded outcome, and given to the
//! carriers, each of which has a session of its own. Outcomes come back and are written in groups. They are kept
//! until they are written, however often the database fails; while it fails, nothing new is begun.
//!
//! When the mail server cannot be reached, what was begun goes back to the queue untried and the sender leaves the
//! server alone for `delivery.unreachable_for`.

mod carrier;
pub mod letters;
mod rotation;
mod taking;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use self::carrier::{Parcel, Road};
use self::letters::RunLetters;
use self::rotation::Rotation;
use super::ledger::claim::{self, Claim};
use super::ledger::record::{Policy, RunFacts, Tried, record};
use super::presence::Presence;
use crate::app::App;
use crate::problem::ApiError;

/// Letters begun, and outcomes written, in one transaction.
const GROUP: usize = 128;
/// How long an open answer is waited for before the worker's beat is looked after.
const PATIENCE: Duration = Duration::from_secs(5);
/// After a stop, answers are waited for so long; then the letters are unknown.
const LAST_WORD: Duration = Duration::from_secs(8);

/// What a pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Tries recorded, with whatever outcome.
    pub tried: u64,
    /// Letters that went back to the queue because the mail server could not be reached.
    pub untried: u64,
}

impl Sent {
    pub fn is_idle(&self) -> bool {
        *self == Self::default()
    }
}

/// Sends on behalf of one worker.
#[derive(Debug)]
pub struct Sender {
    app: App,
    presence: Arc<Presence>,
    stop: CancellationToken,
    only: Option<i64>,
    rotation: Rotation,
    runs: HashMap<i64, Arc<RunLetters>>,
    held: Option<Claim>,
    /// A claim that a failed transaction left in doubt: whether it is ours, and what it still holds.
    unsure: Option<i64>,
    /// Runs that cannot be made into letters; the log says why.
    broken: HashSet<i64>,
    begun: HashMap<i64, Tried>,
    unwritten: Vec<Tried>,
    parcels: mpsc::Sender<Parcel>,
    outcomes: mpsc::UnboundedReceiver<Tried>,
    road: Road,
    carriers: JoinSet<()>,
    is_closed: Arc<AtomicBool>,
    /// On the monotonic clock.
    closed_until: Option<Duration>,
}

impl Sender {
    pub fn new(app: App, presence: Arc<Presence>, stop: CancellationToken) -> Self {
        let window = usize::try_from(app.config.delivery.begun_limit)
            .unwrap_or(usize::MAX)
            .clamp(1, 65_536);
        let (parcels, taken) = mpsc::channel(window);
        let (told, outcomes) = mpsc::unbounded_channel();
        let is_closed = Arc::new(AtomicBool::new(false));
        let road = Road {
            mailer: app.mail_servers.first().mailer.clone(),
            clock: app.clock.clone(),
            stop: stop.clone(),
            is_closed: is_closed.clone(),
            parcels: Arc::new(Mutex::new(taken)),
            outcomes: told,
        };
        Self {
            app,
            presence,
            stop,
            only: None,
            rotation: Rotation::default(),
            runs: HashMap::new(),
            held: None,
            unsure: None,
            broken: HashSet::new(),
            begun: HashMap::new(),
            unwritten: Vec::new(),
            parcels,
            outcomes,
            road,
            carriers: JoinSet::new(),
            is_closed,
            closed_until: None,
        }
    }

    /// From now on, sends this run and nothing else.
    pub fn only(&mut self, run_id: i64) {
        self.only = Some(run_id);
    }

    /// Sends everything that is due, until nothing is left, the server is lost or the worker is to stop.
    pub async fn pass(&mut self) -> Result<Sent, ApiError> {
        self.reopen();
        self.settle_unsure().await?;
        let mut sent = Sent::default();
        loop {
            self.presence.beat_if_due().await?;
            self.write_outcomes(&mut sent).await?;
            if self.stop.is_cancelled() || self.is_closed.load(Ordering::Relaxed) {
                self.let_go().await?;
            } else {
                self.begin_more().await?;
            }
            if self.begun.is_empty() {
                break;
            }
            self.wait_for_outcome().await;
        }
        if !sent.is_idle() {
            tracing::info!(
                tried = sent.tried,
                untried = sent.untried,
                "letters were handed over"
            );
        }
        self.runs.clear();
        claim::forget_finished(&self.app.database, self.presence.worker_id()).await?;
        Ok(sent)
    }

    /// A server that could not be reached is tried again after a while.
    fn reopen(&mut self) {
        if self
            .closed_until
            .is_some_and(|until| until <= self.app.clock.monotonic())
        {
            self.closed_until = None;
            self.is_closed.store(false, Ordering::Relaxed);
        }
    }

    /// Waits for an answer; not for ever when the worker is to stop.
    async fn wait_for_outcome(&mut self) {
        let stop = self.stop.clone();
        let stopping = stop.is_cancelled();
        tokio::select! {
            Some(tried) = self.outcomes.recv() => self.take_in(tried),
            () = stop.cancelled(), if !stopping => {}
            () = tokio::time::sleep(if stopping { LAST_WORD } else { PATIENCE }) => {
                if stopping {
                    // These letters may have left, and nobody will ever know from here.
                    self.carriers.abort_all();
                    self.unwritten.extend(self.begun.drain().map(|(_, lost)| lost));
                }
            }
        }
    }

    fn take_in(&mut self, tried: Tried) {
        if self.begun.remove(&tried.delivery_id).is_some() {
            self.unwritten.push(tried);
        }
    }

    /// Writes the outcomes that have come, in groups; what could not be written is kept.
    async fn write_outcomes(&mut self, sent: &mut Sent) -> Result<(), ApiError> {
        while let Ok(tried) = self.outcomes.try_recv() {
            self.take_in(tried);
        }
        if self.is_closed.load(Ordering::Relaxed) && self.closed_until.is_none() {
            let pause = self.app.config.delivery.unreachable_for;
            self.closed_until = Some(self.app.clock.monotonic() + pause);
        }
        let facts = self.facts().await?;
        let retry_after: Vec<Duration> = self
            .app
            .config
            .delivery
            .retry_after
            .iter()
            .map(|wait| wait.0)
            .collect();
        let unreachable_for = self.app.config.delivery.unreachable_for;
        let policy = Policy {
            retry_after: &retry_after,
            unreachable_for,
        };
        while !self.unwritten.is_empty() {
            let group = &self.unwritten[..Ord::min(GROUP, self.unwritten.len())];
            let tx = self.app.database.write().await?;
            record(
                &tx,
                self.presence.worker_id(),
                group,
                &facts,
                policy,
                self.app.clock.now(),
            )
            .await?;
            tx.commit().await?;
            let untried = group.iter().filter(|tried| !tried.counts()).count() as u64;
            let written = group.len();
            sent.untried += untried;
            sent.tried += written as u64 - untried;
            self.unwritten.drain(..written);
        }
        Ok(())
    }

    async fn facts(&mut self) -> Result<HashMap<i64, RunFacts>, ApiError> {
        let runs: HashSet<i64> = self.unwritten.iter().map(|tried| tried.run_id).collect();
        let mut facts = HashMap::new();
        for run_id in runs {
            let known = match self.runs.get(&run_id) {
                Some(letters) => letters.facts,
                None => {
                    RunLetters::load(self.app.database.read(), run_id)
                        .await?
                        .facts
                }
            };
            facts.insert(run_id, known);
        }
        Ok(facts)
    }
}
