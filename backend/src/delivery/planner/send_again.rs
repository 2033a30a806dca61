//! What somebody asked to send again goes back to the queue, step by step: a run may have a million failures.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Set,
};

use super::super::entity::run;
use super::super::ledger::send_again::queue_again;
use super::super::send_again::SendAgain;
use super::Planner;
use super::deliveries::open;
use crate::problem::ApiError;

impl Planner {
    /// Queues what is wanted again of a run, while there are steps left; says how many.
    pub(super) async fn send_again(
        &self,
        run_id: i64,
        steps: &mut u64,
        now: DateTime<Utc>,
    ) -> Result<u64, ApiError> {
        let mut queued = 0;
        while *steps > 0 {
            if !self.is_wanted_again(run_id).await? {
                break;
            }
            let tx = self.app.database.write().await?;
            let begun = self.app.clock.monotonic();
            let Some(run) = open(&tx, run_id).await? else {
                break;
            };
            let Some(wanted) = run.retry_wanted else {
                break;
            };
            *steps -= 1;
            let again = SendAgain::of_column(wanted);
            let limit = self.close_pace.rows();
            let is_closing = run.close_reason.is_some();
            // A run that is to close meanwhile keeps its failures as they are.
            let mut is_last = is_closing;
            let mut through = run.retry_through;
            if !is_closing {
                let worker_id = self.presence.worker_id();
                let step = queue_again(&tx, worker_id, &run, again, limit, now).await?;
                queued += step.queued;
                is_last = step.is_last;
                through = step.through;
            }
            let mut run = run.into_active_model();
            run.retry_through = Set(through);
            if is_last {
                run.retry_wanted = Set(None);
            }
            run.update(&tx).await?;
            tx.commit().await?;
            self.close_pace
                .took(self.app.clock.monotonic().saturating_sub(begun));
            if is_last {
                break;
            }
        }
        Ok(queued)
    }

    /// Asked before the writer is waited for.
    async fn is_wanted_again(&self, run_id: i64) -> Result<bool, ApiError> {
        let wanted: Option<i64> = run::Entity::find_by_id(run_id)
            .filter(run::Column::RetryWanted.is_not_null())
            .select_only()
            .column(run::Column::Id)
            .into_tuple()
            .one(self.app.database.read())
            .await?;
        Ok(wanted.is_some())
    }
}
