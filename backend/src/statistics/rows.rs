//! Rows of the sums, added up by the databases: over the parts of a period, or by day.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Statement, Value};

use super::days::{Day, Stretch, stretches};
use super::period::{Part, Period};
use super::sums::Target;
use crate::delivery::entity::attempt::OutcomeNumber;
use crate::delivery::entity::delivery::State;
use crate::delivery::entity::run_sum::SumKind;
use crate::delivery::ledger::sums::MONTHLY;

const LETTERS: Table = Table {
    name: "letter_sums",
    by: "state",
    by_of_days: "state",
    letters: "0",
};

const ATTEMPTS: Table = Table {
    name: "attempt_sums",
    by: "outcome, class",
    by_of_days: "outcome",
    letters: "letters",
};

/// A sum of BIGINTs is NUMERIC on PostgreSQL.
const SUMS: &str = "CAST(SUM(count) AS BIGINT) AS count, CAST(SUM(letters) AS BIGINT) AS letters";

/// Things of a kind, and whose letters about them: everyone's if nobody is named.
#[derive(Clone, Copy)]
pub struct Things<'a> {
    pub kind: SumKind,
    pub item_ids: &'a [i64],
    pub owner_ids: Option<&'a [i64]>,
}

#[derive(FromQueryResult)]
pub struct LetterRow {
    pub item_id: i64,
    pub owner_id: i64,
    pub state: State,
    pub count: i64,
}

#[derive(FromQueryResult)]
pub struct AttemptRow {
    pub item_id: i64,
    pub owner_id: i64,
    pub outcome: OutcomeNumber,
    pub class: i16,
    pub count: i64,
    pub letters: i64,
}

#[derive(FromQueryResult)]
pub struct LetterDay {
    pub day: i64,
    pub state: State,
    pub count: i64,
}

#[derive(FromQueryResult)]
pub struct AttemptDay {
    pub day: i64,
    pub outcome: OutcomeNumber,
    pub count: i64,
    pub letters: i64,
}

pub async fn letters(
    db: &impl ConnectionTrait,
    things: Things<'_>,
    period: Period,
) -> Result<Vec<LetterRow>, DbErr> {
    read(summed(db, LETTERS, things, period).await?)
}

pub async fn attempts(
    db: &impl ConnectionTrait,
    things: Things<'_>,
    period: Period,
) -> Result<Vec<AttemptRow>, DbErr> {
    read(summed(db, ATTEMPTS, things, period).await?)
}

/// Days are numbered from 0.
pub async fn letters_by_day(
    db: &impl ConnectionTrait,
    target: &Target,
    days: &[Day],
) -> Result<Vec<LetterDay>, DbErr> {
    read(by_day(db, LETTERS, target, days).await?)
}

pub async fn attempts_by_day(
    db: &impl ConnectionTrait,
    target: &Target,
    days: &[Day],
) -> Result<Vec<AttemptDay>, DbErr> {
    read(by_day(db, ATTEMPTS, target, days).await?)
}

#[derive(Clone, Copy)]
struct Table {
    name: &'static str,
    /// What its sums are told apart by.
    by: &'static str,
    /// The same for days, which do not tell the answers.
    by_of_days: &'static str,
    /// How many letters were accepted for the first time, where it tells.
    letters: &'static str,
}

fn read<T: FromQueryResult>(rows: Vec<QueryResult>) -> Result<Vec<T>, DbErr> {
    rows.iter()
        .map(|row| T::from_query_result(row, ""))
        .collect()
}

/// Each part is a range of the key.
async fn summed(
    db: &impl ConnectionTrait,
    table: Table,
    things: Things<'_>,
    period: Period,
) -> Result<Vec<QueryResult>, DbErr> {
    let Things {
        kind,
        item_ids,
        owner_ids,
    } = things;
    let mut bound = Bound::default();
    let items = bound.all(item_ids);
    let owners = owner_ids.map(|ids| bound.all(ids));
    if items.is_empty() || owners.as_ref().is_some_and(String::is_empty) {
        return Ok(Vec::new());
    }
    let owners = owners.map_or_else(String::new, |ids| format!(" AND owner_id IN ({ids})"));
    let Table {
        name, by, letters, ..
    } = table;
    let mut part = |part: Part| {
        let Part {
            by_month,
            is_taken_off,
            period,
        } = part;
        let kind = kind as i16 + if by_month { MONTHLY } else { 0 };
        let sign = if is_taken_off { "-" } else { "" };
        let first = period.first.map(|first| bound.one(first));
        let first = first.map_or_else(String::new, |first| format!(" AND quarter >= {first}"));
        let end = period.end.map(|end| bound.one(end));
        let end = end.map_or_else(String::new, |end| format!(" AND quarter < {end}"));
        format!(
            "SELECT item_id, owner_id, {by}, {sign}count AS count, {sign}{letters} AS letters FROM {name} \
            WHERE kind = {kind} AND item_id IN ({items}){owners}{first}{end}"
        )
    };
    let parts: Vec<String> = period.parts().into_iter().map(&mut part).collect();
    let sql = format!(
        "SELECT item_id, owner_id, {by}, {SUMS} FROM ({}) AS parts GROUP BY item_id, owner_id, {by}",
        parts.join(" UNION ALL "),
    );
    bound.ask(db, sql).await
}

/// Each stretch of days is a range of the key, so that as many rows are read as there are, once.
async fn by_day(
    db: &impl ConnectionTrait,
    table: Table,
    target: &Target,
    days: &[Day],
) -> Result<Vec<QueryResult>, DbErr> {
    let stretches = stretches(days);
    if stretches.is_empty() || target.owner_ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut bound = Bound::default();
    let kind = target.kind as i16;
    let item = bound.one(target.item_id);
    let owners = bound.all(&target.owner_ids);
    let Table {
        name,
        by_of_days: by,
        letters,
        ..
    } = table;
    let stretch = |stretch: Stretch| {
        let Stretch {
            number,
            first,
            end,
            length,
        } = stretch;
        let (number, length) = (bound.one(number), bound.one(length));
        let (first, end) = (bound.one(first), bound.one(end));
        format!(
            "SELECT {number} + (quarter - {first}) / {length} AS day, {by}, count, {letters} AS letters FROM {name} \
            WHERE kind = {kind} AND item_id = {item} AND owner_id IN ({owners}) AND quarter >= {first} AND quarter < {end}"
        )
    };
    let stretches: Vec<String> = stretches.into_iter().map(stretch).collect();
    let sql = format!(
        "SELECT day, {by}, {SUMS} FROM ({}) AS quarters GROUP BY day, {by}",
        stretches.join(" UNION ALL "),
    );
    bound.ask(db, sql).await
}

/// Numbers that a statement is given, and how it calls them.
#[derive(Default)]
struct Bound(Vec<Value>);

impl Bound {
    fn one(&mut self, number: i64) -> String {
        self.0.push(number.into());
        format!("CAST(${} AS BIGINT)", self.0.len())
    }

    fn all(&mut self, numbers: &[i64]) -> String {
        let places: Vec<String> = numbers.iter().map(|number| self.one(*number)).collect();
        places.join(", ")
    }

    async fn ask(self, db: &impl ConnectionTrait, sql: String) -> Result<Vec<QueryResult>, DbErr> {
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, self.0);
        db.query_all_raw(statement).await
    }
}
