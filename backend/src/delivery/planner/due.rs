//! Mailings whose next run is due.

use chrono::{DateTime, Utc};
use contract::delivery::Trigger;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use super::super::start::{is_in_progress, start_run};
use super::Planner;
use crate::accounts::entity as user;
use crate::mailings::entity::{self as mailing, StatusWord};
use crate::mailings::schedule::Calendar;
use crate::problem::ApiError;

/// Mailings looked at in one pass; the next pass goes on.
const MAILINGS_IN_PASS: u64 = 200;

impl Planner {
    /// Starts a run of every mailing that is due; says how many.
    pub(super) async fn start_due(&self, now: DateTime<Utc>) -> Result<u64, ApiError> {
        let due: Vec<i64> = mailing::Entity::find()
            .select_only()
            .column(mailing::Column::Id)
            .filter(mailing::Column::NextRunAt.lte(now))
            .filter(mailing::Column::Status.ne(StatusWord::Completed))
            .order_by_asc(mailing::Column::NextRunAt)
            .limit(MAILINGS_IN_PASS)
            .into_tuple()
            .all(self.app.database.read())
            .await?;
        let mut started = 0;
        for id in due {
            // One mailing that cannot be started must not hold the others up.
            match self.start_one(id, now).await {
                Ok(true) => started += 1,
                Ok(false) => {}
                Err(error @ ApiError::Unavailable(_)) => return Err(error),
                Err(error) => {
                    tracing::error!(mailing = id, %error, "a due mailing could not be started")
                }
            }
        }
        Ok(started)
    }

    async fn start_one(&self, id: i64, now: DateTime<Utc>) -> Result<bool, ApiError> {
        let tx = self.app.database.write().await?;
        // Read again, and held until the commit: another worker or the owner may have been quicker.
        let Some(mailing) = mailing::Entity::find_by_id(id)
            .lock_exclusive()
            .one(&tx)
            .await?
        else {
            return Ok(false);
        };
        let Some(next_run_at) = mailing.next_run_at.filter(|at| *at <= now) else {
            return Ok(false);
        };
        if mailing.status == StatusWord::Completed {
            return Ok(false);
        }
        let calendar = Calendar::new(&mailing.schedule()?)?;
        let held = mailing.status == StatusWord::Paused || is_out(&tx, mailing.owner_id).await?;
        let due = calendar.due(next_run_at, now);
        let after = due
            .as_ref()
            .map_or_else(|| calendar.first_after(now), |due| due.next);
        let Some(due) = due.filter(|_| !held) else {
            // What is missed through a pause or a block is not made up.
            let mut moved = mailing.into_active_model();
            moved.next_run_at = Set(after);
            moved.update(&tx).await?;
            tx.commit().await?;
            return Ok(false);
        };
        if is_in_progress(&tx, id).await? {
            // The earlier run's first tries come first; the occurrence waits.
            return Ok(false);
        }
        start_run(
            &tx,
            &mailing,
            &self.mail_from,
            Trigger::Schedule,
            due.planned_for,
            now,
        )
        .await?;
        let first_run_at = mailing.first_run_at.or(Some(now));
        let mut running = mailing.into_active_model();
        running.status = Set(StatusWord::Running);
        running.first_run_at = Set(first_run_at);
        running.next_run_at = Set(after);
        running.update(&tx).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Is the owner blocked, or gone?
async fn is_out(tx: &impl ConnectionTrait, owner_id: i64) -> Result<bool, ApiError> {
    let owner = user::Entity::find_by_id(owner_id).one(tx).await?;
    Ok(owner.is_none_or(|owner| owner.is_out()))
}
