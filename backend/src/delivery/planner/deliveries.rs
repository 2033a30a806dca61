//! A run's deliveries: written down step by step, skipped step by step when the run is to close, and counted out.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set, Statement,
};

use super::super::entity::delivery::State;
use super::super::entity::run::{self, EndReasonWord, RunStateWord};
use super::super::ledger::counts::{self, Deltas};
use super::super::ledger::skip::skip_queued;
use super::Planner;
use crate::database::Write;
use crate::mailings::audiences;
use crate::mailings::entity::ChannelWord;
use crate::problem::ApiError;

/// A run that is not finished.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(super) struct OpenRun {
    pub id: i64,
    pub state: RunStateWord,
    pub close_reason: Option<EndReasonWord>,
    pub retry_wanted: Option<i16>,
}

impl OpenRun {
    /// Is it written down, closed, or sent again, step by step?
    pub fn wants_steps(&self) -> bool {
        self.state == RunStateWord::Planning
            || self.close_reason.is_some()
            || self.retry_wanted.is_some()
    }
}

/// The next recipients of a run's audience.
#[derive(FromQueryResult)]
struct Next {
    count: i64,
    /// None when nobody is left.
    last: Option<i64>,
}

impl Planner {
    /// The runs that are not finished, oldest first.
    pub(super) async fn open_runs(&self) -> Result<Vec<OpenRun>, ApiError> {
        let runs = run::Entity::find()
            .select_only()
            .columns([
                run::Column::Id,
                run::Column::State,
                run::Column::CloseReason,
                run::Column::RetryWanted,
            ])
            // Written out, for the index of open runs.
            .filter(Expr::cust("state <> 'finished'"))
            .order_by_asc(run::Column::Id)
            .into_model()
            .all(self.app.database.read())
            .await?;
        Ok(runs)
    }

    /// Writes deliveries of a run that is being planned, while there are steps left; says how many.
    pub(super) async fn plan_deliveries(
        &self,
        run_id: i64,
        steps: &mut u64,
    ) -> Result<u64, ApiError> {
        let mut planned = 0;
        while *steps > 0 {
            if !self.is_planning(run_id).await? {
                break;
            }
            let tx = self.app.database.write().await?;
            let begun = self.app.clock.monotonic();
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
            self.plan_pace
                .took(self.app.clock.monotonic().saturating_sub(begun));
            if is_last {
                // The mailing may have got another audience, or been deleted, since the run was started.
                audiences::drop_unused(&self.app.database, audience_id).await;
                break;
            }
        }
        Ok(planned)
    }

    /// One step by recipient id. The last one ends the planning, and only then is the audience known.
    async fn plan_step(&self, tx: &Write, run: run::Model) -> Result<(u64, bool), ApiError> {
        let step = self.plan_pace.rows();
        // A run that is to close while it is still being planned ends with those it has.
        let next = if run.close_reason.is_some() {
            None
        } else {
            next_recipients(tx, &run, step).await?
        };
        let last = next.as_ref().and_then(|next| next.last);
        let is_last = next.is_none_or(|next| u64::try_from(next.count).unwrap_or(0) < step);
        let mut rows = 0;
        if let Some(last) = last {
            let planned = match run.channel {
                ChannelWord::Email => insert_letters(tx, &run, last).await?,
                ChannelWord::Sms => insert_sms(tx, &run, last).await?,
            };
            let Inserted { queued, skipped } = planned;
            rows = queued + skipped;
            let mut deltas = Deltas::default();
            deltas.add(run.id, State::Queued, queued as i64);
            deltas.add(run.id, State::Skipped, skipped as i64);
            deltas.write(tx, self.presence.worker_id()).await?;
        }
        let mut moved = run::Entity::update_many()
            .col_expr(
                run::Column::PlannedThrough,
                Expr::value(last.unwrap_or(run.planned_through)),
            )
            .filter(run::Column::Id.eq(run.id));
        if is_last {
            let audience = counts::of_run(tx, run.id).await?.total() as i64;
            moved = moved
                .col_expr(run::Column::State, Expr::value(RunStateWord::Sending))
                .col_expr(run::Column::Audience, Expr::value(Some(audience)));
        }
        moved.exec(tx).await?;
        Ok((rows, is_last))
    }

    /// Asked before the writer is waited for.
    async fn is_planning(&self, run_id: i64) -> Result<bool, ApiError> {
        let planning: Option<i64> = run::Entity::find_by_id(run_id)
            .filter(run::Column::State.eq(RunStateWord::Planning))
            .select_only()
            .column(run::Column::Id)
            .into_tuple()
            .one(self.app.database.read())
            .await?;
        Ok(planning.is_some())
    }

