//! How mailings end: their window is over, or nothing is left to do.

use chrono::{DateTime, Utc};
use contract::delivery::EndReason;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use super::super::entity::run::{self, EndReasonWord, RunStateWord};
use super::super::rules;
use super::super::start::close_runs;
use super::Planner;
use crate::mailings::entity::{self as mailing, StatusWord};
use crate::problem::ApiError;

const MAILINGS_IN_PASS: u64 = 200;

impl Planner {
    /// Completes mailings whose window is over; what is still queued of them will be skipped.
    pub(super) async fn end_windows(&self, now: DateTime<Utc>) -> Result<u64, ApiError> {
        let over: Vec<i64> = mailing::Entity::find()
            .select_only()
            .column(mailing::Column::Id)
            .filter(mailing::Column::EndsAt.lte(now))
            .filter(mailing::Column::Status.ne(StatusWord::Completed))
            .limit(MAILINGS_IN_PASS)
            .into_tuple()
            .all(self.app.database.read())
            .await?;
        let mut completed = 0;
        for id in over {
            let tx = self.app.database.write().await?;
            let mailing = mailing::Entity::find_by_id(id)
                .lock_exclusive()
                .one(&tx)
                .await?;
            let Some(mailing) = mailing.filter(|mailing| {
                mailing.status != StatusWord::Completed
                    && mailing.ends_at.is_some_and(|ends_at| ends_at <= now)
            }) else {
                continue;
            };
            let ended_at = mailing.ends_at;
            close_runs(&tx, id, EndReason::WindowOver).await?;
            rules::bump(&tx).await?;
            let mut mailing = mailing.into_active_model();
            mailing.status = Set(StatusWord::Completed);
            mailing.next_run_at = Set(None);
            mailing.completed_at = Set(ended_at);
            mailing.update(&tx).await?;
            tx.commit().await?;
            completed += 1;
        }
        Ok(completed)
    }

    /// Closes runs whose own window is over: each keeps the end it was started with, whatever becomes of its mailing.
    pub(super) async fn end_runs(&self, now: DateTime<Utc>) -> Result<(), ApiError> {
        let over = Condition::all()
            .add(run::Column::State.ne(RunStateWord::Finished))
            .add(run::Column::CloseReason.is_null())
            .add(run::Column::EndsAt.lte(now));
        if run::Entity::find()
            .select_only()
            .column(run::Column::Id)
            .filter(over.clone())
            .into_tuple::<i64>()
            .one(self.app.database.read())
            .await?
            .is_none()
        {
            return Ok(());
        }
        let tx = self.app.database.write().await?;
        let reason = EndReasonWord::from(EndReason::WindowOver);
        run::Entity::update_many()
            .col_expr(run::Column::CloseReason, Expr::value(reason))
            .filter(over)
            .exec(&tx)
            .await?;
        rules::bump(&tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Completes mailings without an end that have run, and have nothing planned and nothing left to try. One that
    /// never ran, for it was paused at its instant, waits to be sent by hand or planned anew.
    pub(super) async fn complete(&self, now: DateTime<Utc>) -> Result<u64, ApiError> {
        let open_runs = Query::select()
            .column(run::Column::MailingId)
            .from(run::Entity)
            .and_where(run::Column::State.ne(RunStateWord::Finished))
            .to_owned();
        let nothing_left = Condition::all()
            .add(mailing::Column::Status.eq(StatusWord::Running))
            .add(mailing::Column::NextRunAt.is_null())
            .add(mailing::Column::EndsAt.is_null())
            .add(mailing::Column::Id.not_in_subquery(open_runs));
        // Looked up first: most passes have nothing to complete, and need not wait for the writer to learn it.
        if mailing::Entity::find()
            .filter(nothing_left.clone())
            .one(self.app.database.read())
            .await?
            .is_none()
        {
            return Ok(0);
        }
        let tx = self.app.database.write().await?;
        // Held first: who starts a run holds the mailing, and one statement that waited for them would go on to see
        // the runs as they were before.
        let held: Vec<i64> = mailing::Entity::find()
            .select_only()
            .column(mailing::Column::Id)
            .filter(nothing_left.clone())
            .order_by_asc(mailing::Column::Id)
            .limit(MAILINGS_IN_PASS)
            .lock_exclusive()
            .into_tuple()
            .all(&tx)
            .await?;
        let completed = mailing::Entity::update_many()
            .col_expr(mailing::Column::Status, Expr::value(StatusWord::Completed))
            .col_expr(mailing::Column::CompletedAt, Expr::value(now))
            .filter(nothing_left)
            .filter(mailing::Column::Id.is_in(held))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(completed.rows_affected)
    }
}
