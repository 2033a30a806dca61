//! Beginning: the fence before a letter leaves. Nothing gets its final dot without a committed mark.
//!
//! The mark is one number of the claim's row, so that it costs the same for one letter and for a hundred.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect,
};

use super::super::entity::delivery::State;
use super::super::entity::run::EndReasonWord;
use super::super::entity::{claim, delivery, run};
use super::claim::{Claim, Held};
use super::counts::Deltas;
use crate::accounts::entity as user;
use crate::mailings::entity::{self as mailing, ChannelWord};
use crate::recipients::entity as recipient;

/// Since when letters are not wanted.
type Refused = Option<DateTime<Utc>>;

/// May the letters leave?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Those up to the given id that are still in the claim.
    Yes,
    /// The claim is not this worker's any more: another one has taken it over.
    Lost,
    /// The letters are not wanted now; all of the claim that had not begun is back in the queue.
    Held,
}

/// Marks the claim's deliveries up to `through` as begun. `rules` is their number as this transaction sees it: before
/// a claim's first letters, and wherever it has changed since, everything that is still held is looked at again first,
/// and what is not wanted any more leaves the claim.
pub async fn begin(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    rules: i64,
    claim: &mut Claim,
    through: i64,
    deltas: &mut Deltas,
    now: DateTime<Utc>,
) -> Result<Begun, DbErr> {
    if claim.rules != Some(rules) {
        let Some(channel) = wanted_run(tx, claim.run_id, now).await? else {
            release(tx, claim, deltas, now).await?;
            return Ok(Begun::Held);
        };
        skip_unwanted(tx, claim, channel, deltas, now).await?;
        claim.rules = Some(rules);
    }
    let moved = claim::Entity::update_many()
        .col_expr(claim::Column::BegunThrough, Expr::value(through))
        .filter(claim::Column::Id.eq(claim.id))
        .filter(claim::Column::WorkerId.eq(worker_id))
        .filter(claim::Column::Taken.eq(false))
        .exec(tx)
        .await?;
    Ok(if moved.rows_affected == 1 {
        Begun::Yes
    } else {
        Begun::Lost
    })
}

/// Gives what the claim still holds, none of it begun, back to the queue, due as it was.
pub async fn release(
    tx: &impl ConnectionTrait,
    claim: &mut Claim,
    deltas: &mut Deltas,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let ids = claim.deliveries.drain(..).map(|delivery| delivery.id);
    let left = Left {
        claim_id: claim.id,
        run_id: claim.run_id,
        ids: ids.collect(),
    };
    leave(tx, left, State::Queued, None, deltas, now).await?;
    Ok(())
}

/// What the run sends, if that is wanted now.
async fn wanted_run(
    tx: &impl ConnectionTrait,
    run_id: i64,
    now: DateTime<Utc>,
) -> Result<Option<ChannelWord>, DbErr> {
    let Some(run) = run::Entity::find_by_id(run_id).one(tx).await? else {
        return Ok(None);
    };
    let paused = mailing::Entity::find_by_id(run.mailing_id)
        .filter(mailing::Column::Status.eq(mailing::StatusWord::Paused))
        .one(tx)
        .await?;
    let owner = user::Entity::find_by_id(run.owner_id).one(tx).await?;
    let is_out = owner.is_some_and(|owner| owner.is_out());
    let is_over = run.ends_at.is_some_and(|ends_at| ends_at <= now);
    let is_wanted = run.close_reason.is_none() && !is_over && paused.is_none() && !is_out;
    Ok(is_wanted.then_some(run.channel))
}

/// Takes those out of the claim who are gone, or are to get no letters, and what has left it without us: a letter
/// whose acceptance under an older claim has come to light.
async fn skip_unwanted(
    tx: &impl ConnectionTrait,
    claim: &mut Claim,
    channel: ChannelWord,
    deltas: &mut Deltas,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let held = claim.deliveries.iter().map(|delivery| delivery.id);
    let held: Vec<(i64, Option<i64>, Refused, Refused)> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Id)
        .column(recipient::Column::Id)
        .column(recipient::Column::UnsubscribedAt)
        .column(recipient::Column::SuppressedAt)
        .join(
            JoinType::LeftJoin,
            delivery::Entity::belongs_to(recipient::Entity)
                .from(delivery::Column::RecipientId)
                .to(recipient::Column::Id)
                .into(),
        )
        .filter(delivery::Column::Id.is_in(held))
        .filter(delivery::Column::ClaimId.eq(claim.id))
        .filter(delivery::Column::State.eq(State::Sending))
        .into_tuple()
        .all(tx)
        .await?;
    let held: HashMap<i64, Option<EndReasonWord>> = held
        .into_iter()
        .map(|(id, recipient_id, unsubscribed, suppressed)| {
            let reason = match (recipient_id, unsubscribed, suppressed) {
                (None, ..) => Some(EndReasonWord::RecipientDeleted),
                (_, Some(_), _) => Some(EndReasonWord::Unsubscribed),
                // It is their address that was refused, not their phone.
                (_, None, Some(_)) if channel == ChannelWord::Sms => None,
                (_, None, Some(_)) => Some(EndReasonWord::Suppressed),
                (_, None, None) => None,
            };
            (id, reason)
        })
        .collect();
    claim
        .deliveries
        .retain(|delivery| held.contains_key(&delivery.id));
    let reason = |delivery: &Held| held.get(&delivery.id).copied().flatten();
    for (reason, ids) in unwanted(claim, reason) {
        let left = Left {
            claim_id: claim.id,
            run_id: claim.run_id,
            ids,
        };
        leave(tx, left, State::Skipped, Some(reason), deltas, now).await?;
    }
    Ok(())
}

/// Takes those deliveries out of the claim that there is a reason against, each reason with its own.
fn unwanted(
    claim: &mut Claim,
    reason: impl Fn(&Held) -> Option<EndReasonWord>,
) -> Vec<(EndReasonWord, Vec<i64>)> {
    let mut unwanted: Vec<(EndReasonWord, Vec<i64>)> = Vec::new();
    claim.deliveries.retain(|delivery| {
        let Some(reason) = reason(delivery) else {
            return true;
        };
        match unwanted.iter_mut().find(|(other, _)| *other == reason) {
            Some((_, ids)) => ids.push(delivery.id),
            None => unwanted.push((reason, vec![delivery.id])),
        }
        false
    });
    unwanted
}

/// Deliveries that leave a claim of their run, if it has them still.
#[derive(Debug)]
pub struct Left {
    pub claim_id: i64,
    pub run_id: i64,
    pub ids: Vec<i64>,
}

/// Moves deliveries out of the claim that holds them still. Says how many it did hold.
pub async fn leave(
    tx: &impl ConnectionTrait,
    left: Left,
    to: State,
    reason: Option<EndReasonWord>,
    deltas: &mut Deltas,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let Left {
        claim_id,
        run_id,
        ids,
    } = left;
    if ids.is_empty() {
        return Ok(0);
    }
    let left = delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Expr::value(to))
        .col_expr(delivery::Column::Reason, Expr::value(reason))
        .col_expr(delivery::Column::UpdatedAt, Expr::value(now))
        .filter(delivery::Column::Id.is_in(ids))
        .filter(delivery::Column::ClaimId.eq(claim_id))
        .filter(delivery::Column::State.eq(State::Sending))
        .exec(tx)
        .await?;
    deltas.moved(run_id, State::Sending, to, left.rows_affected as i64);
    Ok(left.rows_affected)
}
