//! Claiming: deliveries that are due leave the queue for one worker.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QueryResult, QuerySelect, Set, Statement, Value,
};

use super::super::entity::delivery::State;
use super::super::entity::{claim, delivery, worker};
use super::counts::Deltas;
use crate::database::Database;
use crate::problem::ApiError;

/// Deliveries of one run that this worker holds and has not begun, in ascending id.
#[derive(Debug)]
pub struct Claim {
    pub id: i64,
    pub run_id: i64,
    pub deliveries: VecDeque<Arc<Held>>,
    /// The rules by which it was looked at last; none before its first letter begins.
    pub rules: Option<i64>,
}

/// What is remembered of a delivery while it is held: its letter, its attempt and what becomes of it are made of it,
/// so that nothing is read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: i64,
    pub run_id: i64,
    pub recipient_id: i64,
    pub email: String,
    pub full_name: String,
    pub attempts: i64,
    /// How many attempts were made before its present schedule began.
    pub schedule_from: i64,
    pub possible_copies: i64,
    pub due_at: DateTime<Utc>,
    /// Of an SMS: where it goes.
    pub phone: Option<String>,
}

/// The columns of a [`Held`], in its order.
const HELD: &str = "id, run_id, recipient_id, email, full_name, attempts, schedule_from, possible_copies, due_at, phone";

/// Where in a run's queue the last claim has ended. The next one begins there: what lies before has left the queue,
/// but PostgreSQL still walks over it as long as somebody's snapshot sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub due_at: DateTime<Utc>,
    pub id: i64,
}

/// What is to be claimed.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// See [`new_id`].
    pub claim_id: i64,
    pub run_id: i64,
    pub limit: u64,
    /// From the beginning of the queue if there is none.
    pub after: Option<Place>,
}

/// May this worker claim? Not once another one has begun to take it over, which this keeps from happening until the
/// transaction ends: a claim that it did not see would be settled by nobody.
pub async fn may_claim(tx: &impl ConnectionTrait, worker_id: i64) -> Result<bool, DbErr> {
    let worker = worker::Entity::find_by_id(worker_id)
        .filter(worker::Column::TakenOver.eq(false))
        .lock_shared()
        .one(tx)
        .await?;
    Ok(worker.is_some())
}

/// Takes due deliveries of a run. None when nothing is due there any more.
pub async fn claim(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    wanted: Wanted,
    deltas: &mut Deltas,
    now: DateTime<Utc>,
) -> Result<Option<Claim>, DbErr> {
    let Wanted {
        claim_id, run_id, ..
    } = wanted;
    let rows = tx
        .query_all_raw(taking(tx.get_database_backend(), wanted, now))
        .await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let mut deliveries = rows.iter().map(held).collect::<Result<Vec<_>, _>>()?;
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
    deltas.moved(
        run_id,
        State::Queued,
        State::Sending,
        deliveries.len() as i64,
    );
    Ok(Some(Claim {
        id: claim_id,
        run_id,
        deliveries: deliveries.into_iter().map(Arc::new).collect(),
        rules: None,
    }))
}

/// The statement that takes them. In the order of the queue's index and with the limit written out: otherwise
/// PostgreSQL's plan for any value of a parameter sorts, or takes the primary key.
pub fn taking(backend: DbBackend, wanted: Wanted, now: DateTime<Utc>) -> Statement {
    let Wanted {
        claim_id,
        run_id,
        limit,
        after,
    } = wanted;
    let mut values: Vec<Value> = vec![claim_id.into(), now.into(), run_id.into()];
    let after = after.map_or("", |Place { due_at, id }| {
        values.extend([due_at.into(), id.into()]);
        " AND (due_at, id) > ($4, $5)"
    });
    let queued = format!(
        "SELECT id FROM deliveries WHERE run_id = $3 AND state = 0 AND due_at <= $2{after} \
        ORDER BY due_at, id LIMIT {limit}"
    );
    let chosen = match backend {
        // An array is looked up by primary key; IN (SELECT ..) made PostgreSQL scan the table.
        DbBackend::Postgres => format!("= ANY(ARRAY({queued} FOR UPDATE SKIP LOCKED))"),
        _ => format!("IN ({queued})"),
    };
    let sql = format!(
        "UPDATE deliveries SET state = 1, claim_id = $1, updated_at = $2 WHERE id {chosen} RETURNING {HELD}"
    );
    Statement::from_sql_and_values(backend, sql, values)
}

