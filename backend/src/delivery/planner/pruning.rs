//! What is older than the settings keep it is deleted, little by little, without holding the sending up.

use chrono::{DateTime, TimeDelta, Utc};

use super::Planner;
use crate::database::Engine;
use crate::delivery::ledger::prune;
use crate::problem::ApiError;

/// No step deletes more rows.
pub(super) const ROWS_IN_STEP: u64 = 1_000;
/// Steps in a pass while nothing is being sent.
const STEPS_AT_REST: u64 = 20;
/// SQLite's file keeps so many free pages for what comes next; beyond, they are given back to the disk.
const FREE_PAGES: i64 = 10_000;
const PAGES_IN_STEP: u32 = 500;

impl Planner {
    /// Deletes letters and attempts of old runs; says how many rows. Beside a sender it takes one step in a pass, and
    /// says 0, so that the next pass comes at its time.
    pub(super) async fn prune(
        &self,
        is_sending: bool,
        now: DateTime<Utc>,
    ) -> Result<u64, ApiError> {
        let keep_for = self.app.config.delivery.keep_for;
        let before = keep_for
            .and_then(|keep_for| TimeDelta::from_std(keep_for).ok())
            .and_then(|keep_for| now.checked_sub_signed(keep_for));
        let Some(before) = before else {
            return Ok(0);
        };
        let mut pruned = 0;
        for _ in 0..if is_sending { 1 } else { STEPS_AT_REST } {
            let Some(run_id) = prune::next_run(self.app.database.read(), before).await? else {
                self.give_pages_back().await?;
                break;
            };
            let tx = self.app.database.write().await?;
            let begun = self.app.clock.monotonic();
            let rows = prune::step(&tx, run_id, before, self.prune_pace.rows(), now).await?;
            tx.commit().await?;
            let took = self.app.clock.monotonic().saturating_sub(begun);
            self.prune_pace.took(took);
            pruned += rows;
        }
        Ok(if is_sending { 0 } else { pruned })
    }

    async fn give_pages_back(&self) -> Result<(), ApiError> {
        let database = &self.app.database;
        if database.engine() == Engine::Sqlite && database.free_pages().await? > FREE_PAGES {
            database.give_pages_back(PAGES_IN_STEP).await?;
        }
        Ok(())
    }
}
