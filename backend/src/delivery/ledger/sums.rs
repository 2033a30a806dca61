//! The sums that statistics are read from: of the whole service, of each user, mailing and message, by the quarter of
//! an hour, and by the month too, so that years are summed up as quickly as days.
//!
//! Whatever changes the counters of runs changes these in the same transaction, by one statement for all of its
//! changes. The run tells whose they are. Days begin at whole quarters of an hour in every zone, so that quarters
//! make up the days of each. Like the counters, each worker has rows of its own.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, Set, Statement, Value};

use super::super::entity::attempt::OutcomeNumber;
use super::super::entity::delivery::State;
use super::super::entity::run;
use super::super::entity::run_sum::{self, SumKind};

/// Seconds in a quarter of an hour.
pub const QUARTER: i64 = 900;

/// What the kind of a sum by the month has more than the same by the quarter.
pub const MONTHLY: i16 = 4;

/// A row for each thing that a run's letters are summed up for, by the quarter (0 to 3) and by the month (4 to 7).
const SCOPES: &str = "(SELECT 0 AS kind UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 \
    UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7) AS scopes";

/// Which of them it is.
const SCOPE: &str = "scopes.kind, \
    CASE scopes.kind % 4 WHEN 0 THEN 0 WHEN 1 THEN runs.owner_id WHEN 2 THEN runs.mailing_id ELSE runs.message_id END, \
    CASE scopes.kind % 4 WHEN 0 THEN 0 ELSE runs.owner_id END";

/// A message is not known any more where its owner's account was taken away long ago.
const KNOWN: &str = "(scopes.kind % 4 <> 3 OR runs.message_id IS NOT NULL)";

/// So many letters more of a run stand in a state, or less.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters {
    pub run_id: i64,
    pub state: State,
    pub by: i64,
}

/// So many attempts more of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempts {
    pub run_id: i64,
    pub quarter: i64,
    pub outcome: OutcomeNumber,
    pub class: i16,
    pub count: i64,
    pub letters: i64,
}

/// The quarter of an hour in which an instant lies, counted from 1970.
pub fn quarter_of(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(QUARTER)
}

pub(super) async fn add_letters(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    changes: &[Letters],
) -> Result<(), DbErr> {
    if changes.is_empty() {
        return Ok(());
    }
    let started = match tx.get_database_backend() {
        DbBackend::Postgres => "CAST(FLOOR(EXTRACT(EPOCH FROM runs.started_at) / 900) AS BIGINT)",
        // It rounds parts of a second to the nearest thousandth, and so may end in the next quarter.
        _ => "unixepoch(substr(runs.started_at, 1, 19)) / 900",
    };
    let time = time_of(tx, started);
    let mut values: Vec<Value> = vec![worker_id.into()];
    for Letters { run_id, state, by } in changes {
        values.extend([Value::from(*run_id), (*state as i16).into(), (*by).into()]);
    }
    let rows = rows(&["BIGINT", "SMALLINT", "BIGINT"], changes.len());
    let sql = format!(
        "WITH new (run_id, state, count) AS (VALUES {rows}) \
        INSERT INTO letter_sums (kind, item_id, owner_id, quarter, worker_id, state, count) \
        SELECT {SCOPE}, {time}, CAST($1 AS BIGINT), new.state, SUM(new.count) \
        FROM new JOIN runs ON runs.id = new.run_id CROSS JOIN {SCOPES} WHERE {KNOWN} \
        GROUP BY 1, 2, 3, 4, 6 ORDER BY 1, 2, 3, 4, 6 \
        ON CONFLICT (kind, item_id, owner_id, quarter, worker_id, state) \
        DO UPDATE SET count = letter_sums.count + excluded.count"
    );
    execute(tx, sql, values).await
}

