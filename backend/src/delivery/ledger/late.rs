//! Outcomes whose deliveries do not stand any more as their claim left them.
//!
//! Either they were written before, and the commit's answer was lost: then nothing changes. Or the delivery was taken
//! over meanwhile and has already lost a try as `unknown`: then the late outcome is added as another attempt. An
//! acceptance makes the delivery `sent` whoever has it now, so that it is not sent again; anything else moves it only
//! as long as no other claim has had it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::super::classify::class_of;
use super::super::entity::attempt::OutcomeNumber;
use super::super::entity::class::ClassNumber;
use super::super::entity::delivery::State;
use super::super::entity::run::{EndReasonWord, RunStateWord};
use super::super::entity::{attempt, claim, delivery, run};
use super::super::retry::Next;
use super::super::rules;
use super::attempts::{self, Words, new_attempt};
use super::claim::Held;
use super::counts::Deltas;
use super::outcomes::outcome_of;
use super::record::{Policy, RunFacts, Tried, decide, smtp_code};
use super::refusals::{self, refusal};

pub(super) async fn record(
    tx: &impl ConnectionTrait,
    group: &[&Tried],
    runs: &HashMap<i64, RunFacts>,
    policy: Policy<'_>,
    deltas: &mut Deltas,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if group.is_empty() {
        return Ok(());
    }
    let rows: Vec<delivery::Model> = delivery::Entity::find()
        .filter(delivery::Column::Id.is_in(group.iter().map(|tried| tried.delivery.id)))
        .lock_exclusive()
        .all(tx)
        .await?;
    let mut rows: HashMap<i64, delivery::Model> =
        rows.into_iter().map(|row| (row.id, row)).collect();
    let taken = taken_claims(tx, group).await?;
    for tried in group {
        let Some(row) = rows.get_mut(&tried.delivery.id) else {
            continue;
        };
        let told = told(tried, row);
        let tried = told.as_ref();
        let outcome = tried.reply.as_ref();
        let outcome = outcome.and_then(|reply| outcome_of(tried, reply));
        let is_new = match outcome {
            Some(outcome) => !is_recorded(tx, tried, outcome).await?,
            None => taken.contains(&tried.claim_id),
        };
        if !is_new {
            // Written before: the commit's answer was lost.
            continue;
        }
        let number = row.attempts + i64::from(tried.counts());
        if let Some(attempt) = attempt_of(tried, row, number) {
            attempts::add(tx, vec![attempt], deltas).await?;
            // Whoever has it now goes on counting from here.
            delivery::Entity::update_many()
                .col_expr(delivery::Column::Attempts, Expr::value(number))
                .filter(delivery::Column::Id.eq(row.id))
                .exec(tx)
                .await?;
            row.attempts = number;
        }
        let Some(facts) = runs.get(&row.run_id) else {
            continue;
        };
        let delivery = Held::from(row.clone());
        let reply = tried.reply.as_ref();
        let next = reply.map(|reply| decide(reply, &delivery, number, facts, policy, now));
        let to = next.as_ref().map_or(State::Queued, |next| next.state);
        if !moves(tx, tried, row, to).await? {
            continue;
        }
        if row.state == State::Sending && row.claim_id != Some(tried.claim_id) {
            // Its holder looks again before it begins more.
            rules::bump(tx).await?;
        }
        change(tx, tried, &delivery, next, now).await?;
        deltas.moved(row.run_id, row.state, to, 1);
        row.state = to;
    }
    Ok(())
}

/// What may still be told of it: the account may have been taken away since, and servers repeat the address in
/// their words.
fn told<'a>(tried: &'a Tried, row: &delivery::Model) -> Cow<'a, Tried> {
    let mut told = Cow::Borrowed(tried);
    if row.is_emptied()
        && let Some(reply) = &mut told.to_mut().reply
    {
        reply.text.clear();
    }
    told
}

