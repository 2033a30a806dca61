//! A turn: one transaction that records what has come, claims and begins what may leave next.
//!
//! Outcomes come first, for they make room in the window; then claims, where a lane holds little; then each claim
//! held begins its share. All of it is committed at once or not at all. What the transaction may change is noted as
//! in doubt before it begins, and is taken out of memory into it, so that memory cannot contradict the database after
//! a failure.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::super::ledger::begin::{Begun, begin, release};
use super::super::ledger::claim::{self, DueRun, Wanted, claim, due_or_known};
use super::super::ledger::counts::Deltas;
use super::super::ledger::record::{Policy, Tried, record};
use super::super::rules;
use super::carrier::Parcel;
use super::doubt::Doubt;
use super::lane::{HeldClaim, shares};
use super::letters::RunLetters;
use super::threads::Threads;
use super::{Sender, Sent};
use crate::problem::ApiError;

/// Outcomes written in one transaction.
const GROUP: usize = 512;
/// Runs that may be claimed from in one turn.
const RUNS: usize = 8;
/// Claims that are done with are deleted when there are so many.
const FINISHED: usize = 16;

/// What a turn did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Turned {
    /// Did anything change?
    pub progressed: bool,
    /// Is there room for more, and did the last look find something?
    pub again: bool,
}

/// A run whose turn it is, and what a claim on it is to be called.
struct Errand {
    run: DueRun,
    claim_id: i64,
    letters: Arc<RunLetters>,
}

/// What a lane takes into the transaction.
struct Load {
    claims: Vec<HeldClaim>,
    /// Claims by their place among them, and through which delivery they have begun.
    begun: Vec<(usize, i64)>,
    wants: usize,
    room: usize,
    is_open: bool,
}

impl Sender {
    pub(super) async fn turn(&mut self, sent: &mut Sent) -> Result<Turned, ApiError> {
        let group = Ord::min(GROUP, self.unwritten.len());
        let errands = self.errands().await?;
        if group == 0 && errands.is_empty() && !self.can_move() {
            return Ok(Turned::default());
        }
        let facts = self
            .runs
            .facts(&self.app.database, &self.unwritten[..group])
            .await?;
        let (now, monotonic) = (self.app.clock.now(), self.app.clock.monotonic());
        let worker_id = self.presence.worker_id();
        let delivery = &self.app.config.delivery;
        let retry_after: Vec<Duration> = delivery.retry_after.iter().map(|wait| wait.0).collect();
        let policy = Policy {
            retry_after: &retry_after,
            unreachable_for: delivery.unreachable_for,
        };
        let forgotten = match self.finished.len() {
            enough if enough >= FINISHED => enough,
            _ => 0,
        };

        self.doubt = self.doubts(&errands);
        let mut loads = self.load(group);
        let mut deltas = Deltas::default();
        let tx = self.app.database.write().await?;
        let outcomes = &self.unwritten[..group];
        record(&tx, worker_id, outcomes, &facts, policy, &mut deltas, now).await?;
        claim::forget(&tx, worker_id, &self.finished[..forgotten]).await?;
        let (mut served, mut claims) = (Vec::new(), 0);
        let mut progressed = group > 0;
        let mut errands = errands.into_iter();
        for load in &mut loads {
            let limit = load.wants;
            while load.wants > 0
                && let Some(errand) = errands.next()
            {
                let Errand {
                    run,
                    claim_id,
                    letters,
                } = errand;
                let wanted = Wanted {
                    claim_id,
                    run_id: run.run_id,
                    limit: limit as u64,
                    after: self.places.of(run.run_id),
                };
                let claimed = claim(&tx, worker_id, wanted, &mut deltas, now).await?;
                // Places are a matter of speed alone: a failure after this makes them be forgotten.
                progressed |= self
                    .places
                    .note(run.run_id, limit, claimed.as_ref(), monotonic);
                served.push(run);
                if let Some(claim) = claimed {
                    load.wants = load.wants.saturating_sub(claim.deliveries.len());
                    load.claims.push(HeldClaim { claim, letters });
                    claims += 1;
                }
            }
        }
        for load in &mut loads {
            progressed |= begin_shares(&tx, worker_id, load, &mut deltas, now).await?;
        }
        deltas.write(&tx, worker_id).await?;
        tx.commit().await?;

        // Committed: from here on nothing can fail.
        self.doubt = Doubt::default();
        self.finished.drain(..forgotten);
        let written: Vec<Tried> = self.unwritten.drain(..group).collect();
        sent.count(&written);
        served.into_iter().for_each(|run| self.rotation.served(run));
        self.unload(loads, &written, monotonic);
        Ok(Turned {
            progressed: progressed || claims > 0,
            again: claims > 0 && self.wants_more(),
        })
    }

