//! Recording: a group of outcomes becomes attempts and states, in one transaction.
//!
//! A group is written again until its commit is known, so writing it twice must change nothing. A delivery that
//! is still `sending` under the outcome's claim takes it. One that was taken over meanwhile has already lost a try
//! as `unknown`: the late outcome is added as another attempt, and moves the delivery as long as no other claim
//! has it.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::delivery::Outcome;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Set, Statement,
};

use super::super::classify::class_of;
use super::super::entity::attempt::OutcomeNumber;
use super::super::entity::class::ClassNumber;
use super::super::entity::delivery::State;
use super::super::entity::run::EndReasonWord;
use super::super::entity::{attempt, claim, delivery};
use super::super::retry::{self, Circumstances, Next};
use super::super::rules;
use super::counts::Deltas;
use super::{Binds, attempts};
use crate::mail::{Reply, Verdict};
use crate::recipients::suppression::{Refusal, suppress};

/// How the try of one delivery ended.
#[derive(Clone, Debug)]
pub struct Tried {
    pub delivery_id: i64,
    pub run_id: i64,
    pub claim_id: i64,
    /// When the try began; tells the tries of one delivery apart.
    pub at: DateTime<Utc>,
    pub took: Duration,
    /// None when the letter was begun and never handed over.
    pub reply: Option<Reply>,
}

impl Tried {
    /// Is it an attempt? Not if nothing of the letter reached the mail server.
    pub fn counts(&self) -> bool {
        self.reply
            .as_ref()
            .is_some_and(|reply| reply.verdict != Verdict::NotTried)
    }
}

/// What the settings and the run say about retries.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'a> {
    pub retry_after: &'a [Duration],
    pub unreachable_for: Duration,
}

/// Facts of a run that decide what becomes of a letter.
#[derive(Clone, Copy, Debug)]
pub struct RunFacts {
    pub on_unknown: contract::mailings::OnUnknown,
    pub started_at: DateTime<Utc>,
    /// When somebody asked last to send its failures again.
    pub retried_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
}

/// How a delivery changes.
struct Change {
    delivery: delivery::Model,
    next: Next,
    attempts: i64,
    smtp_code: Option<i16>,
    response: Option<String>,
    class: Option<ClassNumber>,
}

/// Writes the outcomes.
pub async fn record(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    group: &[Tried],
    runs: &HashMap<i64, RunFacts>,
    policy: Policy<'_>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows: Vec<delivery::Model> = delivery::Entity::find()
        .filter(delivery::Column::Id.is_in(group.iter().map(|tried| tried.delivery_id)))
        .lock_exclusive()
        .all(tx)
        .await?;
    let mut rows: HashMap<i64, delivery::Model> =
        rows.into_iter().map(|row| (row.id, row)).collect();
    let taken = taken_claims(tx, group).await?;
    let mut new_attempts = Vec::new();
    let mut changes = Vec::new();
    for tried in group {
        let Some(row) = rows.remove(&tried.delivery_id) else {
            continue;
        };
        let mine = row.claim_id == Some(tried.claim_id);
        let late = taken.contains(&tried.claim_id);
        if !(late || mine && row.state == State::Sending) {
            // Written before: the commit's answer was lost.
            continue;
        }
        if late && is_recorded(tx, tried).await? {
            continue;
        }
        let number = row.attempts + i64::from(tried.counts());
        if let Some(reply) = tried.reply.as_ref().filter(|_| tried.counts()) {
            new_attempts.push(attempt_of(tried, reply, &row, number));
        }
        let facts = runs
            .get(&row.run_id)
            .filter(|_| mine && (row.state == State::Sending || unsettled(row.state)));
        if let Some(facts) = facts {
            changes.push(change(tried, row, number, facts, policy, now));
        }
    }
    attempts::add(tx, worker_id, new_attempts).await?;
    change_deliveries(tx, worker_id, changes, now).await
}

/// Taken over and not settled since: a late answer still tells the truth about it.
fn unsettled(state: State) -> bool {
    matches!(state, State::Queued | State::Unknown)
}

async fn taken_claims(tx: &impl ConnectionTrait, group: &[Tried]) -> Result<HashSet<i64>, DbErr> {
    let claims: HashSet<i64> = group.iter().map(|tried| tried.claim_id).collect();
    let taken = claim::Entity::find()
        .filter(claim::Column::Id.is_in(claims))
        .filter(claim::Column::Taken.eq(true))
        .all(tx)
        .await?;
    Ok(taken.into_iter().map(|claim| claim.id).collect())
}

async fn is_recorded(tx: &impl ConnectionTrait, tried: &Tried) -> Result<bool, DbErr> {
    let same = attempt::Entity::find()
        .filter(attempt::Column::DeliveryId.eq(tried.delivery_id))
        .filter(attempt::Column::At.eq(tried.at))
        .one(tx)
        .await?;
    Ok(same.is_some())
}

fn attempt_of(
    tried: &Tried,
    reply: &Reply,
    row: &delivery::Model,
    number: i64,
) -> attempt::ActiveModel {
    let outcome = match reply.verdict {
        Verdict::Accepted => Outcome::Succeeded,
        Verdict::Unknown => Outcome::Unknown,
        Verdict::Transient | Verdict::Permanent | Verdict::NotTried => Outcome::Failed,
    };
    new_attempt(
        row,
        number,
        tried.at,
        outcome,
        Words {
            smtp_code: smtp_code(reply),
            enhanced_code: reply.enhanced_code.clone(),
            response: reply.text.clone(),
            class: class_of(reply).map(Into::into),
            milliseconds: tried.took.as_millis() as i64,
        },
    )
}