async fn moves(
    tx: &impl ConnectionTrait,
    tried: &Tried,
    row: &delivery::Model,
    to: State,
) -> Result<bool, DbErr> {
    if to == State::Sent {
        return Ok(row.state != State::Sent);
    }
    if row.claim_id != Some(tried.claim_id) || !unsettled(row.state) {
        return Ok(false);
    }
    // Nobody looks into the queue of a finished run any more. What is unknown can still be sent again by hand.
    let is_stranded = to == State::Queued && row.state == State::Unknown;
    Ok(!is_stranded || !is_finished(tx, row.run_id).await?)
}

/// Taken over and not settled since: a late answer still tells the truth about it. Between the marking of the claim
/// and its settling, it still stands as sending.
fn unsettled(state: State) -> bool {
    matches!(state, State::Sending | State::Queued | State::Unknown)
}

async fn is_finished(tx: &impl ConnectionTrait, run_id: i64) -> Result<bool, DbErr> {
    let run = run::Entity::find_by_id(run_id)
        .lock_shared()
        .one(tx)
        .await?;
    Ok(run.is_none_or(|run| run.state == RunStateWord::Finished))
}

async fn taken_claims(tx: &impl ConnectionTrait, group: &[&Tried]) -> Result<HashSet<i64>, DbErr> {
    let claims: HashSet<i64> = group.iter().map(|tried| tried.claim_id).collect();
    let taken = claim::Entity::find()
        .filter(claim::Column::Id.is_in(claims))
        .filter(claim::Column::Taken.eq(true))
        .all(tx)
        .await?;
    Ok(taken.into_iter().map(|claim| claim.id).collect())
}

async fn is_recorded(
    tx: &impl ConnectionTrait,
    tried: &Tried,
    outcome: OutcomeNumber,
) -> Result<bool, DbErr> {
    let same = attempt::Entity::find()
        .filter(attempt::Column::DeliveryId.eq(tried.delivery.id))
        .filter(attempt::Column::At.eq(tried.at))
        .filter(attempt::Column::Outcome.eq(outcome))
        .one(tx)
        .await?;
    Ok(same.is_some())
}

fn attempt_of(tried: &Tried, row: &delivery::Model, number: i64) -> Option<attempt::ActiveModel> {
    let reply = tried.reply.as_ref()?;
    let outcome = outcome_of(tried, reply)?;
    let words = Words {
        smtp_code: smtp_code(reply),
        enhanced_code: reply.enhanced_code.clone(),
        response: reply.text.clone(),
        class: class_of(reply).map(Into::into),
        milliseconds: tried.took.as_millis() as i64,
        server: tried.server.as_deref().map(str::to_owned),
    };
    Some(new_attempt(row, number, tried.at, outcome, words))
}

async fn change(
    tx: &impl ConnectionTrait,
    tried: &Tried,
    row: &Held,
    next: Option<Next>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut changed = delivery::Entity::update_many()
        .col_expr(delivery::Column::UpdatedAt, Expr::value(now))
        .filter(delivery::Column::Id.eq(row.id));
    // Without a reply it never left this process: there is nothing unknown about it.
    let state = next.map_or(State::Queued, |next| next.state);
    changed = changed.col_expr(delivery::Column::State, Expr::value(state));
    let mut refused = Vec::new();
    if let (Some(reply), Some(next)) = (&tried.reply, next) {
        let class: Option<ClassNumber> = class_of(reply).map(Into::into);
        let due_at = next.due_at.unwrap_or(row.due_at);
        let copies = next.possible_copies as i64;
        let reason = next.reason.map(EndReasonWord::from);
        changed = changed
            .col_expr(delivery::Column::Reason, Expr::value(reason))
            .col_expr(delivery::Column::DueAt, Expr::value(due_at))
            .col_expr(delivery::Column::PossibleCopies, Expr::value(copies))
            .col_expr(delivery::Column::SmtpCode, Expr::value(smtp_code(reply)))
            .col_expr(delivery::Column::Response, Expr::value(reply.text.clone()))
            .col_expr(delivery::Column::Class, Expr::value(class));
        if next.suppresses {
            refused.push(refusal(row, reply));
        }
    }
    changed.exec(tx).await?;
    refusals::write(tx, &refused, now).await
}
