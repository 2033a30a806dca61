//! What may be claimed in a turn: the runs whose turn it is, with the names that claims on them would bear.
//!
//! They are looked up before the transaction, and only as long as a lane wants letters. A run from which a claim came
//! back full waits behind the others for another one in the same turn.

use std::collections::VecDeque;
use std::sync::Arc;

use super::super::ledger::claim;
use super::super::ledger::due::{DueRun, due_or_known};
use super::Sender;
use super::letters::RunLetters;
use crate::mail_servers::standings;
use crate::problem::ApiError;

/// Runs that may be claimed from in one turn.
const RUNS: usize = 8;

#[derive(Debug, Default)]
pub struct Errands {
    waiting: VecDeque<(DueRun, Arc<RunLetters>)>,
    /// Ids of claims, known before they are made so that they can be asked for afterwards.
    ids: Vec<i64>,
    used: usize,
    served: Vec<DueRun>,
    gave_up_place: bool,
}

#[derive(Clone, Debug)]
pub struct Errand {
    pub run: DueRun,
    pub letters: Arc<RunLetters>,
    pub claim_id: i64,
}

impl Errands {
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() || self.used == self.ids.len()
    }

    /// The ids that its claims may have.
    pub fn ids(&self) -> &[i64] {
        &self.ids
    }

    pub fn next(&mut self) -> Option<Errand> {
        let claim_id = *self.ids.get(self.used)?;
        let (run, letters) = self.waiting.pop_front()?;
        self.used += 1;
        Some(Errand {
            run,
            letters,
            claim_id,
        })
    }

    /// What came of one: did it find all that was wanted, and was a place in the queue given up over it?
    pub fn done(&mut self, errand: Errand, full: bool, gave_up_place: bool) {
        self.served.push(errand.run);
        self.gave_up_place |= gave_up_place;
        if full {
            self.waiting.push_back((errand.run, errand.letters));
        }
    }

    pub fn served(&self) -> &[DueRun] {
        &self.served
    }

    pub fn gave_up_place(&self) -> bool {
        self.gave_up_place
    }
}

impl Sender {
    /// The runs whose turn it is, if any lane wants letters and its server may be asked for some.
    pub(super) async fn errands(&mut self) -> Result<Errands, ApiError> {
        let mut errands = Errands::default();
        let share = self.claim_share();
        if self.stop.is_cancelled() || self.lanes.iter().all(|lane| lane.hunger(share) == 0) {
            return Ok(errands);
        }
        let (db, now) = (self.app.database.read(), self.app.clock.now());
        let standings = standings(db, self.app.servers(self.channel)).await?;
        for (lane, standing) in self.lanes.iter_mut().zip(&standings) {
            lane.hear(standing, now);
        }
        if self.lanes.iter().all(|lane| lane.wants(share) == 0) {
            return Ok(errands);
        }
        let known = self.places.known(self.app.clock.monotonic());
        let mut due = due_or_known(db, self.channel, &known, now).await?;
        due.retain(|run| {
            self.only.is_none_or(|only| only == run.run_id) && !self.runs.is_broken(run.run_id)
        });
        for run in self.rotation.order(&due, RUNS) {
            let letters = self.runs.prepare(&self.app, run.run_id).await?;
            errands
                .waiting
                .extend(letters.map(|letters| (run, letters)));
        }
        for _ in 0..errands.waiting.len() + self.lanes.len() - 1 {
            errands.ids.push(claim::new_id()?);
        }
        Ok(errands)
    }
}
