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
use super::ledger::begin::{Begun, begin, release};
use super::ledger::claim::{self, Claim, claim, due_runs};
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
    /// A claim whose commit was not confirmed: it may be ours.
    unsure: Option<i64>,
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
            mailer: app.mailer.clone(),
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
        let mut sent = Sent::default();
        loop {
            self.presence.beat_if_due().await?;
            self.write_outcomes(&mut sent).await?;
            if self.stop.is_cancelled() || self.is_closed.load(Ordering::Relaxed) {
                self.let_go().await?;
            } else {
                self.begin_more().await?;
            }
            if self.begun.is_empty() && self.held.is_none() {
                break;
            }
            if !self.begun.is_empty() {
                self.wait_for_outcome().await;
            }
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

    /// Begins letters until the window is full or nothing is due.
    async fn begin_more(&mut self) -> Result<(), ApiError> {
        let window = usize::try_from(self.app.config.delivery.begun_limit).unwrap_or(usize::MAX);
        while self.begun.len() < window {
            if self.held.is_none() {
                self.held = self.claim_next().await?;
            }
            let Some(held) = &mut self.held else { break };
            if held.deliveries.is_empty() {
                self.held = None;
                continue;
            }
            let group = Ord::min(GROUP, window - self.begun.len());
            let now = self.app.clock.now();
            let Some(last) = held
                .deliveries
                .iter()
                .take(group)
                .next_back()
                .map(|delivery| delivery.id)
            else {
                continue;
            };
            let tx = self.app.database.write().await?;
            let begun = begin(&tx, self.presence.worker_id(), held, last, now).await?;
            tx.commit().await?;
            match begun {
                Begun::Lost | Begun::Held => self.held = None,
                Begun::Yes => self.give_to_carriers(last).await?,
            }
        }
        Ok(())
    }

    /// Gives the carriers what has begun: the held deliveries up to this id.
    async fn give_to_carriers(&mut self, through: i64) -> Result<(), ApiError> {
        let Some(held) = &mut self.held else {
            return Ok(());
        };
        let count = held
            .deliveries
            .partition_point(|delivery| delivery.id <= through);
        let letters = match self.runs.get(&held.run_id) {
            Some(letters) => letters.clone(),
            None => {
                let letters =
                    Arc::new(RunLetters::load(self.app.database.read(), held.run_id).await?);
                self.runs.insert(held.run_id, letters.clone());
                letters
            }
        };
        while self.carriers.len()
            < Ord::min(self.app.mailer.connections(), self.begun.len() + count)
        {
            self.carriers.spawn(self.road.clone().carry());
        }
        for delivery in held.deliveries.drain(..count) {
            let parcel = Parcel {
                delivery,
                claim_id: held.id,
                letters: letters.clone(),
            };
            self.begun
                .insert(parcel.delivery.id, parcel.lost(self.app.clock.now()));
            // The channel is as wide as the window, so there is room.
            self.parcels.send(parcel).await.map_err(ApiError::ours)?;
        }
        Ok(())
    }

    /// Claims deliveries of the run whose turn it is.
    async fn claim_next(&mut self) -> Result<Option<Claim>, ApiError> {
        let now = self.app.clock.now();
        if let Some(id) = self.unsure.take()
            && let Some(adopted) = claim::adopt(&self.app.database, id).await?
        {
            return Ok(Some(adopted));
        }
        let mut due = due_runs(self.app.database.read(), now).await?;
        due.retain(|run| self.only.is_none_or(|only| only == run.run_id));
        let Some(run) = self.rotation.next(&due) else {
            return Ok(None);
        };
        let id = claim::new_id()?;
        self.unsure = Some(id);
        let tx = self.app.database.write().await?;
        let limit = self.app.config.delivery.claim_limit;
        let claimed = claim(&tx, self.presence.worker_id(), run.run_id, id, limit, now).await?;
        tx.commit().await?;
        self.unsure = None;
        Ok(claimed)
    }

    /// Gives back what is held and has not begun.
    async fn let_go(&mut self) -> Result<(), ApiError> {
        if let Some(held) = &mut self.held {
            let tx = self.app.database.write().await?;
            release(&tx, self.presence.worker_id(), held, self.app.clock.now()).await?;
            tx.commit().await?;
            self.held = None;
        }
        Ok(())
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
