//! Sending again: what has failed, or may have arrived, goes back to the queue because somebody asks for it.
//!
//! In steps by delivery id, each looked at once: what fails again meanwhile stays failed. Tries are counted on, while
//! the schedule of retries begins anew. Who is to get no letters stays where they stand.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use contract::delivery::FailureClass;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

use super::super::entity::class::ClassNumber;
use super::super::entity::delivery::{Column, Entity, Model, State};
use super::super::entity::run;
use super::super::send_again::SendAgain;
use super::counts::Deltas;
use crate::mailings::entity::ChannelWord;
use crate::recipients::entity as recipient;

/// How many letters a wish is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Found {
    /// All that stand as was asked for.
    pub asked: i64,
    /// Those whose recipients may get letters.
    pub welcome: i64,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub queued: u64,
    /// Deliveries up to this id are done.
    pub through: i64,
    pub is_last: bool,
}

/// Counts what is asked for, without holding anything.
pub async fn count(
    db: &impl ConnectionTrait,
    run_id: i64,
    again: SendAgain,
) -> Result<Found, DbErr> {
    let asked: Vec<String> = again.states().map(|state| covered(again, state)).collect();
    if asked.is_empty() {
        return Ok(Found::default());
    }
    // An SMS may go to somebody whose address was refused.
    let sql = format!(
        "SELECT COUNT(*) AS asked, COUNT(recipients.id) AS welcome FROM deliveries \
         LEFT JOIN recipients ON recipients.id = deliveries.recipient_id \
         AND (recipients.suppressed_at IS NULL OR deliveries.phone IS NOT NULL) \
         AND recipients.unsubscribed_at IS NULL \
         WHERE deliveries.run_id = $1 AND ({})",
        asked.join(" OR ")
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [run_id.into()]);
    let found = Found::find_by_statement(statement).one(db).await?;
    Ok(found.unwrap_or_default())
}

/// Looks through at most `limit` deliveries of the run behind those that were looked through.
pub async fn queue_again(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    run: &run::Model,
    again: SendAgain,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Step, DbErr> {
    let mut rows: Vec<Model> = Vec::new();
    for state in again.states() {
        // One state after the other: each has its place in the index, and is in the order of ids there.
        let some = Entity::find()
            .filter(Column::RunId.eq(run.id))
            .filter(Column::State.eq(state))
            .filter(Column::Id.gt(run.retry_through))
            .order_by_asc(Column::Id)
            .limit(limit)
            .lock_exclusive()
            .all(tx)
            .await?;
        rows.extend(some);
    }
    let is_last = (rows.len() as u64) < limit;
    rows.sort_unstable_by_key(|row| row.id);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let through = rows.last().map_or(run.retry_through, |row| row.id);
    rows.retain(|row| again.covers(row.state, row.class));
    let recipients = rows.iter().map(|row| row.recipient_id);
    let may_get = welcome(tx, run.channel, recipients).await?;
    rows.retain(|row| may_get.contains(&row.recipient_id));
    let mut deltas = Deltas::default();
    for row in &rows {
        deltas.moved(run.id, row.state, State::Queued, 1);
    }
    if !rows.is_empty() {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Queued))
            .col_expr(Column::Reason, Expr::value(None::<String>))
            .col_expr(Column::DueAt, Expr::value(now))
            .col_expr(Column::ScheduleFrom, Expr::col(Column::Attempts))
            .col_expr(Column::UpdatedAt, Expr::value(now))
            .filter(Column::Id.is_in(rows.iter().map(|row| row.id)))
            .exec(tx)
            .await?;
    }
    deltas.write(tx, worker_id).await?;
    Ok(Step {
        queued: rows.len() as u64,
        through,
        is_last,
    })
}

/// Those of these recipients who may get letters.
async fn welcome(
    tx: &impl ConnectionTrait,
    channel: ChannelWord,
    ids: impl Iterator<Item = i64>,
) -> Result<HashSet<i64>, DbErr> {
    let mut found = recipient::Entity::find()
        .select_only()
        .column(recipient::Column::Id)
        .filter(recipient::Column::Id.is_in(ids))
        .filter(recipient::Column::UnsubscribedAt.is_null());
    if channel == ChannelWord::Email {
        found = found.filter(recipient::Column::SuppressedAt.is_null());
    }
    let welcome: Vec<i64> = found.into_tuple().all(tx).await?;
    Ok(welcome.into_iter().collect())
}

/// The same as [`SendAgain::covers`], for the database: what is asked for of those that stand so.
fn covered(again: SendAgain, state: State) -> String {
    let number = state as i16;
    if again.covers(state, None) {
        return format!("deliveries.state = {number}");
    }
    let classes: Vec<String> = FailureClass::ALL
        .into_iter()
        .map(ClassNumber::from)
        .filter(|class| again.covers(state, Some(*class)))
        .map(|class| (class as i16).to_string())
        .collect();
    let classes = classes.join(", ");
    format!("(deliveries.state = {number} AND deliveries.class IN ({classes}))")
}
