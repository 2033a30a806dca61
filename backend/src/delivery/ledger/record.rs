//! Recording: a group of outcomes becomes attempts and states, in one transaction.
//!
//! Everything that is written about a delivery was remembered when it was claimed, so that nothing is read back: one
//! conditional statement moves those that still stand as their claim left them ([`super::outcomes`]). A group is
//! written again until its commit is known, so writing it twice must change nothing; what did not move, because it
//! was written before or taken over meanwhile, is looked at with care ([`super::late`]).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::super::classify::class_of;
use super::super::entity::attempt::OutcomeNumber;
use super::super::entity::delivery::State;
use super::super::entity::run;
use super::super::retry::{self, Circumstances, Next};
use super::attempt_counts::New;
use super::begin::{Left, leave};
use super::claim::Held;
use super::counts::Deltas;
use super::outcomes::{self, outcome_of};
use super::refusals::{self, refusal};
use super::{attempts, late};
use crate::mail::{Reply, Verdict};

/// How the try of one delivery ended.
#[derive(Clone, Debug)]
pub struct Tried {
    pub delivery: Arc<Held>,
    pub claim_id: i64,
    /// The mail server's name in the settings.
    pub server: Option<Arc<str>>,
    /// When the try began; tells the tries of one delivery apart.
    pub at: DateTime<Utc>,
    pub took: Duration,
    /// None when the letter was begun and never handed over.
    pub reply: Option<Reply>,
}

impl Tried {
    /// The same delivery may be in flight under an older claim that was taken over: this tells the two apart.
    pub fn key(&self) -> (i64, i64) {
        (self.claim_id, self.delivery.id)
    }

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

impl RunFacts {
    pub fn of(run: &run::Model) -> Self {
        Self {
            on_unknown: run.on_unknown.into(),
            started_at: run.started_at,
            retried_at: run.retried_at,
            ends_at: run.ends_at,
        }
    }
}

/// Writes the outcomes. Of a run without facts nothing is written.
pub async fn record(
    tx: &impl ConnectionTrait,
    group: &[Tried],
    runs: &HashMap<i64, RunFacts>,
    policy: Policy<'_>,
    deltas: &mut Deltas,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut lines = Vec::with_capacity(group.len());
    let mut handed_back: BTreeMap<(i64, i64), Vec<&Tried>> = BTreeMap::new();
    for tried in group {
        let delivery = &tried.delivery;
        let Some(facts) = runs.get(&delivery.run_id) else {
            continue;
        };
        let Some(reply) = &tried.reply else {
            let claim = (tried.claim_id, delivery.run_id);
            handed_back.entry(claim).or_default().push(tried);
            continue;
        };
        let attempts = delivery.attempts + i64::from(tried.counts());
        let next = decide(reply, delivery, attempts, facts, policy, now);
        lines.push(Line { tried, reply, next });
    }

    let copied = lines.iter().map(|line| &line.tried.delivery);
    let copied = copied.filter(|delivery| delivery.possible_copies > 0);
    // A letter that nobody can have got before is accepted for the first time.
    let accepted_before =
        attempts::accepted_before(tx, copied.map(|delivery| delivery.id).collect()).await?;
    let moved = outcomes::write(tx, &lines, now).await?;
    let all_moved = moved.len() == lines.len();
    let moved: HashSet<(i64, i64)> = moved.into_iter().collect();
    let mut unmoved = Vec::new();
    let mut refusals = Vec::new();
    for line in lines {
        let Line { tried, reply, .. } = line;
        let delivery = &tried.delivery;
        if !(all_moved || moved.contains(&tried.key())) {
            unmoved.push(tried);
            continue;
        }
        deltas.moved(delivery.run_id, State::Sending, line.next.state, 1);
        if line.next.suppresses {
            refusals.push(refusal(delivery, reply));
        }
        if let Some(outcome) = outcome_of(tried, reply) {
            deltas.attempts.count(New {
                run_id: delivery.run_id,
                at: tried.at,
                outcome,
                class: class_of(reply).map(Into::into),
                server: tried.server.as_deref(),
                is_first_acceptance: outcome == OutcomeNumber::Succeeded
                    && !accepted_before.contains(&delivery.id),
            });
        }
    }
    refusals::write(tx, &refusals, now).await?;
    for ((claim_id, run_id), letters) in handed_back {
        let left = Left {
            claim_id,
            run_id,
            ids: letters.iter().map(|tried| tried.delivery.id).collect(),
        };
        let back = leave(tx, left, State::Queued, None, deltas, now).await?;
        if back < letters.len() as u64 {
            unmoved.extend(letters);
        }
    }
    late::record(tx, &unmoved, runs, policy, deltas, now).await
}

/// How a delivery changes, and what its attempt says if it was one.
pub(super) struct Line<'a> {
    pub tried: &'a Tried,
    pub reply: &'a Reply,
    pub next: Next,
}

/// What becomes of a delivery after a reply, with so many attempts, this one included.
pub(super) fn decide(
    reply: &Reply,
    delivery: &Held,
    attempts: i64,
    facts: &RunFacts,
    policy: Policy<'_>,
    now: DateTime<Utc>,
) -> Next {
    retry::next(
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
    )
}

pub(super) fn smtp_code(reply: &Reply) -> Option<i16> {
    reply.code.and_then(|code| i16::try_from(code).ok())
}
