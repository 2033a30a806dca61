//! Undoing a streak: a mail server refused letter after letter for good, and it was not the letters' fault.
//!
//! Servers refuse clients, relaying and senders at RCPT too, in words that read as if the address were at fault. What
//! such a streak made `failed` goes back to the queue, and what it suppressed is lifted. Its attempts stay in the log.
//!
//! A run that has finished meanwhile stays finished: its end was told, and its mailing may be completed, which is
//! final. Of its letters only the suppression is undone; their owner can send again to those that failed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::super::entity::attempt::{self, OutcomeNumber};
use super::super::entity::class::ClassNumber;
use super::super::entity::delivery::{self, State};
use super::super::entity::run::{self, EndReasonWord, RunStateWord};
use super::counts::Deltas;
use crate::recipients::suppression;

/// Which of these deliveries were refused for good more than once: they came back from a streak, or somebody asked
/// to send them again. Call it after their last try is recorded.
pub async fn refused_before(
    tx: &impl ConnectionTrait,
    deliveries: &[i64],
) -> Result<HashSet<i64>, DbErr> {
    if deliveries.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<i64> = attempt::Entity::find()
        .select_only()
        .column(attempt::Column::DeliveryId)
        .filter(attempt::Column::DeliveryId.is_in(deliveries.iter().copied()))
        .filter(attempt::Column::Outcome.eq(OutcomeNumber::Failed))
        .filter(
            // Of SMS the code tells nothing: the service has its own.
            Condition::any()
                .add(attempt::Column::SmtpCode.between(500, 599))
                .add(attempt::Column::Class.eq(ClassNumber::Permanent)),
        )
        .group_by(attempt::Column::DeliveryId)
        .having(Expr::cust("COUNT(*) > 1"))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Sends the letters of a streak back to the queue, not before `due_at`, and undoes their suppressions.
pub async fn send_back(
    tx: &impl ConnectionTrait,
    deltas: &mut Deltas,
    deliveries: &[i64],
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if deliveries.is_empty() {
        return Ok(());
    }
    let refused: Vec<(i64, i64, i64)> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Id)
        .column(delivery::Column::RecipientId)
        .column(delivery::Column::RunId)
        .filter(delivery::Column::Id.is_in(deliveries.iter().copied()))
        .filter(delivery::Column::State.eq(State::Failed))
        .into_tuple()
        .all(tx)
        .await?;
    let suppressed = refused
        .iter()
        .map(|(id, recipient_id, _)| (*id, *recipient_id));
    suppression::undo(tx, suppressed).await?;
    let open = hold_open_runs(tx, refused.iter().map(|(_, _, run_id)| *run_id).collect()).await?;
    let mut of_runs: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (id, _, run_id) in refused
        .iter()
        .filter(|(_, _, run_id)| open.contains(run_id))
    {
        of_runs.entry(*run_id).or_default().push(*id);
    }
    for (run_id, ids) in of_runs {
        let back = delivery::Entity::update_many()
            .col_expr(delivery::Column::State, Expr::value(State::Queued))
            .col_expr(delivery::Column::Reason, Expr::value(None::<EndReasonWord>))
            .col_expr(delivery::Column::DueAt, Expr::value(due_at))
            // The refusal used up no step of the schedule either.
            .col_expr(
                delivery::Column::ScheduleFrom,
                Expr::col(delivery::Column::Attempts),
            )
            .col_expr(delivery::Column::UpdatedAt, Expr::value(now))
            .filter(delivery::Column::Id.is_in(ids))
            .filter(delivery::Column::State.eq(State::Failed))
            .exec(tx)
            .await?;
        let rows = back.rows_affected as i64;
        deltas.moved(run_id, State::Failed, State::Queued, rows);
    }
    Ok(())
}

/// The runs that are not finished, held so that none of them finishes meanwhile.
async fn hold_open_runs(
    tx: &impl ConnectionTrait,
    run_ids: BTreeSet<i64>,
) -> Result<HashSet<i64>, DbErr> {
    let runs = run::Entity::find()
        .filter(run::Column::Id.is_in(run_ids))
        .filter(run::Column::State.ne(RunStateWord::Finished))
        .order_by_asc(run::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?;
    Ok(runs.into_iter().map(|run| run.id).collect())
}
