//! Sending: claimed, begun, handed over, recorded.
//!
//! A pass takes turn after turn until nothing is left to do. A turn is one transaction ([`turn`]): it records the
//! outcomes that have come, begins the next letters and claims more where little is held. Only when it is committed
//! do its letters reach the carriers of their [`lane`], each of which has a session of its own; while the next turn
//! is on its way, they go on with what has begun. So there are at most `delivery.begun_limit` letters (of SMS,
//! `sms.connections`) without a committed outcome, and many letters share one commit.
//!
//! Outcomes are kept until they are written, however often the database fails; while it fails, nothing new is begun.
//! After a transaction that failed, nobody knows what it did: the claims are read back before anything else
//! ([`doubt`]). A pass may be dropped at any point; the next one finds everything as after such a failure.
//!
//! A worker has a sender for letters and one for SMS, so that neither waits for the other's servers.
//!
//! There is a lane for each mail server, and letters go to those that work and grant some, by their weights. When a
//! server cannot be reached, what was begun for it goes back to the queue untried. After a stop nothing more begins;
//! what carriers have is waited for, but not for ever.

mod carrier;
mod doubt;
mod errands;
mod lane;
pub mod letters;
mod load;
mod pace;
mod places;
mod queue;
mod rotation;
mod runs;
mod shares;
mod sms_carrier;
pub mod threads;
mod turn;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use contract::mailings::Channel;
use tokio_util::sync::CancellationToken;

use self::doubt::Doubt;
use self::lane::Lane;
use self::places::Places;
use self::queue::Basket;
use self::rotation::Rotation;
use self::runs::Runs;
use self::threads::Threads;
use super::ledger::claim;
use super::ledger::record::Tried;
use super::presence::Presence;
use crate::app::App;
use crate::mail_servers::Turns;
use crate::problem::ApiError;

/// So many outcomes are worth a turn of their own.
const ENOUGH: usize = 64;
/// How long it is waited for so many once the first has come.
const GATHER: Duration = Duration::from_millis(4);
/// After a stop, answers are waited for so long; then the letters are unknown.
const LAST_WORD: Duration = Duration::from_secs(8);
/// How often it is looked whether that time is over.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What a pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Tries recorded, with whatever outcome.
    pub tried: u64,
    /// Letters that went back to the queue because the mail server could not be reached.
    pub untried: u64,
    /// How long until a mail server that takes no letters now may be asked again.
    pub asks_again: Option<Duration>,
}

impl Sent {
    pub fn is_idle(&self) -> bool {
        self.tried == 0 && self.untried == 0
    }

    /// What both did.
    pub fn and(self, other: Self) -> Self {
        Self {
            tried: self.tried + other.tried,
            untried: self.untried + other.untried,
            asks_again: [self.asks_again, other.asks_again]
                .into_iter()
                .flatten()
                .min(),
        }
    }
}

/// Sends on behalf of one worker what mailings of one channel are to send.
#[derive(Debug)]
pub struct Sender {
    app: App,
    channel: Channel,
    presence: Arc<Presence>,
    stop: CancellationToken,
    /// When the stop was noticed, on the monotonic clock.
    stopped_at: Option<Duration>,
    only: Option<i64>,
    lanes: Vec<Lane>,
    turns: Turns,
    /// Where carriers run; none where the sender itself does.
    threads: Option<Threads>,
    rotation: Rotation,
    runs: Runs,
    places: Places,
    doubt: Doubt,
    outcomes: Arc<Basket<Tried>>,
    /// Taken in, and not known to be written.
    unwritten: Vec<Tried>,
    /// How many letters of each claim are in flight or unwritten.
    open_claims: HashMap<i64, usize>,
    /// Claims that hold nothing any more.
    finished: Vec<i64>,
}