    /// Each lane's part of what may be begun at once.
    fn share(&self) -> usize {
        let window = usize::try_from(self.app.config.delivery.begun_limit).unwrap_or(usize::MAX);
        window.max(1).div_ceil(self.lanes.len().max(1))
    }

    /// How many deliveries each lane wants to claim.
    fn wants(&self) -> Vec<usize> {
        if self.stop.is_cancelled() {
            return vec![0; self.lanes.len()];
        }
        let limit = usize::try_from(self.app.config.delivery.claim_limit).unwrap_or(usize::MAX);
        let share = Ord::min(self.share(), limit.max(1));
        self.lanes.iter().map(|lane| lane.wants(share)).collect()
    }

    fn wants_more(&self) -> bool {
        let share = self.share();
        let mut lanes = self.wants().into_iter().zip(&self.lanes);
        lanes.any(|(wants, lane)| wants > 0 && lane.room(share) > 0)
    }

    /// Does anything held begin, or go back?
    fn can_move(&self) -> bool {
        let share = self.share();
        let stopping = self.stop.is_cancelled();
        self.lanes.iter().any(|lane| {
            !lane.held.is_empty() && (stopping || !lane.is_open() || lane.room(share) > 0)
        })
    }

    /// The runs whose turn it is, if any lane wants letters.
    async fn errands(&mut self) -> Result<Vec<Errand>, ApiError> {
        if self.wants().iter().all(|wants| *wants == 0) {
            return Ok(Vec::new());
        }
        let known = self.places.known(self.app.clock.monotonic());
        let now = self.app.clock.now();
        let mut due = due_or_known(self.app.database.read(), &known, now).await?;
        due.retain(|run| {
            self.only.is_none_or(|only| only == run.run_id) && !self.runs.is_broken(run.run_id)
        });
        let mut errands = Vec::new();
        for run in self.rotation.order(&due, RUNS) {
            let letters = self.runs.prepare(&self.app.database, run.run_id).await?;
            if let Some(letters) = letters {
                errands.push(Errand {
                    run,
                    claim_id: claim::new_id()?,
                    letters,
                });
            }
        }
        Ok(errands)
    }

    /// What the transaction may change. A claim that is new may come to be in any lane.
    fn doubts(&self, errands: &[Errand]) -> Doubt {
        let lanes = self.lanes.iter().enumerate();
        let held =
            lanes.flat_map(|(lane, of)| of.held.iter().map(move |held| (lane, held.claim.id)));
        let wants = self.wants();
        let wanting = wants.iter().position(|wants| *wants > 0).unwrap_or(0);
        let new = errands.iter().map(|errand| (wanting, errand.claim_id));
        Doubt(held.chain(new).collect())
    }

    /// Takes what the lanes hold into the transaction, which will have written so many outcomes.
    fn load(&mut self, group: usize) -> Vec<Load> {
        let window = usize::try_from(self.app.config.delivery.begun_limit).unwrap_or(usize::MAX);
        let begun = self.in_flight() + self.unwritten.len() - group;
        let mut left = window.max(1).saturating_sub(begun);
        let share = self.share();
        let stopping = self.stop.is_cancelled();
        let wants = self.wants();
        let mut loads = Vec::new();
        for (lane, wants) in self.lanes.iter_mut().zip(wants) {
            let room = Ord::min(lane.room(share), left);
            left -= room;
            loads.push(Load {
                claims: std::mem::take(&mut lane.held),
                begun: Vec::new(),
                wants,
                room,
                is_open: lane.is_open() && !stopping,
            });
        }
        loads
    }