fn held(row: &QueryResult) -> Result<Held, DbErr> {
    Ok(Held {
        id: row.try_get_by_index(0)?,
        run_id: row.try_get_by_index(1)?,
        recipient_id: row.try_get_by_index(2)?,
        email: row.try_get_by_index(3)?,
        full_name: row.try_get_by_index(4)?,
        attempts: row.try_get_by_index(5)?,
        schedule_from: row.try_get_by_index(6)?,
        possible_copies: row.try_get_by_index(7)?,
        due_at: row.try_get_by_index(8)?,
        phone: row.try_get_by_index(9)?,
    })
}

/// A new claim's id, chosen by its worker.
pub fn new_id() -> Result<i64, ApiError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(ApiError::ours)?;
    // Positive, for the eyes of whoever reads the table.
    Ok(i64::from_be_bytes(bytes) & i64::MAX)
}

/// A claim as the database has it.
#[derive(Debug)]
pub struct Adopted {
    pub run_id: i64,
    pub begun_through: i64,
    /// All that stands as held under it, begun or not.
    pub deliveries: Vec<Held>,
}

/// The claim with this id, if it was committed after all and nobody has taken it over. The transaction that made or
/// changed it may still be on its way: this waits for its end. If it was never made, it can never be made from now on.
pub async fn adopt(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    id: i64,
    now: DateTime<Utc>,
) -> Result<Option<Adopted>, DbErr> {
    let sql = "INSERT INTO claims (id, worker_id, run_id, begun_through, taken, created_at) \
        VALUES ($1, $2, 0, 0, TRUE, $3) ON CONFLICT DO NOTHING";
    let values = [id.into(), worker_id.into(), now.into()];
    let fence = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(fence).await?;
    let Some(row) = claim::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
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
        .all(tx)
        .await?;
    Ok(Some(Adopted {
        run_id: row.run_id,
        begun_through: row.begun_through,
        deliveries: deliveries.into_iter().map(Held::from).collect(),
    }))
}

impl From<delivery::Model> for Held {
    fn from(row: delivery::Model) -> Self {
        let delivery::Model {
            id,
            run_id,
            mailing_id: _,
            owner_id: _,
            recipient_id,
            email,
            full_name,
            state: _,
            reason: _,
            due_at,
            claim_id: _,
            attempts,
            schedule_from,
            possible_copies,
            smtp_code: _,
            response: _,
            class: _,
            updated_at: _,
            phone,
        } = row;
        Self {
            id,
            run_id,
            recipient_id,
            email,
            full_name,
            attempts,
            schedule_from,
            possible_copies,
            due_at,
            phone,
        }
    }
}

/// Deletes claims that hold nothing any more. Those taken over stay: a late outcome asks for them.
pub async fn forget(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    claims: &[i64],
) -> Result<(), DbErr> {
    if claims.is_empty() {
        return Ok(());
    }
    claim::Entity::delete_many()
        .filter(claim::Column::Id.is_in(claims.iter().copied()))
        .filter(held_by(worker_id))
        .filter(holds_nothing())
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes all claims of a worker that holds nothing any more.
pub async fn forget_finished(database: &Database, worker_id: i64) -> Result<(), DbErr> {
    if claim::Entity::find()
        .filter(held_by(worker_id))
        .one(database.read())
        .await?
        .is_none()
    {
        return Ok(());
    }
    let tx = database.write().await?;
    claim::Entity::delete_many()
        .filter(held_by(worker_id))
        .filter(holds_nothing())
        .exec(&tx)
        .await?;
    tx.commit().await
}

fn held_by(worker_id: i64) -> Condition {
    Condition::all()
        .add(claim::Column::WorkerId.eq(worker_id))
        .add(claim::Column::Taken.eq(false))
}

/// Whatever a worker believes: as long as a delivery stands as sending under a claim, the claim is needed to settle it.
pub(super) fn holds_nothing() -> SimpleExpr {
    Expr::cust(
        "NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.run_id = claims.run_id AND deliveries.state = 1 \
         AND deliveries.claim_id = claims.id)",
    )
}
