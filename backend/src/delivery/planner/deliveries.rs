//! A run's deliveries: written down step by step, skipped step by step when the run is to close, and counted out.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Set, Statement,
};

use super::super::entity::delivery::State;
use super::super::entity::run::{self, RunStateWord};
use super::super::ledger::counts::{self, Deltas};
use super::super::ledger::skip::skip_queued;
use super::Planner;
use crate::mailings::audiences;
use crate::problem::ApiError;

#[derive(FromQueryResult)]
struct Through {
    id: i64,
}

impl Planner {
    /// The runs that are not finished, oldest first.
    pub(super) async fn open_runs(&self) -> Result<Vec<i64>, ApiError> {
        let ids = run::Entity::find()
            .select_only()
            .column(run::Column::Id)
            .filter(run::Column::State.ne(RunStateWord::Finished))
            .order_by_asc(run::Column::Id)
            .into_tuple()
            .all(self.app.database.read())
            .await?;
        Ok(ids)
    }

    /// Writes deliveries of a run that is being planned, while there are steps left; says how many.
    pub(super) async fn plan_deliveries(
        &self,
        run_id: i64,
        steps: &mut u64,
    ) -> Result<u64, ApiError> {
        let mut planned = 0;
        while *steps > 0 {
            let tx = self.app.database.write().await?;
            let Some(run) = open(&tx, run_id)
                .await?
                .filter(|run| run.state == RunStateWord::Planning)
            else {
                break;
            };
            *steps -= 1;
            let audience_id = run.audience_id;
            let (rows, is_last) = self.plan_step(&tx, run).await?;
            tx.commit().await?;
            planned += rows;
            if is_last {
                // The mailing may have got another audience, or been deleted, since the run was started.
                audiences::drop_unused(&self.app.database, audience_id).await?;
                break;
            }
        }
        Ok(planned)
    }

    /// One step by recipient id. The last one ends the planning, and only then is the audience known.
    async fn plan_step(
        &self,
        tx: &DatabaseTransaction,
        run: run::Model,
    ) -> Result<(u64, bool), ApiError> {
        let step = self.app.config.delivery.plan_step;
        // A run that is to close while it is still being planned ends with those it has.
        let through = if run.close_reason.is_some() {
            Vec::new()
        } else {
            next_recipients(tx, &run, step).await?
        };
        let is_last = (through.len() as u64) < step;
        let mut rows = 0;
        let mut planned_through = run.planned_through;
        if let Some(last) = through.last() {
            rows = insert_deliveries(tx, &run, last.id).await?;
            planned_through = last.id;
            let mut deltas = Deltas::default();
            deltas.add(run.id, State::Queued, rows as i64);
            deltas.write(tx, self.presence.worker_id()).await?;
        }
        let run_id = run.id;
        let mut run = run.into_active_model();
        run.planned_through = Set(planned_through);
        if is_last {
            run.state = Set(RunStateWord::Sending);
            run.audience = Set(Some(counts::of_run(tx, run_id).await?.total() as i64));
        }
        run.update(tx).await?;
        Ok((rows, is_last))
    }

    /// Skips what is queued of a run that is to close, while there are steps left; says how many.
    pub(super) async fn close(
        &self,
        run_id: i64,
        steps: &mut u64,
        now: DateTime<Utc>,
    ) -> Result<u64, ApiError> {
        let mut skipped = 0;
        while *steps > 0 {
            let tx = self.app.database.write().await?;
            let Some(run) = open(&tx, run_id).await? else {
                break;
            };
            let Some(reason) = run.close_reason else {
                break;
            };
            *steps -= 1;
            let step = self.app.config.delivery.plan_step;
            let rows = skip_queued(&tx, self.presence.worker_id(), &run, reason, step, now).await?;
            tx.commit().await?;
            skipped += rows;
            if rows < step {
                break;
            }
        }
        Ok(skipped)
    }

    /// A run is finished when nothing of it is queued or being sent.
    pub(super) async fn finish(&self, run_id: i64, now: DateTime<Utc>) -> Result<u64, ApiError> {
        let counts = counts::of_run(self.app.database.read(), run_id).await?;
        if counts.queued + counts.sending > 0 {
            return Ok(0);
        }
        let tx = self.app.database.write().await?;
        let Some(run) = open(&tx, run_id)
            .await?
            .filter(|run| run.state == RunStateWord::Sending)
        else {
            return Ok(0);
        };
        let counts = counts::of_run(&tx, run_id).await?;
        if counts.queued + counts.sending > 0 {
            return Ok(0);
        }
        let mut run = run.into_active_model();
        run.state = Set(RunStateWord::Finished);
        run.finished_at = Set(Some(now));
        run.update(&tx).await?;
        tx.commit().await?;
        Ok(1)
    }
}

async fn open(tx: &impl ConnectionTrait, run_id: i64) -> Result<Option<run::Model>, ApiError> {
    let run = run::Entity::find_by_id(run_id)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(run.filter(|run| run.state != RunStateWord::Finished))
}

/// The ids of the next recipients of the run's audience, those it was started with and are still there.
async fn next_recipients(
    tx: &impl ConnectionTrait,
    run: &run::Model,
    step: u64,
) -> Result<Vec<Through>, ApiError> {
    let chosen = match run.audience_id {
        Some(_) => "JOIN audience_recipients ON recipient_id = recipients.id AND audience_id = $5",
        None => "",
    };
    let sql = format!(
        "SELECT recipients.id AS id FROM recipients {chosen} \
         WHERE owner_id = $1 AND recipients.id > $2 AND recipients.id <= $3 ORDER BY recipients.id LIMIT $4"
    );
    let mut values: Vec<sea_orm::Value> = vec![
        run.owner_id.into(),
        run.planned_through.into(),
        run.recipient_through.into(),
        i64::try_from(step).unwrap_or(i64::MAX).into(),
    ];
    values.extend(run.audience_id.map(Into::into));
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(Through::find_by_statement(statement).all(tx).await?)
}

/// The address and the name are copied: changing a recipient later must not rewrite history.
async fn insert_deliveries(
    tx: &impl ConnectionTrait,
    run: &run::Model,
    through: i64,
) -> Result<u64, ApiError> {
    let chosen = match run.audience_id {
        Some(_) => "JOIN audience_recipients ON recipient_id = recipients.id AND audience_id = $7",
        None => "",
    };
    let instant = match tx.get_database_backend() {
        sea_orm::DbBackend::Postgres => "$3::timestamptz",
        _ => "$3",
    };
    let sql = format!(
        "INSERT INTO deliveries (run_id, mailing_id, owner_id, recipient_id, email, full_name, state, due_at, attempts, \
         possible_copies, updated_at) \
         SELECT $1, $2, owner_id, recipients.id, email, full_name, 0, {instant}, 0, 0, {instant} \
         FROM recipients {chosen} WHERE owner_id = $4 AND recipients.id > $5 AND recipients.id <= $6 \
         ORDER BY recipients.id ON CONFLICT (run_id, recipient_id) DO NOTHING"
    );
    let mut values: Vec<sea_orm::Value> = vec![
        run.id.into(),
        run.mailing_id.into(),
        run.started_at.into(),
        run.owner_id.into(),
        run.planned_through.into(),
        through.into(),
    ];
    values.extend(run.audience_id.map(Into::into));
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(tx.execute_raw(statement).await?.rows_affected())
}
