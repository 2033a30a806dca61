//! What became of each letter: the mail servers' answers, told on by the engine's own rules.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contract::delivery::{EndReason, Outcome, Trigger};
use contract::mailings::Channel;

use super::answers::Said;
use super::plans::{Fate, Plan, To};
use super::recipients::Customer;
use crate::app::App;
use crate::delivery::entity::delivery::State;
use crate::delivery::retry::{self, Circumstances};
use crate::mail::Verdict;
use crate::mailings::schedule::Calendar;
use crate::problem::ApiError;

/// The worker looks once a second.
const NOTICED_AFTER: TimeDelta = TimeDelta::milliseconds(400);
/// No mailing of a month has more occurrences.
const OCCURRENCES: usize = 60;

/// What the story goes by.
#[derive(Clone, Debug)]
pub struct Rules {
    pub retry_after: Vec<Duration>,
    pub unreachable_for: Duration,
    pub now: DateTime<Utc>,
}

/// One run, with its letters in the order of their recipients' ids.
#[derive(Clone, Debug)]
pub struct Run {
    pub planned_for: DateTime<Utc>,
    pub started_at: DateTime<Utc>,
    pub trigger: Trigger,
    pub letters: Vec<Letter>,
    /// Why those that were left were skipped.
    pub close_reason: Option<EndReason>,
    /// None while something is left to try.
    pub finished_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug)]
pub struct Letter {
    pub recipient_id: i64,
    pub email: String,
    pub full_name: String,
    /// Of an SMS: where it goes.
    pub phone: Option<String>,
    pub state: State,
    pub reason: Option<EndReason>,
    pub due_at: DateTime<Utc>,
    pub possible_copies: u64,
    pub updated_at: DateTime<Utc>,
    pub tries: Vec<Try>,
}

#[derive(Clone, Debug)]
pub struct Try {
    pub at: DateTime<Utc>,
    pub outcome: Outcome,
    pub said: Said,
}

/// When what is left of a run is given up, and why.
#[derive(Clone, Copy, Debug)]
struct Closing {
    at: DateTime<Utc>,
    reason: EndReason,
}

impl Rules {
    pub fn of(app: &App, now: DateTime<Utc>) -> Self {
        let delivery = &app.config.delivery;
        Self {
            retry_after: delivery.retry_after.iter().map(|wait| wait.0).collect(),
            unreachable_for: delivery.unreachable_for,
            now,
        }
    }
}

/// The past runs of a mailing. `number` tells mailings apart.
pub fn of(
    plan: &Plan,
    number: u64,
    customers: &[Customer],
    rules: &Rules,
) -> Result<Vec<Run>, ApiError> {
    let starts = starts(plan, rules.now)?;
    let runs = starts.iter().enumerate().map(|(place, (at, trigger))| {
        let next = starts.get(place + 1).map(|(next, _)| *next);
        let seed = number * 1_000_003 + place as u64 * 1_009;
        run(plan, customers, rules, (*at, *trigger), next, seed)
    });
    Ok(runs.collect())
}

/// Those of the owner's recipients whom the mailing is for.
pub fn chosen<'a>(plan: &Plan, customers: &'a [Customer]) -> impl Iterator<Item = &'a Customer> {
    let step = match plan.to {
        To::Everyone => 1,
        To::Every(step) => step,
    };
    customers.iter().step_by(step)
}

/// When runs were planned for.
fn starts(plan: &Plan, now: DateTime<Utc>) -> Result<Vec<(DateTime<Utc>, Trigger)>, ApiError> {
    let until = match plan.fate {
        Fate::Its => now,
        Fate::PausedAt(at) | Fate::StoppedAt(at, _) => at,
    };
    let occurrences = Calendar::new(&plan.schedule)?.preview(OCCURRENCES);
    let mut starts: Vec<_> = occurrences
        .iter()
        .map(|at| (*at, Trigger::Schedule))
        .collect();
    if let Some((number, later)) = plan.again
        && let Some(at) = occurrences.get(number)
    {
        starts.push((*at + later, Trigger::Manual));
    }
    starts.retain(|(at, _)| *at + NOTICED_AFTER <= until);
    starts.sort_by_key(|(at, _)| *at);
    Ok(starts)
}

