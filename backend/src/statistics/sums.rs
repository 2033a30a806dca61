//! Figures from the sums: of one thing, of the things of a page, by day. Letters and attempts are summed up by two
//! statements. They are asked of a snapshot: else more letters would be accepted than were sent.

use std::collections::HashMap;

use contract::accounts::users::LetterCounts;
use contract::delivery::{FailureClass, Outcome};
use contract::statistics::{AnswerCount, Figures};
use sea_orm::{ConnectionTrait, DbErr};

use super::days::Day;
use super::period::Period;
use super::rows::{self, AttemptDay, AttemptRow, LetterDay, Things};
use crate::delivery::entity::attempt::OutcomeNumber;
use crate::delivery::entity::attempt_count::NO_CLASS;
use crate::delivery::entity::class::ClassNumber;
use crate::delivery::entity::delivery::State;
use crate::delivery::entity::run_sum::SumKind;

/// Rates are told to four places.
const RATE_STEPS: f64 = 10_000.0;

/// What is summed up: one thing, and the letters of some people about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub kind: SumKind,
    pub item_id: i64,
    pub owner_ids: Vec<i64>,
}

impl Target {
    pub fn service() -> Self {
        Self {
            kind: SumKind::Service,
            item_id: 0,
            owner_ids: vec![0],
        }
    }

    pub fn user(id: i64) -> Self {
        Self {
            kind: SumKind::User,
            item_id: id,
            owner_ids: vec![id],
        }
    }
}

/// A thing and whose letters about it.
pub type ItemKey = (i64, i64);

/// The figures of one thing, and its attempts by the server's answer.
pub async fn of(
    db: &impl ConnectionTrait,
    target: &Target,
    period: Period,
) -> Result<(Figures, Vec<AnswerCount>), DbErr> {
    let Target {
        kind,
        item_id,
        owner_ids,
    } = target;
    let things = Things {
        kind: *kind,
        item_ids: &[*item_id],
        owner_ids: Some(owner_ids),
    };
    let mut figures = Figures::default();
    let mut answers: Vec<AnswerCount> = Vec::new();
    for row in rows::letters(db, things, period).await? {
        add_letters(&mut figures.letters, row.state, row.count);
    }
    for row in rows::attempts(db, things, period).await? {
        add_attempts(&mut figures, row.outcome, row.count, row.letters);
        add_answer(&mut answers, &row);
    }
    answers.sort_by_key(|answer| (OutcomeNumber::from(answer.outcome), answer.class));
    Ok((rated(figures), answers))
}

/// The figures of the things of a page, for each of those who have sent them, or for one.
pub async fn of_items(
    db: &impl ConnectionTrait,
    kind: SumKind,
    item_ids: &[i64],
    owner_id: Option<i64>,
    period: Period,
) -> Result<HashMap<ItemKey, Figures>, DbErr> {
    let things = Things {
        kind,
        item_ids,
        owner_ids: owner_id.as_ref().map(std::slice::from_ref),
    };
    let mut items: HashMap<ItemKey, Figures> = HashMap::new();
    for row in rows::letters(db, things, period).await? {
        let figures = items.entry((row.item_id, row.owner_id)).or_default();
        add_letters(&mut figures.letters, row.state, row.count);
    }
    for row in rows::attempts(db, things, period).await? {
        let figures = items.entry((row.item_id, row.owner_id)).or_default();
        add_attempts(figures, row.outcome, row.count, row.letters);
    }
    for figures in items.values_mut() {
        *figures = rated(*figures);
    }
    Ok(items)
}

/// The figures of one thing for each of these days.
pub async fn by_day(
    db: &impl ConnectionTrait,
    target: &Target,
    days: &[Day],
) -> Result<Vec<Figures>, DbErr> {
    let mut figures = vec![Figures::default(); days.len()];
    let place = |day: i64| usize::try_from(day).unwrap_or(usize::MAX);
    for LetterDay { day, state, count } in rows::letters_by_day(db, target, days).await? {
        if let Some(figures) = figures.get_mut(place(day)) {
            add_letters(&mut figures.letters, state, count);
        }
    }
    for row in rows::attempts_by_day(db, target, days).await? {
        let AttemptDay {
            day,
            outcome,
            count,
            letters,
        } = row;
        if let Some(figures) = figures.get_mut(place(day)) {
            add_attempts(figures, outcome, count, letters);
        }
    }
    Ok(figures.into_iter().map(rated).collect())
}

/// One worker's row may be below zero; the sum over all is not.
fn shown(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

fn add_letters(letters: &mut LetterCounts, state: State, count: i64) {
    let count = shown(count);
    match state {
        State::Queued | State::Sending => letters.queued += count,
        State::Sent => letters.sent += count,
        State::Failed => letters.failed += count,
        State::Skipped => letters.skipped += count,
        State::Unknown => letters.unknown += count,
    }
}

fn add_attempts(figures: &mut Figures, outcome: OutcomeNumber, count: i64, letters: i64) {
    let count = shown(count);
    figures.attempts += count;
    figures.accepted += shown(letters);
    match outcome {
        OutcomeNumber::Succeeded => figures.succeeded += count,
        OutcomeNumber::Failed => figures.failed += count,
        OutcomeNumber::Unknown => figures.unknown += count,
    }
}

fn add_answer(answers: &mut Vec<AnswerCount>, row: &AttemptRow) {
    let outcome = Outcome::from(row.outcome);
    let class = FailureClass::ALL
        .into_iter()
        .filter(|_| row.class != NO_CLASS)
        .find(|class| ClassNumber::from(*class) as i16 == row.class);
    let attempts = shown(row.count);
    let same = answers
        .iter_mut()
        .find(|answer| answer.outcome == outcome && answer.class == class);
    match same {
        Some(answer) => answer.attempts += attempts,
        None if attempts > 0 => answers.push(AnswerCount {
            outcome,
            class,
            attempts,
        }),
        None => {}
    }
}

fn rated(figures: Figures) -> Figures {
    let rate = figures.succeeded as f64 / figures.attempts as f64;
    let rate = (rate * RATE_STEPS).round() / RATE_STEPS;
    Figures {
        success_rate: (figures.attempts > 0).then_some(rate),
        ..figures
    }
}
