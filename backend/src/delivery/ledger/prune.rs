//! Pruning: deliveries and attempts of old runs are deleted, some rows at a time; the runs and their counts stay.
//!
//! A run is pruned once nothing can become of its letters: it is finished, and none of them is `unknown`. From the
//! first step on it says so (`pruned_at`), and its deliveries are not shown any more; `pruning` tells where to go on.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement, Value};

/// Old enough, and nothing open. What is `unknown` is somebody's to decide about first.
const IS_OLD: &str = "runs.state = 'finished' AND runs.pruned_at IS NULL AND runs.finished_at < $1 \
    AND COALESCE((SELECT SUM(count) FROM run_counts WHERE run_id = runs.id AND run_counts.state = 5), 0) = 0";

#[derive(FromQueryResult)]
struct Found {
    id: i64,
}

#[derive(FromQueryResult)]
struct Letter {
    id: i64,
    recipient_id: i64,
}

/// The run to go on with: one that is being pruned, or else the one that was finished first.
pub async fn next_run(
    db: &impl ConnectionTrait,
    finished_before: DateTime<Utc>,
) -> Result<Option<i64>, DbErr> {
    let pruning = statement(db, "SELECT id FROM runs WHERE pruning LIMIT 1", []);
    if let Some(found) = Found::find_by_statement(pruning).one(db).await? {
        return Ok(Some(found.id));
    }
    let sql = format!("SELECT id FROM runs WHERE {IS_OLD} ORDER BY finished_at LIMIT 1");
    let old = statement(db, &sql, [finished_before.into()]);
    let found = Found::find_by_statement(old).one(db).await?;
    Ok(found.map(|found| found.id))
}

/// Deletes at most `limit` rows of the run, if it is old still; says how many.
pub async fn step(
    tx: &impl ConnectionTrait,
    run_id: i64,
    finished_before: DateTime<Utc>,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    // Whoever wants its letters sent again holds the same row: one of the two comes first.
    let sql = format!(
        "UPDATE runs SET pruning = TRUE, pruned_at = COALESCE(pruned_at, $3) \
        WHERE id = $2 AND (pruning OR ({IS_OLD}))"
    );
    let marked = statement(
        tx,
        &sql,
        [finished_before.into(), run_id.into(), now.into()],
    );
    if tx.execute_raw(marked).await?.rows_affected() == 0 {
        return Ok(0);
    }
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let some = "SELECT id FROM attempts WHERE run_id = $1 ORDER BY at, id LIMIT $2";
    let attempts = match tx.get_database_backend() {
        // An array is looked up by primary key.
        DbBackend::Postgres => format!("DELETE FROM attempts WHERE id = ANY(ARRAY({some}))"),
        _ => format!("DELETE FROM attempts WHERE id IN ({some})"),
    };
    let attempts = statement(tx, &attempts, [run_id.into(), limit.into()]);
    let deleted = tx.execute_raw(attempts).await?.rows_affected();
    let left = limit - i64::try_from(deleted).unwrap_or(limit);
    if left <= 0 {
        return Ok(deleted);
    }
    let letters = delete_letters(tx, run_id, left).await?;
    if letters < left {
        let sql = "UPDATE runs SET pruning = FALSE WHERE id = $1";
        tx.execute_raw(statement(tx, sql, [run_id.into()])).await?;
    }
    // The run itself is a row too: a step that ends one has done something.
    Ok(deleted + u64::try_from(letters).unwrap_or(0) + u64::from(letters < left))
}

async fn delete_letters(tx: &impl ConnectionTrait, run_id: i64, limit: i64) -> Result<i64, DbErr> {
    let sql = "SELECT id, recipient_id FROM deliveries WHERE run_id = $1 ORDER BY id LIMIT $2";
    let some = statement(tx, sql, [run_id.into(), limit.into()]);
    let letters = Letter::find_by_statement(some).all(tx).await?;
    let Some(last) = letters.last().map(|letter| letter.id) else {
        return Ok(0);
    };
    let sql = "DELETE FROM deliveries WHERE run_id = $1 AND id <= $2";
    tx.execute_raw(statement(tx, sql, [run_id.into(), last.into()]))
        .await?;
    forget_addresses(tx, &letters).await?;
    Ok(letters.len() as i64)
}

/// Former addresses are kept for finding letters; where no letter is left, they go too.
async fn forget_addresses(tx: &impl ConnectionTrait, letters: &[Letter]) -> Result<(), DbErr> {
    // Numbers of ours, written out: there are too many to bind on some of the databases' older versions.
    let ids: Vec<String> = letters
        .iter()
        .map(|letter| letter.recipient_id.to_string())
        .collect();
    let sql = format!(
        "DELETE FROM search_terms WHERE kind = 5 AND item_id IN ({}) \
        AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.recipient_id = search_terms.item_id)",
        ids.join(", ")
    );
    tx.execute_raw(statement(tx, &sql, [])).await?;
    Ok(())
}

fn statement<const N: usize>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: [Value; N],
) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}
