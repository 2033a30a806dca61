//! What the lanes take into a turn's transaction, and what they bring back from it.

use std::collections::HashSet;
use std::time::Duration;

use super::super::ledger::record::Tried;
use super::Sender;
use super::carrier::Parcel;
use super::doubt::Doubt;
use super::errands::Errands;
use super::lane::HeldClaim;
use super::threads::Threads;
use crate::mail_servers::Grant;

/// Of one lane.
#[derive(Debug)]
pub struct Load {
    pub claims: Vec<HeldClaim>,
    /// Claims by their place among them, and through which delivery they have begun.
    pub begun: Vec<(usize, i64)>,
    /// Claims that went back whole.
    pub released: Vec<i64>,
    /// How many deliveries to claim.
    pub wants: usize,
    /// What the server has granted for that.
    pub grant: Option<Grant>,
    /// How many letters may begin.
    pub room: usize,
    pub is_open: bool,
    /// Was nothing held or in flight before?
    pub was_idle: bool,
}

impl Sender {
    /// How many letters may be begun at once, over all lanes.
    fn window(&self) -> usize {
        let limit = usize::try_from(self.app.config.delivery.begun_limit);
        limit.unwrap_or(usize::MAX).max(1)
    }

    /// Each lane's part of that.
    fn share(&self) -> usize {
        self.window().div_ceil(self.lanes.len().max(1))
    }

    /// The most that a lane claims ahead.
    pub(super) fn claim_share(&self) -> usize {
        let limit = usize::try_from(self.app.config.delivery.claim_limit);
        Ord::min(self.share(), limit.unwrap_or(usize::MAX).max(1))
    }

    pub(super) fn wants_more(&self) -> bool {
        let (share, claim_share) = (self.share(), self.claim_share());
        let mut lanes = self.lanes.iter();
        lanes.any(|lane| lane.is_open() && lane.wants(claim_share) > 0 && lane.room(share) > 0)
    }

    /// Does anything held begin, or go back?
    pub(super) fn can_move(&self) -> bool {
        let share = self.share();
        let stopping = self.stop.is_cancelled();
        self.lanes.iter().any(|lane| {
            !lane.held.is_empty() && (stopping || !lane.is_open() || lane.room(share) > 0)
        })
    }

    /// What the transaction may change. A claim that is new may come to be in any lane; whoever finds it later may
    /// put it into any.
    pub(super) fn doubts(&self, errands: &Errands) -> Doubt {
        let lanes = self.lanes.iter().enumerate();
        let held = lanes
            .flat_map(|(place, lane)| lane.held.iter().map(move |held| (place, held.claim.id)));
        let new = errands.ids().iter().map(|id| (0, *id));
        Doubt(held.chain(new).collect())
    }

    /// Takes what the lanes hold into the transaction, which will have written so many outcomes.
    pub(super) fn load(&mut self, group: usize) -> Vec<Load> {
        let (share, claim_share) = (self.share(), self.claim_share());
        let begun = self.in_flight() + self.unwritten.len() - group;
        let mut left = self.window().saturating_sub(begun);
        let stopping = self.stop.is_cancelled();
        let mut loads = Vec::new();
        for lane in &mut self.lanes {
            let room = Ord::min(lane.room(share), left);
            left -= room;
            loads.push(Load {
                was_idle: lane.held.is_empty() && lane.begun.is_empty(),
                claims: std::mem::take(&mut lane.held),
                begun: Vec::new(),
                released: Vec::new(),
                wants: if stopping { 0 } else { lane.wants(claim_share) },
                grant: None,
                room,
                is_open: lane.is_open() && !stopping,
            });
        }
        loads
    }

    /// Puts back what is held still, and gives the carriers what has begun.
    pub(super) fn unload(&mut self, loads: Vec<Load>, written: &[Tried], monotonic: Duration) {
        let threads = self.threads.as_ref().and_then(Threads::handle);
        for (lane, load) in self.lanes.iter_mut().zip(loads) {
            let Load {
                mut claims,
                begun,
                released,
                wants: _,
                grant,
                room: _,
                is_open: _,
                was_idle,
            } = load;
            let answered = written
                .iter()
                .filter(|tried| tried.counts() && lane.serves(tried))
                .count();
            let connections = lane.connections();
            lane.pace.count(answered, connections, monotonic);
            if let Some(grant) = grant {
                lane.take(grant, was_idle);
            }
            let mut parcels = Vec::new();
            for (place, through) in begun {
                let HeldClaim { claim, letters } = &mut claims[place];
                let deliveries = &mut claim.deliveries;
                let count = deliveries.partition_point(|delivery| delivery.id <= through);
                let begun = deliveries.drain(..count);
                parcels
                    .extend(begun.map(|delivery| Parcel::new(delivery, claim.id, letters.clone())));
            }
            for parcel in &parcels {
                *self.open_claims.entry(parcel.claim_id).or_default() += 1;
            }
            if !released.is_empty() {
                self.places.forget_all();
            }
            for id in released {
                self.open_claims.entry(id).or_default();
            }
            claims.retain(|held| {
                self.open_claims.entry(held.claim.id).or_default();
                !held.claim.deliveries.is_empty()
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
        let held = self.lanes.iter().flat_map(|lane| &lane.held);
        let held: HashSet<i64> = held.map(|held| held.claim.id).collect();
        let done = self
            .open_claims
            .extract_if(|id, in_flight| *in_flight == 0 && !held.contains(id));
        self.finished.extend(done.map(|(id, _)| id));
    }
}
