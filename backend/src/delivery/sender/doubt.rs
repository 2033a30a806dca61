//! Claims in doubt: after a transaction that failed, or was never heard of again, nobody knows what it did.
//!
//! The database is asked before anything else happens, in an order in which the answer cannot change any more: a
//! commit that is still on its way is waited for. A claim that is not there was never made. One that is there
//! holds what stands under it as sending, except for what is in flight already. What it has begun beyond that is
//! committed and was given to nobody: it is given to the carriers now.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::ledger::claim::{Claim, Held, adopt};
use super::super::ledger::record::Tried;
use super::Sender;
use super::carrier::Parcel;
use super::lane::HeldClaim;
use crate::problem::ApiError;

/// Claims, each with the place of its lane, that the last transaction may have changed.
#[derive(Debug, Default)]
pub struct Doubt(pub Vec<(usize, i64)>);

impl Sender {
    pub(super) async fn settle_doubt(&mut self) -> Result<(), ApiError> {
        if self.doubt.0.is_empty() {
            return Ok(());
        }
        // What was claimed and given back meanwhile may lie before these places.
        self.places.forget_all();
        let mut in_flight: HashSet<(i64, i64)> = self.unwritten.iter().map(Tried::key).collect();
        for lane in &self.lanes {
            in_flight.extend(lane.begun.keys());
        }
        let mut found = Vec::new();
        let (worker_id, now) = (self.presence.worker_id(), self.app.clock.now());
        let mut adopted = Vec::new();
        let tx = self.app.database.write().await?;
        for (lane, id) in self.doubt.0.clone() {
            let claim = adopt(&tx, worker_id, id, now).await?;
            adopted.extend(claim.map(|claim| (lane, id, claim)));
        }
        tx.commit().await?;
        for (lane, id, adopted) in adopted {
            let Some(letters) = self.runs.prepare(&self.app, adopted.run_id).await? else {
                continue;
            };
            let waiting = adopted
                .deliveries
                .into_iter()
                .filter(|delivery| !in_flight.contains(&(id, delivery.id)));
            let (begun, held): (Vec<Held>, Vec<Held>) =
                waiting.partition(|delivery| delivery.id <= adopted.begun_through);
            let claim = Claim {
                id,
                run_id: adopted.run_id,
                deliveries: held.into_iter().map(Arc::new).collect(),
                rules: None,
            };
            let parcels: Vec<Parcel> = begun
                .into_iter()
                .map(|delivery| Parcel::new(Arc::new(delivery), id, letters.clone()))
                .collect();
            let held = HeldClaim { claim, letters };
            found.push((lane, held, parcels));
        }
        // From here on nothing can fail half-way.
        self.doubt.0.clear();
        let threads = self.threads.as_ref().and_then(|threads| threads.handle());
        for (lane, held, parcels) in found {
            let lane = &mut self.lanes[lane];
            *self.open_claims.entry(held.claim.id).or_default() += parcels.len();
            if !held.claim.deliveries.is_empty() {
                lane.held.push(held);
            }
            lane.send(parcels, threads);
        }
        Ok(())
    }
}
