//! Skipping what is still queued of a run that is to close, in steps.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::super::entity::delivery::State;
use super::super::entity::run::{self, EndReasonWord};
use super::counts::Deltas;

/// Skips at most `limit` queued deliveries of the run for its closing reason; says how many.
pub async fn skip_queued(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    run: &run::Model,
    reason: EndReasonWord,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let queued =
        "SELECT id FROM deliveries WHERE run_id = $3 AND state = 0 ORDER BY due_at, id LIMIT $4";
    let chosen = match tx.get_database_backend() {
        DbBackend::Postgres => format!("= ANY(ARRAY({queued} FOR UPDATE SKIP LOCKED))"),
        _ => format!("IN ({queued})"),
    };
    let sql =
        format!("UPDATE deliveries SET state = 4, reason = $1, updated_at = $2 WHERE id {chosen}");
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = [
        sea_orm::Value::from(reason),
        now.into(),
        run.id.into(),
        limit.into(),
    ];
    let skipped = tx
        .execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            sql,
            values,
        ))
        .await?
        .rows_affected();
    let mut deltas = Deltas::default();
    deltas.moved(run.id, State::Queued, State::Skipped, skipped as i64);
    deltas.write(tx, worker_id).await?;
    Ok(skipped)
}
