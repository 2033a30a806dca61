//! Taking over what a dead worker held.
//!
//! Its claims are marked first, in a transaction of their own: from then on it can begin nothing more, whether it
//! is dead or only slow. Then, claim by claim, what was begun and has no outcome becomes `unknown` (it may have
//! left), and the rest goes back to the queue. Each step can be repeated after a crash of the one who takes over.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::super::entity::attempt::OutcomeNumber;
use super::super::entity::class::ClassNumber;
use super::super::entity::delivery::State;
use super::super::entity::{claim, delivery, run, worker};
use super::super::retry;
use super::attempts::{self, Words, new_attempt};
use super::claim::holds_nothing;
use super::counts::Deltas;
use crate::database::Database;

/// What the log says of a try whose worker died.
const LOST: &str = "the worker ended before the mail server's answer was recorded";

/// No late outcome asks for a claim that is older.
const KEPT_FOR: TimeDelta = TimeDelta::days(7);

/// Takes everything over that a worker held. Says how many deliveries became unknown or went back to the queue.
pub async fn take_over(
    database: &Database,
    by_worker: i64,
    dead_worker: i64,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let tx = database.write().await?;
    claim::Entity::update_many()
        .col_expr(claim::Column::Taken, Expr::value(true))
        .filter(claim::Column::WorkerId.eq(dead_worker))
        .exec(&tx)
        .await?;
    claim::Entity::delete_many()
        .filter(claim::Column::Taken.eq(true))
        .filter(claim::Column::CreatedAt.lt(now - KEPT_FOR))
        .filter(holds_nothing())
        .exec(&tx)
        .await?;
    tx.commit().await?;

    let claims = claim::Entity::find()
        .filter(claim::Column::WorkerId.eq(dead_worker))
        .filter(claim::Column::Taken.eq(true))
        .order_by_asc(claim::Column::CreatedAt)
        .all(database.read())
        .await?;
    let mut settled = 0;
    for claim in claims {
        let tx = database.write().await?;
        settled += settle(&tx, by_worker, &claim, now).await?;
        tx.commit().await?;
    }
    let tx = database.write().await?;
    worker::Entity::delete_by_id(dead_worker).exec(&tx).await?;
    tx.commit().await?;
    Ok(settled)
}

async fn settle(
    tx: &impl ConnectionTrait,
    by_worker: i64,
    claim: &claim::Model,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let held = delivery::Entity::find()
        .filter(delivery::Column::RunId.eq(claim.run_id))
        .filter(delivery::Column::State.eq(State::Sending))
        .filter(delivery::Column::ClaimId.eq(claim.id))
        .lock_exclusive()
        .all(tx)
        .await?;
    let Some(run) = run::Entity::find_by_id(claim.run_id).one(tx).await? else {
        return Ok(0);
    };
    let settled = held.len() as u64;
    let mut deltas = Deltas::default();
    let mut lost = Vec::new();
    let (begun, waiting): (Vec<_>, Vec<_>) = held
        .into_iter()
        .partition(|row| row.id <= claim.begun_through);

    for row in begun {
        let number = row.attempts + 1;
        lost.push(new_attempt(
            &row,
            number,
            now,
            OutcomeNumber::Unknown,
            Words {
                smtp_code: None,
                enhanced_code: None,
                response: LOST.to_owned(),
                class: None,
                milliseconds: 0,
                server: None,
            },
        ));
        let next = retry::after_unknown(run.on_unknown.into(), row.possible_copies as u64, now);
        deltas.moved(row.run_id, State::Sending, next.state, 1);
        delivery::Entity::update_many()
            .col_expr(delivery::Column::State, Expr::value(next.state))
            .col_expr(
                delivery::Column::DueAt,
                Expr::value(next.due_at.unwrap_or(row.due_at)),
            )
            .col_expr(delivery::Column::Attempts, Expr::value(number))
            .col_expr(
                delivery::Column::PossibleCopies,
                Expr::value(next.possible_copies as i64),
            )
            .col_expr(delivery::Column::SmtpCode, Expr::value(None::<i16>))
            .col_expr(delivery::Column::Response, Expr::value(LOST))
            .col_expr(delivery::Column::Class, Expr::value(None::<ClassNumber>))
            .col_expr(delivery::Column::UpdatedAt, Expr::value(now))
            .filter(delivery::Column::Id.eq(row.id))
            .exec(tx)
            .await?;
    }
    attempts::add(tx, lost, &mut deltas).await?;

    deltas.moved(
        claim.run_id,
        State::Sending,
        State::Queued,
        waiting.len() as i64,
    );
    if !waiting.is_empty() {
        delivery::Entity::update_many()
            .col_expr(delivery::Column::State, Expr::value(State::Queued))
            .col_expr(delivery::Column::UpdatedAt, Expr::value(now))
            .filter(delivery::Column::Id.is_in(waiting.into_iter().map(|row| row.id)))
            .exec(tx)
            .await?;
    }
    deltas.write(tx, by_worker).await?;
    Ok(settled)
}