impl Sender {
    pub fn new(
        app: App,
        presence: Arc<Presence>,
        stop: CancellationToken,
        channel: Channel,
    ) -> Self {
        let outcomes = Arc::new(Basket::default());
        let lanes = app.servers(channel).iter().map(|server| {
            let (clock, stop) = (app.clock.clone(), stop.clone());
            Lane::new(server.clone(), clock, stop, outcomes.clone())
        });
        let lanes = lanes.collect();
        Self {
            app,
            channel,
            presence,
            stop,
            stopped_at: None,
            only: None,
            lanes,
            turns: Turns::default(),
            threads: None,
            rotation: Rotation::default(),
            runs: Runs::default(),
            places: Places::default(),
            doubt: Doubt::default(),
            outcomes,
            unwritten: Vec::new(),
            open_claims: HashMap::new(),
            finished: Vec::new(),
        }
    }

    /// From now on, sends this run and nothing else.
    pub fn only(&mut self, run_id: i64) {
        self.only = Some(run_id);
    }

    /// From now on, carriers run on threads of their own.
    pub fn carry_on(&mut self, threads: Threads) {
        self.threads = Some(threads);
    }

    /// Sends everything that is due, until nothing is left, no server can be reached or the worker is to stop.
    pub async fn pass(&mut self) -> Result<Sent, ApiError> {
        let mut sent = Sent::default();
        loop {
            self.presence.beat_if_due().await?;
            self.settle_doubt().await?;
            self.take_in();
            let turned = self.turn(&mut sent).await?;
            if self.in_flight() > 0 {
                if !turned.again {
                    self.wait().await;
                }
            } else if !turned.progressed && self.unwritten.is_empty() {
                break;
            }
        }
        let now = self.app.clock.now();
        let again = self.lanes.iter().filter_map(Lane::asks_again).min();
        sent.asks_again = again.map(|at| (at - now).to_std().unwrap_or_default());
        if !sent.is_idle() {
            tracing::info!(
                tried = sent.tried,
                untried = sent.untried,
                "letters were handed over"
            );
        }
        self.runs.clear();
        // One that has claimed nothing leaves alone what the other channel's sender holds.
        let has_claimed = !(self.open_claims.is_empty() && self.finished.is_empty());
        if has_claimed {
            claim::forget_finished(&self.app.database, self.presence.worker_id()).await?;
        }
        self.finished.clear();
        self.open_claims.clear();
        Ok(sent)
    }

    /// How many letters have begun whose outcome has not been taken in.
    fn in_flight(&self) -> usize {
        self.lanes.iter().map(|lane| lane.begun.len()).sum()
    }

    /// Waits until it is worth taking another turn.
    async fn wait(&mut self) {
        let enough = Ord::min(ENOUGH, self.in_flight());
        let stop = self.stop.clone();
        let stopping = stop.is_cancelled();
        let every = self.app.config.worker.every;
        tokio::select! {
            () = self.outcomes.gathered(enough, GATHER) => {}
            () = stop.cancelled(), if !stopping => {}
            // Other lanes may have room, other runs may have fallen due, and the beat goes on.
            () = tokio::time::sleep(if stopping { LOOK_EVERY } else { every }) => {}
        }
    }

    /// Takes in the outcomes that have come, and what will never come.
    fn take_in(&mut self) {
        let now = self.app.clock.monotonic();
        for tried in self.outcomes.take() {
            let key = tried.key();
            if self
                .lanes
                .iter_mut()
                .any(|lane| lane.begun.remove(&key).is_some())
            {
                if let (Some(server), Some(reply)) = (&tried.server, &tried.reply) {
                    self.app.meters.tried(server, reply.verdict, tried.took);
                }
                self.unwritten.push(tried);
            }
        }
        let stopping = self.stop.is_cancelled();
        let give_up =
            stopping && now.saturating_sub(*self.stopped_at.get_or_insert(now)) >= LAST_WORD;
        let threads = self.threads.as_ref().and_then(Threads::handle);
        for lane in &mut self.lanes {
            lane.share_with(self.presence.living());
            lane.post_carriers(threads);
            if stopping || !lane.is_open() {
                self.unwritten.extend(lane.take_back());
            }
            if give_up {
                self.unwritten.extend(lane.give_up());
            }
        }
        let meters = &self.app.meters;
        meters.holds(self.channel, self.in_flight(), self.unwritten.len());
    }
}