fn change(
    tried: &Tried,
    delivery: delivery::Model,
    attempts: i64,
    facts: &RunFacts,
    policy: Policy<'_>,
    now: DateTime<Utc>,
) -> Change {
    let Some(reply) = &tried.reply else {
        let next = Next {
            state: State::Queued,
            due_at: None,
            possible_copies: delivery.possible_copies as u64,
            reason: None,
            suppresses: false,
        };
        let (smtp_code, response) = (delivery.smtp_code, delivery.response.clone());
        return Change {
            next,
            attempts,
            smtp_code,
            response,
            class: delivery.class,
            delivery,
        };
    };
    let next = retry::next(
        reply,
        Circumstances {
            retry_after: policy.retry_after,
            unreachable_for: policy.unreachable_for,
            tries: u64::try_from(attempts - delivery.schedule_from).unwrap_or(0),
            possible_copies: delivery.possible_copies as u64,
            on_unknown: facts.on_unknown,
            trying_since: facts.retried_at.unwrap_or(facts.started_at),
            ends_at: facts.ends_at,
            now,
        },
    );
    Change {
        next,
        attempts,
        smtp_code: smtp_code(reply),
        response: Some(reply.text.clone()),
        class: class_of(reply).map(Into::into),
        delivery,
    }
}

fn smtp_code(reply: &Reply) -> Option<i16> {
    reply.code.and_then(|code| i16::try_from(code).ok())
}

/// What an attempt tells beside its outcome.
pub(super) struct Words {
    pub smtp_code: Option<i16>,
    pub enhanced_code: Option<String>,
    pub response: String,
    pub class: Option<ClassNumber>,
    pub milliseconds: i64,
}

pub(super) fn new_attempt(
    row: &delivery::Model,
    number: i64,
    at: DateTime<Utc>,
    outcome: Outcome,
    words: Words,
) -> attempt::ActiveModel {
    let Words {
        smtp_code,
        enhanced_code,
        response,
        class,
        milliseconds,
    } = words;
    attempt::ActiveModel {
        delivery_id: Set(row.id),
        run_id: Set(row.run_id),
        mailing_id: Set(row.mailing_id),
        owner_id: Set(row.owner_id),
        number: Set(number),
        at: Set(at),
        outcome: Set(OutcomeNumber::from(outcome)),
        smtp_code: Set(smtp_code),
        enhanced_code: Set(enhanced_code),
        response: Set(response),
        class: Set(class),
        milliseconds: Set(milliseconds),
        email: Set(row.email.clone()),
        full_name: Set(row.full_name.clone()),
        ..Default::default()
    }
}

/// One statement for the whole group: a statement for each row is ten times slower on PostgreSQL.
async fn change_deliveries(
    tx: &impl ConnectionTrait,
    worker_id: i64,
    changes: Vec<Change>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut deltas = Deltas::default();
    let mut refusals = Vec::new();
    let mut binds = Binds::new(tx.get_database_backend());
    let at = binds.add_as("timestamptz", now);
    let rows: Vec<String> = changes
        .into_iter()
        .map(
            |Change {
                 delivery,
                 next,
                 attempts,
                 smtp_code,
                 response,
                 class,
             }| {
                deltas.moved(delivery.run_id, delivery.state, next.state, 1);
                if next.suppresses {
                    refusals.push(Refusal {
                        recipient_id: delivery.recipient_id,
                        delivery_id: delivery.id,
                        email: delivery.email,
                        code: smtp_code,
                        response: response.clone().unwrap_or_default(),
                    });
                }
                let fields = [
                    binds.add_as("bigint", delivery.id),
                    binds.add_as("smallint", next.state),
                    binds.add_as("text", next.reason.map(EndReasonWord::from)),
                    binds.add_as("timestamptz", next.due_at.unwrap_or(delivery.due_at)),
                    binds.add_as("bigint", attempts),
                    binds.add_as("bigint", next.possible_copies as i64),
                    binds.add_as("smallint", smtp_code),
                    binds.add_as("text", response),
                    binds.add_as("smallint", class),
                ];
                format!("({})", fields.join(", "))
            },
        )
        .collect();
    let sql = format!(
        "WITH v (id, state, reason, due_at, attempts, possible_copies, smtp_code, response, class) AS (VALUES {}) \
         UPDATE deliveries SET state = v.state, reason = v.reason, due_at = v.due_at, attempts = v.attempts, \
         possible_copies = v.possible_copies, smtp_code = v.smtp_code, response = v.response, class = v.class, \
         updated_at = {at} \
         FROM v WHERE deliveries.id = v.id",
        rows.join(", ")
    );
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        sql,
        binds.values,
    ))
    .await?;
    deltas.write(tx, worker_id).await?;
    if !refusals.is_empty() {
        suppress(tx, &refusals, now).await?;
        look_again(tx, &refusals).await?;
    }
    Ok(())
}

/// Lets everybody look again at what they hold, if they hold something for those who were suppressed. Most lists
/// have dead addresses: to look again for each of them would cost more than the letters.
async fn look_again(tx: &impl ConnectionTrait, refusals: &[Refusal]) -> Result<(), DbErr> {
    let recipients = refusals.iter().map(|refusal| refusal.recipient_id);
    let held = delivery::Entity::find()
        .filter(delivery::Column::RecipientId.is_in(recipients))
        .filter(delivery::Column::State.eq(State::Sending))
        .one(tx)
        .await?;
    if held.is_some() {
        rules::bump(tx).await?;
    }
    Ok(())
}