    /// Puts back what is held still, and gives the carriers what has begun.
    fn unload(&mut self, loads: Vec<Load>, written: &[Tried], monotonic: Duration) {
        let threads = self.threads.as_ref().and_then(Threads::handle);
        for (lane, load) in self.lanes.iter_mut().zip(loads) {
            let Load {
                mut claims, begun, ..
            } = load;
            let answered = written
                .iter()
                .filter(|tried| tried.counts() && lane.serves(tried))
                .count();
            let connections = lane.connections();
            lane.pace.count(answered, connections, monotonic);
            let mut parcels = Vec::new();
            for (place, through) in begun {
                let HeldClaim { claim, letters } = &mut claims[place];
                let deliveries = &mut claim.deliveries;
                let count = deliveries.partition_point(|delivery| delivery.id <= through);
                parcels.extend(deliveries.drain(..count).map(|delivery| Parcel {
                    delivery,
                    claim_id: claim.id,
                    letters: letters.clone(),
                }));
            }
            for parcel in &parcels {
                *self.open_claims.entry(parcel.claim_id).or_default() += 1;
            }
            claims.retain(|held| {
                let is_held = !held.claim.deliveries.is_empty();
                if !is_held {
                    self.open_claims.entry(held.claim.id).or_default();
                }
                is_held
            });
            lane.held = claims;
            lane.send(parcels, threads);
        }
        self.finish(written);
    }

    /// Counts the outcomes of each claim down. One that holds nothing and has nothing in flight is done with.
    fn finish(&mut self, written: &[Tried]) {
        for tried in written {
            if let Some(in_flight) = self.open_claims.get_mut(&tried.claim_id) {
                *in_flight = in_flight.saturating_sub(1);
            }
            // Anything that came back may lie before the place where the next claim would begin.
            if tried.reply.is_none() {
                self.places.forget(tried.delivery.run_id);
            }
        }
        let held: HashSet<i64> = self
            .lanes
            .iter()
            .flat_map(|lane| lane.held.iter().map(|held| held.claim.id))
            .collect();
        let done: Vec<i64> = self
            .open_claims
            .extract_if(|id, in_flight| *in_flight == 0 && !held.contains(id))
            .map(|(id, _)| id)
            .collect();
        self.finished.extend(done);
    }
}

impl Sent {
    fn count(&mut self, written: &[Tried]) {
        let tried = written.iter().filter(|tried| tried.counts()).count() as u64;
        self.tried += tried;
        self.untried += written.len() as u64 - tried;
    }
}

/// Begins a share of each claim. What is held for a server that nothing can be given to goes back. Says whether
/// anything changed.
async fn begin_shares(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    load: &mut Load,
    deltas: &mut Deltas,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    if load.claims.is_empty() {
        return Ok(false);
    }
    if !load.is_open {
        for held in &mut load.claims {
            release(tx, &mut held.claim, deltas, now).await?;
        }
        return Ok(true);
    }
    let lengths: Vec<usize> = load
        .claims
        .iter()
        .map(|held| held.claim.deliveries.len())
        .collect();
    let shares = shares(&lengths, load.room);
    if shares.iter().all(|share| *share == 0) {
        return Ok(false);
    }
    let rules = rules::current(tx).await?;
    for (place, share) in shares
        .into_iter()
        .enumerate()
        .filter(|(_, share)| *share > 0)
    {
        let claim = &mut load.claims[place].claim;
        let through = claim.deliveries[share - 1].id;
        match begin(tx, worker_id, rules, claim, through, deltas, now).await? {
            Begun::Yes => load.begun.push((place, through)),
            // Whoever took it over has all of it.
            Begun::Lost => claim.deliveries.clear(),
            Begun::Held => {}
        }
    }
    Ok(true)
}