fn run(
    plan: &Plan,
    customers: &[Customer],
    rules: &Rules,
    (planned_for, trigger): (DateTime<Utc>, Trigger),
    next: Option<DateTime<Utc>>,
    seed: u64,
) -> Run {
    let started_at = planned_for + NOTICED_AFTER;
    let closing = closing(plan, next, rules.now);
    let letters: Vec<Letter> = chosen(plan, customers)
        .filter(|customer| customer.left_at.is_none_or(|left_at| left_at > started_at))
        .zip(0..)
        .map(|(customer, place)| {
            let first_try = started_at + TimeDelta::milliseconds(150) + plan.pace * place;
            let left = customer.left_at.map(|at| Closing {
                at,
                reason: EndReason::RecipientDeleted,
            });
            let closing = [closing, left]
                .into_iter()
                .flatten()
                .min_by_key(|one| one.at);
            letter(
                plan,
                customer,
                rules,
                (started_at, first_try),
                closing,
                seed + place as u64,
            )
        })
        .collect();
    let is_open = letters.iter().any(|letter| letter.state == State::Queued);
    let close_reason = closing
        .map(|closing| closing.reason)
        .filter(|reason| letters.iter().any(|letter| letter.reason == Some(*reason)));
    let last = letters.iter().map(|letter| letter.updated_at).max();
    Run {
        planned_for,
        started_at,
        trigger,
        letters,
        close_reason,
        finished_at: last.filter(|_| !is_open),
    }
}

fn closing(plan: &Plan, next: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Closing> {
    let stopped = match plan.fate {
        Fate::StoppedAt(at, _) => Some(at),
        Fate::Its | Fate::PausedAt(_) => None,
    };
    [
        (next, EndReason::Superseded),
        (stopped, EndReason::Stopped),
        (plan.schedule.ends_at, EndReason::WindowOver),
    ]
    .into_iter()
    .filter_map(|(at, reason)| at.map(|at| Closing { at, reason }))
    .filter(|closing| closing.at <= now)
    .min_by_key(|closing| closing.at)
}

fn letter(
    plan: &Plan,
    customer: &Customer,
    rules: &Rules,
    (started_at, first_try): (DateTime<Utc>, DateTime<Utc>),
    closing: Option<Closing>,
    seed: u64,
) -> Letter {
    let by_sms = plan.channel == Channel::Sms;
    let mut letter = Letter {
        recipient_id: customer.id,
        email: customer.email.clone(),
        full_name: customer.full_name.clone(),
        phone: customer.phone.clone().filter(|_| by_sms),
        state: State::Queued,
        reason: None,
        due_at: started_at,
        possible_copies: 0,
        updated_at: started_at,
        tries: Vec::new(),
    };
    if by_sms && letter.phone.is_none() {
        letter.state = State::Skipped;
        letter.reason = Some(EndReason::NoPhone);
    }
    let mut at = first_try;
    while letter.state == State::Queued {
        if let Some(Closing { at, reason }) = closing.filter(|closing| closing.at <= at) {
            letter.state = State::Skipped;
            letter.reason = Some(reason);
            letter.updated_at = at;
            break;
        }
        let number = letter.tries.len() as u64 + 1;
        let said = match plan.channel {
            Channel::Email => customer.nature.answer(&customer.email, number, seed),
            Channel::Sms => customer.nature.sms_answer(number, seed),
        };
        let answered_at = at + TimeDelta::milliseconds(said.milliseconds.into());
        if answered_at > rules.now {
            break;
        }
        let next = retry::next(
            &said.reply(),
            Circumstances {
                retry_after: &rules.retry_after,
                unreachable_for: rules.unreachable_for,
                tries: number,
                possible_copies: letter.possible_copies,
                on_unknown: plan.on_unknown,
                trying_since: started_at,
                ends_at: plan.schedule.ends_at,
                now: answered_at,
            },
        );
        letter.tries.push(Try {
            at,
            outcome: outcome(said.verdict),
            said,
        });
        letter.state = next.state;
        letter.reason = next.reason;
        letter.possible_copies = next.possible_copies;
        letter.updated_at = answered_at;
        letter.due_at = next.due_at.unwrap_or(letter.due_at);
        at = letter.due_at + NOTICED_AFTER;
    }
    letter
}

fn outcome(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Accepted => Outcome::Succeeded,
        Verdict::Unknown => Outcome::Unknown,
        Verdict::Transient | Verdict::Permanent | Verdict::NotTried => Outcome::Failed,
    }
}
