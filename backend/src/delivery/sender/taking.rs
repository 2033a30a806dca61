//! Taking letters up: claimed from the queue, begun, given to the carriers; and let go again.
//!
//! After a transaction that failed nobody knows what it did. The claim is then read back before anything else.

use std::sync::Arc;

use super::super::ledger::begin::{Begun, begin, release};
use super::super::ledger::claim::{self, Claim, claim, due_runs};
use super::carrier::Parcel;
use super::letters::RunLetters;
use super::{GROUP, Sender};
use crate::problem::ApiError;

impl Sender {
    /// Reads back what a claim in doubt holds.
    pub(super) async fn settle_unsure(&mut self) -> Result<(), ApiError> {
        let Some(id) = self.unsure else { return Ok(()) };
        let mut adopted = claim::adopt(&self.app.database, id).await?;
        if let Some(claim) = &mut adopted {
            let in_flight = |id: i64| {
                self.begun.contains_key(&id)
                    || self.unwritten.iter().any(|tried| tried.delivery_id == id)
            };
            claim.deliveries.retain(|delivery| !in_flight(delivery.id));
        }
        self.held = adopted;
        self.unsure = None;
        Ok(())
    }

    /// Begins letters until the window is full or nothing is due.
    pub(super) async fn begin_more(&mut self) -> Result<(), ApiError> {
        let window = usize::try_from(self.app.config.delivery.begun_limit).unwrap_or(usize::MAX);
        while self.begun.len() < window {
            if self.held.is_none() {
                self.held = self.claim_next().await?;
            }
            let Some(mut held) = self.held.take() else {
                break;
            };
            let group = [GROUP, window - self.begun.len(), held.deliveries.len()]
                .into_iter()
                .fold(usize::MAX, Ord::min);
            let Some(last) = held.deliveries[..group].last().map(|delivery| delivery.id) else {
                continue;
            };
            self.unsure = Some(held.id);
            let tx = self.app.database.write().await?;
            let begun = begin(
                &tx,
                self.presence.worker_id(),
                &mut held,
                last,
                self.app.clock.now(),
            )
            .await?;
            tx.commit().await?;
            self.unsure = None;
            if begun == Begun::Yes {
                self.held = Some(self.give_to_carriers(held, last).await?);
            }
        }
        Ok(())
    }

    /// Gives back what is held and has not begun.
    pub(super) async fn let_go(&mut self) -> Result<(), ApiError> {
        let Some(mut held) = self.held.take() else {
            return Ok(());
        };
        self.unsure = Some(held.id);
        let tx = self.app.database.write().await?;
        release(
            &tx,
            self.presence.worker_id(),
            &mut held,
            self.app.clock.now(),
        )
        .await?;
        tx.commit().await?;
        self.unsure = None;
        Ok(())
    }

    /// Gives the carriers what has begun, and the rest of the claim back.
    async fn give_to_carriers(&mut self, mut held: Claim, through: i64) -> Result<Claim, ApiError> {
        let Some(letters) = self.runs.get(&held.run_id).cloned() else {
            return Err(ApiError::ours(
                "a run was claimed whose letters were not prepared",
            ));
        };
        let count = held
            .deliveries
            .partition_point(|delivery| delivery.id <= through);
        while self.carriers.len()
            < Ord::min(self.app.mail_servers.first().connections(), self.begun.len() + count)
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
        Ok(held)
    }

    /// Claims deliveries of the run whose turn it is.
    async fn claim_next(&mut self) -> Result<Option<Claim>, ApiError> {
        let now = self.app.clock.now();
        let mut due = due_runs(self.app.database.read(), now).await?;
        due.retain(|run| {
            self.only.is_none_or(|only| only == run.run_id) && !self.broken.contains(&run.run_id)
        });
        while let Some(run) = self.rotation.next(&due) {
            if !self.prepare(run.run_id).await? {
                due.retain(|other| other != &run);
                continue;
            }
            let id = claim::new_id()?;
            self.unsure = Some(id);
            let tx = self.app.database.write().await?;
            let limit = self.app.config.delivery.claim_limit;
            let claimed = claim(&tx, self.presence.worker_id(), run.run_id, id, limit, now).await?;
            tx.commit().await?;
            self.unsure = None;
            return Ok(claimed);
        }
        Ok(None)
    }

    /// Prepares a run's letters. One that cannot be made into letters must not hold the others up.
    async fn prepare(&mut self, run_id: i64) -> Result<bool, ApiError> {
        if self.runs.contains_key(&run_id) {
            return Ok(true);
        }
        match RunLetters::load(self.app.database.read(), run_id).await {
            Ok(letters) => {
                self.runs.insert(run_id, Arc::new(letters));
                Ok(true)
            }
            Err(error @ ApiError::Unavailable(_)) => Err(error),
            Err(error) => {
                tracing::error!(run = run_id, %error, "a run cannot be made into letters; it stays in the queue");
                self.broken.insert(run_id);
                Ok(false)
            }
        }
    }
}