pub(super) async fn add_attempts(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    changes: &[Attempts],
) -> Result<(), DbErr> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut values: Vec<Value> = vec![worker_id.into()];
    for change in changes {
        let Attempts {
            run_id,
            quarter,
            outcome,
            class,
            count,
            letters,
        } = *change;
        values.extend([
            Value::from(run_id),
            quarter.into(),
            (outcome as i16).into(),
            class.into(),
            count.into(),
            letters.into(),
        ]);
    }
    let time = time_of(tx, "new.quarter");
    let rows = rows(
        &[
            "BIGINT", "BIGINT", "SMALLINT", "SMALLINT", "BIGINT", "BIGINT",
        ],
        changes.len(),
    );
    let sql = format!(
        "WITH new (run_id, quarter, outcome, class, count, letters) AS (VALUES {rows}) \
        INSERT INTO attempt_sums (kind, item_id, owner_id, quarter, worker_id, outcome, class, count, letters) \
        SELECT {SCOPE}, {time}, CAST($1 AS BIGINT), new.outcome, new.class, SUM(new.count), SUM(new.letters) \
        FROM new JOIN runs ON runs.id = new.run_id CROSS JOIN {SCOPES} WHERE {KNOWN} \
        GROUP BY 1, 2, 3, 4, 6, 7 ORDER BY 1, 2, 3, 4, 6, 7 \
        ON CONFLICT (kind, item_id, owner_id, quarter, worker_id, outcome, class) \
        DO UPDATE SET count = attempt_sums.count + excluded.count, letters = attempt_sums.letters + excluded.letters"
    );
    execute(tx, sql, values).await
}

/// Counts a run that was started.
pub async fn add_run(tx: &impl ConnectionTrait, run: &run::Model) -> Result<(), DbErr> {
    let of = |kind, item_id| run_sum::ActiveModel {
        kind: Set(kind),
        item_id: Set(item_id),
        owner_id: Set(run.owner_id),
        runs: Set(1),
        first_run_at: Set(run.started_at),
        last_run_at: Set(run.started_at),
        last_run_id: Set(run.id),
        ..Default::default()
    };
    let mut rows = vec![
        of(SumKind::User, run.owner_id),
        of(SumKind::Mailing, run.mailing_id),
    ];
    rows.extend(run.message_id.map(|id| of(SumKind::Message, id)));
    use run_sum::Column;
    let key = [Column::Kind, Column::ItemId, Column::OwnerId];
    // Several workers start runs: one that began earlier may be counted later.
    let upsert = OnConflict::columns(key)
        .value(Column::Runs, Expr::cust("run_sums.runs + excluded.runs"))
        .value(Column::FirstRunAt, Expr::cust(
            "CASE WHEN excluded.first_run_at < run_sums.first_run_at THEN excluded.first_run_at ELSE run_sums.first_run_at END",
        ))
        .value(Column::LastRunAt, Expr::cust(later("last_run_at")))
        .value(Column::LastRunId, Expr::cust(later("last_run_id")))
        .to_owned();
    run_sum::Entity::insert_many(rows)
        .on_conflict(upsert)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// What the later one of two runs has in a column, by their beginnings; ids tell apart what began at once.
fn later(column: &str) -> String {
    format!(
        "CASE WHEN (excluded.last_run_at, excluded.last_run_id) > (run_sums.last_run_at, run_sums.last_run_id) \
        THEN excluded.{column} ELSE run_sums.{column} END"
    )
}

/// The quarter, or the first one of its month (UTC).
fn time_of(tx: &impl ConnectionTrait, quarter: &str) -> String {
    let month = match tx.get_database_backend() {
        DbBackend::Postgres => format!(
            "CAST(EXTRACT(EPOCH FROM date_trunc('month', to_timestamp({quarter} * 900), 'UTC')) / 900 AS BIGINT)"
        ),
        _ => format!("unixepoch({quarter} * 900, 'unixepoch', 'start of month') / 900"),
    };
    format!("CASE WHEN scopes.kind < {MONTHLY} THEN {quarter} ELSE {month} END")
}

async fn execute(tx: &impl ConnectionTrait, sql: String, values: Vec<Value>) -> Result<(), DbErr> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(statement).await?;
    Ok(())
}

/// `(CAST($2 AS BIGINT), ..), ..`; the first value is the worker.
fn rows(types: &[&str], count: usize) -> String {
    let row = |number: usize| {
        let first = 2 + number * types.len();
        let values: Vec<String> = types
            .iter()
            .zip(first..)
            .map(|(kind, place)| format!("CAST(${place} AS {kind})"))
            .collect();
        format!("({})", values.join(", "))
    };
    let rows: Vec<String> = (0..count).map(row).collect();
    rows.join(", ")
}
