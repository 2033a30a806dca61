//! The counters beside the ledger: how many deliveries of a run stand in each state.
//!
//! Each worker has rows of its own, so that two never wait for each other; one row may go below zero, the sum
//! over the workers is the count. They move only with rows that really changed, in the same transaction.

use std::collections::{BTreeMap, HashMap};

use contract::delivery::Counts;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    QueryTrait, Set,
};

use super::super::entity::delivery::State;
use super::super::entity::{run, run_count as table};
use super::attempt_counts::AttemptDeltas;
use super::sums::{self, Letters};

/// Changes gathered during a transaction, those of the counters beside the log too.
#[derive(Debug, Default)]
pub struct Deltas {
    letters: BTreeMap<(i64, State), i64>,
    pub(super) attempts: AttemptDeltas,
}

impl Deltas {
    pub fn add(&mut self, run_id: i64, state: State, by: i64) {
        *self.letters.entry((run_id, state)).or_default() += by;
    }

    pub fn moved(&mut self, run_id: i64, from: State, to: State, rows: i64) {
        self.add(run_id, from, -rows);
        self.add(run_id, to, rows);
    }

    /// Writes them, in a fixed order. It is the last that a transaction does: the parts of a worker share these rows,
    /// and one that held some while it waited for anything else could wait for another in a circle.
    pub async fn write(self, tx: &impl ConnectionTrait, worker_id: i64) -> Result<(), DbErr> {
        sums::add_letters(tx, worker_id, &self.moves()).await?;
        let Self { letters, attempts } = self;
        write_letters(tx, worker_id, letters).await?;
        attempts.write(tx, worker_id).await
    }

    /// The same for the sums, which do not tell what is being sent from what is queued: a claim changes none of them.
    fn moves(&self) -> Vec<Letters> {
        let mut letters: BTreeMap<(i64, State), i64> = BTreeMap::new();
        for ((run_id, state), by) in &self.letters {
            let state = match state {
                State::Sending => State::Queued,
                other => *other,
            };
            *letters.entry((*run_id, state)).or_default() += by;
        }
        letters
            .into_iter()
            .filter(|(_, by)| *by != 0)
            .map(|((run_id, state), by)| Letters { run_id, state, by })
            .collect()
    }
}

async fn write_letters(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    letters: BTreeMap<(i64, State), i64>,
) -> Result<(), DbErr> {
    let rows: Vec<table::ActiveModel> = letters
        .into_iter()
        .filter(|(_, by)| *by != 0)
        .map(|((run_id, state), by)| table::ActiveModel {
            run_id: Set(run_id),
            worker_id: Set(worker_id),
            state: Set(state),
            count: Set(by),
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let key = [
        table::Column::RunId,
        table::Column::WorkerId,
        table::Column::State,
    ];
    let summed = Expr::col((table::Entity, table::Column::Count)).add(Expr::cust("excluded.count"));
    table::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns(key)
                .value(table::Column::Count, summed)
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Sum {
    run_id: i64,
    state: State,
    count: i64,
}

/// The counts of each of these runs.
pub async fn of_runs(
    db: &impl ConnectionTrait,
    run_ids: &[i64],
) -> Result<HashMap<i64, Counts>, DbErr> {
    let sums: Vec<Sum> = table::Entity::find()
        .select_only()
        .column(table::Column::RunId)
        .column(table::Column::State)
        // A sum of BIGINTs is NUMERIC on PostgreSQL.
        .column_as(Expr::cust("CAST(SUM(count) AS BIGINT)"), "count")
        .filter(table::Column::RunId.is_in(run_ids.iter().copied()))
        .group_by(table::Column::RunId)
        .group_by(table::Column::State)
        .into_model()
        .all(db)
        .await?;
    let mut counts: HashMap<i64, Counts> = HashMap::new();
    for Sum {
        run_id,
        state,
        count,
    } in sums
    {
        set(counts.entry(run_id).or_default(), state, count);
    }
    Ok(counts)
}

/// The counts of all runs of one owner together.
pub async fn of_owner(db: &impl ConnectionTrait, owner_id: i64) -> Result<Counts, DbErr> {
    sum_of(db, run::Column::OwnerId.eq(owner_id)).await
}

/// The counts of all runs that are not finished, together.
pub async fn of_open_runs(db: &impl ConnectionTrait) -> Result<Counts, DbErr> {
    sum_of(db, run::Column::State.ne(run::RunStateWord::Finished)).await
}

async fn sum_of(db: &impl ConnectionTrait, runs: SimpleExpr) -> Result<Counts, DbErr> {
    let runs = run::Entity::find()
        .select_only()
        .column(run::Column::Id)
        .filter(runs)
        .into_query();
    let sums: Vec<(State, i64)> = table::Entity::find()
        .select_only()
        .column(table::Column::State)
        .column_as(Expr::cust("CAST(SUM(count) AS BIGINT)"), "count")
        .filter(table::Column::RunId.in_subquery(runs))
        .group_by(table::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let mut counts = Counts::default();
    for (state, count) in sums {
        set(&mut counts, state, count);
    }
    Ok(counts)
}

fn set(counts: &mut Counts, state: State, count: i64) {
    let count = u64::try_from(count).unwrap_or(0);
    match state {
        State::Queued => counts.queued = count,
        State::Sending => counts.sending = count,
        State::Sent => counts.sent = count,
        State::Failed => counts.failed = count,
        State::Skipped => counts.skipped = count,
        State::Unknown => counts.unknown = count,
    }
}

/// The counts of one run.
pub async fn of_run(db: &impl ConnectionTrait, run_id: i64) -> Result<Counts, DbErr> {
    Ok(of_runs(db, &[run_id])
        .await?
        .remove(&run_id)
        .unwrap_or_default())
}
