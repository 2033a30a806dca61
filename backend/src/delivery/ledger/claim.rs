//! Claiming: deliveries that are due leave the queue for one worker.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait,
    FromQueryResult, QueryFilter, QueryOrder, Set, Statement,
};

use super::super::entity::delivery::State;
use super::super::entity::{claim, delivery};
use super::counts::Deltas;
use crate::database::Database;
use crate::problem::ApiError;

/// Deliveries of one run that this worker holds, in ascending id.
#[derive(Debug)]
pub struct Claim {
    pub id: i64,
    pub run_id: i64,
    pub deliveries: Vec<delivery::Model>,
    /// The rules by which it was looked at last; none before its first letter begins.
    pub rules: Option<i64>,
}

/// A run that has something due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct DueRun {
    pub owner_id: i64,
    pub run_id: i64,
}

/// The open runs with due deliveries whose mailing is not paused and whose owner is neither blocked nor gone.
pub async fn due_runs(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<DueRun>, DbErr> {
    // `state = 0` is written out: a partial index is not used for a bound value.
    let sql = "SELECT runs.owner_id AS owner_id, runs.id AS run_id FROM runs \
        JOIN users ON users.id = runs.owner_id \
        LEFT JOIN mailings ON mailings.id = runs.mailing_id \
        WHERE runs.state <> 'finished' AND runs.close_reason IS NULL AND users.blocked_at IS NULL \
        AND users.deleted_at IS NULL \
        AND (mailings.id IS NULL OR mailings.status <> 'paused') \
        AND EXISTS (SELECT 1 FROM deliveries WHERE deliveries.run_id = runs.id AND deliveries.state = 0 \
            AND deliveries.due_at <= $1) \
        ORDER BY runs.owner_id, runs.id";
    DueRun::find_by_statement(Statement::from_sql_and_values(
        db.get_database_backend(),
        sql,
        [now.into()],
    ))
    .all(db)
    .await
}

/// Takes at most `limit` due deliveries of a run. None when others were quicker.
pub async fn claim(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    run_id: i64,
    claim_id: i64,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Option<Claim>, DbErr> {
    let queued = "SELECT id FROM deliveries WHERE run_id = $3 AND state = 0 AND due_at <= $2 ORDER BY due_at, id LIMIT $4";
    let chosen = match tx.get_database_backend() {
        // An array is looked up by primary key; IN (SELECT ..) made PostgreSQL scan the table.
        DbBackend::Postgres => format!("= ANY(ARRAY({queued} FOR UPDATE SKIP LOCKED))"),
        _ => format!("IN ({queued})"),
    };
    let sql = format!(
        "UPDATE deliveries SET state = 1, claim_id = $1, updated_at = $2 WHERE id {chosen} RETURNING *"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = [claim_id.into(), now.into(), run_id.into(), limit.into()];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let mut deliveries = delivery::Entity::find()
        .from_raw_sql(statement)
        .all(tx)
        .await?;
    if deliveries.is_empty() {
        return Ok(None);
    }
    deliveries.sort_unstable_by_key(|delivery| delivery.id);
    claim::ActiveModel {
        id: Set(claim_id),
        worker_id: Set(worker_id),
        run_id: Set(run_id),
        begun_through: Set(0),
        taken: Set(false),
        created_at: Set(now),
    }
    .insert(tx)
    .await?;
    let mut deltas = Deltas::default();
    deltas.moved(
        run_id,
        State::Queued,
        State::Sending,
        deliveries.len() as i64,
    );
    deltas.write(tx, worker_id).await?;
    Ok(Some(Claim {
        id: claim_id,
        run_id,
        deliveries,
        rules: None,
    }))
}

/// A new claim's id, chosen by its worker.
pub fn new_id() -> Result<i64, ApiError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(ApiError::ours)?;
    // Positive, for the eyes of whoever reads the table.
    Ok(i64::from_be_bytes(bytes) & i64::MAX)
}

/// The claim with this id, if it was committed after all.
pub async fn adopt(database: &Database, id: i64) -> Result<Option<Claim>, DbErr> {
    let db = database.read();
    let Some(row) = claim::Entity::find_by_id(id)
        .one(db)
        .await?
        .filter(|row| !row.taken)
    else {
        return Ok(None);
    };
    let deliveries = delivery::Entity::find()
        .filter(delivery::Column::RunId.eq(row.run_id))
        .filter(delivery::Column::State.eq(State::Sending))
        .filter(delivery::Column::ClaimId.eq(id))
        .order_by_asc(delivery::Column::Id)
        .all(db)
        .await?;
    Ok(Some(Claim {
        id,
        run_id: row.run_id,
        deliveries,
        rules: None,
    }))
}

/// Deletes the worker's claims when it holds nothing any more. Those taken over stay: a late outcome asks for them.
pub async fn forget_finished(database: &Database, worker_id: i64) -> Result<(), DbErr> {
    let finished = Condition::all()
        .add(claim::Column::WorkerId.eq(worker_id))
        .add(claim::Column::Taken.eq(false));
    if claim::Entity::find()
        .filter(finished.clone())
        .one(database.read())
        .await?
        .is_none()
    {
        return Ok(());
    }
    let tx = database.write().await?;
    claim::Entity::delete_many()
        .filter(finished)
        .exec(&tx)
        .await?;
    tx.commit().await
}