    async fn is_closing(&self, run_id: i64) -> Result<bool, ApiError> {
        let closing: Option<i64> = run::Entity::find_by_id(run_id)
            .filter(run::Column::State.ne(RunStateWord::Finished))
            .filter(run::Column::CloseReason.is_not_null())
            .select_only()
            .column(run::Column::Id)
            .into_tuple()
            .one(self.app.database.read())
            .await?;
        Ok(closing.is_some())
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
            if !self.is_closing(run_id).await? {
                break;
            }
            let tx = self.app.database.write().await?;
            let begun = self.app.clock.monotonic();
            let Some(run) = open(&tx, run_id).await? else {
                break;
            };
            let Some(reason) = run.close_reason else {
                break;
            };
            *steps -= 1;
            let step = self.close_pace.rows();
            let rows = skip_queued(&tx, self.presence.worker_id(), &run, reason, step, now).await?;
            tx.commit().await?;
            self.close_pace
                .took(self.app.clock.monotonic().saturating_sub(begun));
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
        // What somebody asked to send again is not queued all at once.
        let Some(run) = open(&tx, run_id)
            .await?
            .filter(|run| run.state == RunStateWord::Sending && run.retry_wanted.is_none())
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

/// The run, held against all who change it. Attempts and letters of it can still be added.
pub(super) async fn open(
    tx: &impl ConnectionTrait,
    run_id: i64,
) -> Result<Option<run::Model>, ApiError> {
    let run = run::Entity::find_by_id(run_id)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    Ok(run.filter(|run| run.state != RunStateWord::Finished))
}

/// The next recipients of the run's audience, of those it was started with and who are still there.
async fn next_recipients(
    tx: &impl ConnectionTrait,
    run: &run::Model,
    step: u64,
) -> Result<Option<Next>, ApiError> {
    let chosen = match run.audience_id {
        Some(_) => "JOIN audience_recipients ON recipient_id = recipients.id AND audience_id = $5",
        None => "",
    };
    let sql = format!(
        "SELECT COUNT(*) AS count, MAX(id) AS last FROM (SELECT recipients.id AS id FROM recipients {chosen} \
         WHERE owner_id = $1 AND recipients.id > $2 AND recipients.id <= $3 ORDER BY recipients.id LIMIT $4) AS chosen"
    );
    let mut values: Vec<sea_orm::Value> = vec![
        run.owner_id.into(),
        run.planned_through.into(),
        run.recipient_through.into(),
        i64::try_from(step).unwrap_or(i64::MAX).into(),
    ];
    values.extend(run.audience_id.map(Into::into));
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    Ok(Next::find_by_statement(statement).one(tx).await?)
}

/// Deliveries written by one step.
#[derive(Default)]
struct Inserted {
    queued: u64,
    skipped: u64,
}

/// The address and the name are copied: changing a recipient later must not rewrite history.
async fn insert_letters(
    tx: &impl ConnectionTrait,
    run: &run::Model,
    through: i64,
) -> Result<Inserted, ApiError> {
    let columns = "email, full_name, state, due_at, attempts, possible_copies, updated_at";
    let values = "email, full_name, 0, {instant}, 0, 0, {instant}";
    let statement = inserting(tx, run, through, (columns, values), "");
    let queued = tx.execute_raw(statement).await?.rows_affected();
    Ok(Inserted { queued, skipped: 0 })
}

/// The number is copied too. Who has none is skipped at once, so that it is seen before anything is sent.
async fn insert_sms(
    tx: &impl ConnectionTrait,
    run: &run::Model,
    through: i64,
) -> Result<Inserted, ApiError> {
    let columns =
        "email, full_name, phone, state, reason, due_at, attempts, possible_copies, updated_at";
    let values = "email, full_name, phone, CASE WHEN phone IS NULL THEN 4 ELSE 0 END, \
        CASE WHEN phone IS NULL THEN 'no_phone' END, {instant}, 0, 0, {instant}";
    let statement = inserting(
        tx,
        run,
        through,
        (columns, values),
        " RETURNING phone IS NULL",
    );
    let mut inserted = Inserted::default();
    for row in tx.query_all_raw(statement).await? {
        match row.try_get_by_index(0).map_err(ApiError::from)? {
            true => inserted.skipped += 1,
            false => inserted.queued += 1,
        }
    }
    Ok(inserted)
}

fn inserting(
    tx: &impl ConnectionTrait,
    run: &run::Model,
    through: i64,
    (columns, values): (&str, &str),
    returning: &str,
) -> Statement {
    let chosen = match run.audience_id {
        Some(_) => "JOIN audience_recipients ON recipient_id = recipients.id AND audience_id = $7",
        None => "",
    };
    let instant = match tx.get_database_backend() {
        sea_orm::DbBackend::Postgres => "$3::timestamptz",
        _ => "$3",
    };
    let copied = values.replace("{instant}", instant);
    let sql = format!(
        "INSERT INTO deliveries (run_id, mailing_id, owner_id, recipient_id, {columns}) \
         SELECT $1, $2, owner_id, recipients.id, {copied} \
         FROM recipients {chosen} WHERE owner_id = $4 AND recipients.id > $5 AND recipients.id <= $6 \
         ORDER BY recipients.id ON CONFLICT (run_id, recipient_id) DO NOTHING{returning}"
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
    Statement::from_sql_and_values(tx.get_database_backend(), sql, values)
}
