//! Figures from the sums: of one thing, of the things of a page, by day.

use std::collections::HashMap;

use contract::accounts::users::LetterCounts;
use contract::delivery::{FailureClass, Outcome};
use contract::statistics::{AnswerCount, Figures};
use sea_orm::sea_query::{Condition, Expr, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    Statement, Value,
};

use super::days::{Day, Stretch, stretches};
use super::period::Period;
use crate::delivery::entity::attempt::OutcomeNumber;
use crate::delivery::entity::attempt_count::NO_CLASS;
use crate::delivery::entity::class::ClassNumber;
use crate::delivery::entity::delivery::State;
use crate::delivery::entity::run_sum::SumKind;
use crate::delivery::entity::{attempt_sum, letter_sum};

/// A sum of BIGINTs is NUMERIC on PostgreSQL.
const COUNT: &str = "CAST(SUM(count) AS BIGINT)";
const LETTERS: &str = "CAST(SUM(letters) AS BIGINT)";

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

#[derive(FromQueryResult)]
struct LetterRow {
    item_id: i64,
    owner_id: i64,
    state: State,
    count: i64,
}

#[derive(FromQueryResult)]
struct AttemptRow {
    item_id: i64,
    owner_id: i64,
    outcome: OutcomeNumber,
    class: i16,
    count: i64,
    letters: i64,
}

#[derive(FromQueryResult)]
struct LetterDay {
    day: i64,
    state: State,
    count: i64,
}

#[derive(FromQueryResult)]
struct AttemptDay {
    day: i64,
    outcome: OutcomeNumber,
    count: i64,
    letters: i64,
}

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
    let mut figures = Figures::default();
    let mut answers: Vec<AnswerCount> = Vec::new();
    for row in letters(db, *kind, &[*item_id], Some(owner_ids), period).await? {
        add_letters(&mut figures.letters, row.state, row.count);
    }
    for row in attempts(db, *kind, &[*item_id], Some(owner_ids), period).await? {
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
    let owner_ids = owner_id.as_ref().map(std::slice::from_ref);
    let mut items: HashMap<ItemKey, Figures> = HashMap::new();
    for row in letters(db, kind, item_ids, owner_ids, period).await? {
        let figures = items.entry((row.item_id, row.owner_id)).or_default();
        add_letters(&mut figures.letters, row.state, row.count);
    }
    for row in attempts(db, kind, item_ids, owner_ids, period).await? {
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
    let found = days_of(db, target, days, "letter_sums", "state").await?;
    for row in found {
        let LetterDay { day, state, count } = LetterDay::from_query_result(&row, "")?;
        if let Some(figures) = figures.get_mut(place(day)) {
            add_letters(&mut figures.letters, state, count);
        }
    }
    let found = days_of(db, target, days, "attempt_sums", "outcome").await?;
    for row in found {
        let AttemptDay {
            day,
            outcome,
            count,
            letters,
        } = AttemptDay::from_query_result(&row, "")?;
        if let Some(figures) = figures.get_mut(place(day)) {
            add_attempts(figures, outcome, count, letters);
        }
    }
    Ok(figures.into_iter().map(rated).collect())
}

async fn letters(
    db: &impl ConnectionTrait,
    kind: SumKind,
    item_ids: &[i64],
    owner_ids: Option<&[i64]>,
    period: Period,
) -> Result<Vec<LetterRow>, DbErr> {
    use letter_sum::{Column, Entity};
    let key = [Column::Kind, Column::ItemId, Column::OwnerId];
    let within = period.of((Entity, Column::Quarter));
    let wanted = of_key(key, kind, item_ids, owner_ids, within);
    Entity::find()
        .select_only()
        .columns([Column::ItemId, Column::OwnerId, Column::State])
        .expr_as(Expr::cust(COUNT), "count")
        .filter(wanted)
        .group_by(Column::ItemId)
        .group_by(Column::OwnerId)
        .group_by(Column::State)
        .into_model()
        .all(db)
        .await
}

async fn attempts(
    db: &impl ConnectionTrait,
    kind: SumKind,
    item_ids: &[i64],
    owner_ids: Option<&[i64]>,
    period: Period,
) -> Result<Vec<AttemptRow>, DbErr> {
    use attempt_sum::{Column, Entity};
    let key = [Column::Kind, Column::ItemId, Column::OwnerId];
    let within = period.of((Entity, Column::Quarter));
    let wanted = of_key(key, kind, item_ids, owner_ids, within);
    Entity::find()
        .select_only()
        .columns([
            Column::ItemId,
            Column::OwnerId,
            Column::Outcome,
            Column::Class,
        ])
        .expr_as(Expr::cust(COUNT), "count")
        .expr_as(Expr::cust(LETTERS), "letters")
        .filter(wanted)
        .group_by(Column::ItemId)
        .group_by(Column::OwnerId)
        .group_by(Column::Outcome)
        .group_by(Column::Class)
        .into_model()
        .all(db)
        .await
}

/// The rows of these things, and of these people's letters about them, within a period.
fn of_key<C: ColumnTrait>(
    [kind_column, item_column, owner_column]: [C; 3],
    kind: SumKind,
    item_ids: &[i64],
    owner_ids: Option<&[i64]>,
    within: impl IntoIterator<Item = SimpleExpr>,
) -> Condition {
    let mut wanted = Condition::all()
        .add(kind_column.eq(kind))
        .add(item_column.is_in(item_ids.iter().copied()));
    if let Some(owners) = owner_ids {
        wanted = wanted.add(owner_column.is_in(owners.iter().copied()));
    }
    within.into_iter().fold(wanted, Condition::add)
}

/// Sums by day and one more column. Each stretch of days is a range of the key, so that as many rows are read as there
/// are, once.
async fn days_of(
    db: &impl ConnectionTrait,
    target: &Target,
    days: &[Day],
    table: &str,
    by: &str,
) -> Result<Vec<sea_orm::QueryResult>, DbErr> {
    let stretches = stretches(days);
    if stretches.is_empty() || target.owner_ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = vec![(target.kind as i16).into(), target.item_id.into()];
    let mut bound = |value: i64| {
        values.push(value.into());
        format!("CAST(${} AS BIGINT)", values.len())
    };
    let owners: Vec<String> = target.owner_ids.iter().map(|id| bound(*id)).collect();
    let owners = owners.join(", ");
    let letters = match table {
        "attempt_sums" => "letters",
        _ => "0",
    };
    let stretch = |stretch: Stretch| {
        let Stretch {
            number,
            first,
            end,
            length,
        } = stretch;
        let (number, length) = (bound(number), bound(length));
        let (first, end) = (bound(first), bound(end));
        format!(
            "SELECT {number} + (quarter - {first}) / {length} AS day, {by}, count, {letters} AS letters FROM {table} \
            WHERE kind = $1 AND item_id = $2 AND owner_id IN ({owners}) AND quarter >= {first} AND quarter < {end}"
        )
    };
    let stretches: Vec<String> = stretches.into_iter().map(stretch).collect();
    let sql = format!(
        "SELECT day, {by}, {COUNT} AS count, {LETTERS} AS letters FROM ({}) AS quarters GROUP BY day, {by}",
        stretches.join(" UNION ALL "),
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.query_all_raw(statement).await
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
