//! The period that is summed up, in quarters of an hour.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, Utc};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, SimpleExpr};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::database::keyset;
use crate::delivery::ledger::sums::{QUARTER, quarter_of};
use crate::problem::ApiError;

/// Which time is summed up.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeriodQuery {
    /// Not before this instant, from the beginning of its quarter of an hour on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant, to the end of its quarter of an hour.
    pub to: Option<DateTime<Utc>>,
}

/// Whole quarters of an hour, open where nothing was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub first: Option<i64>,
    /// The first one behind it.
    pub end: Option<i64>,
}

impl Period {
    pub fn asked(query: PeriodQuery) -> Result<Self, ApiError> {
        let PeriodQuery { from, to } = query;
        let from = from.map(|at| keyset::instant("from", at)).transpose()?;
        let to = to.map(|at| keyset::instant("to", at)).transpose()?;
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            return Err(before_from());
        }
        Ok(Self {
            first: from.map(quarter_of),
            end: to.map(first_not_before),
        })
    }

    pub fn is_open(self) -> bool {
        self == Self::default()
    }

    pub fn from(self) -> Option<DateTime<Utc>> {
        self.first.and_then(begin_of)
    }

    pub fn to(self) -> Option<DateTime<Utc>> {
        self.end.and_then(begin_of)
    }

    /// How it is summed up from the fewest rows: of the whole months nearest to it, less or more what lies between
    /// its ends and theirs.
    pub fn parts(self) -> Vec<Part> {
        let Self { first, end } = self;
        let months = Self {
            first: first.map(nearest_month),
            end: end.map(nearest_month),
        };
        let mut parts = vec![Part::months(months)];
        parts.extend(
            first
                .zip(months.first)
                .and_then(|(first, month)| Part::between(first, month)),
        );
        parts.extend(
            end.zip(months.end)
                .and_then(|(end, month)| Part::between(month, end)),
        );
        let edges = parts[1..].iter().map(|edge| edge.period.length()).sum();
        if first.is_some() && end.is_some() && self.length() <= edges {
            return vec![Part::quarters(self)];
        }
        parts
    }

    /// In quarters; of an open one nothing is known.
    pub fn length(self) -> i64 {
        let ends = self.first.zip(self.end);
        ends.map_or(i64::MAX, |(first, end)| end.saturating_sub(first))
    }

    /// Conditions on a column of quarters.
    pub fn of(self, quarter: impl IntoColumnRef + Clone) -> impl Iterator<Item = SimpleExpr> {
        let first = self
            .first
            .map(|first| Expr::col(quarter.clone()).gte(first));
        let end = self.end.map(|end| Expr::col(quarter).lt(end));
        first.into_iter().chain(end)
    }
}

/// A part of what is summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub period: Period,
    /// From the sums of whole months, which the period then begins and ends with.
    pub by_month: bool,
    /// It was counted with a month of which it is not asked for.
    pub is_taken_off: bool,
}

impl Part {
    fn months(period: Period) -> Self {
        Self {
            period,
            by_month: true,
            is_taken_off: false,
        }
    }

    fn quarters(period: Period) -> Self {
        Self {
            by_month: false,
            ..Self::months(period)
        }
    }

    /// From one quarter to another; taken off where the other lies before it.
    fn between(from: i64, to: i64) -> Option<Self> {
        let (first, end) = if from < to { (from, to) } else { (to, from) };
        let period = Period {
            first: Some(first),
            end: Some(end),
        };
        (from != to).then_some(Self {
            is_taken_off: to < from,
            ..Self::quarters(period)
        })
    }
}

/// The first quarter of a month (UTC), of this one or the next.
fn nearest_month(quarter: i64) -> i64 {
    let begin = |month: NaiveDate| quarter_of(month.and_time(NaiveTime::MIN).and_utc());
    let month = begin_of(quarter).and_then(|at| at.date_naive().with_day(1));
    let next = month.and_then(|month| month.checked_add_months(Months::new(1)));
    let (Some(month), Some(next)) = (month, next) else {
        return quarter;
    };
    let (before, after) = (begin(month), begin(next));
    match quarter - before <= after - quarter {
        true => before,
        false => after,
    }
}

/// The quarter that begins at this instant or after it.
pub fn first_not_before(at: DateTime<Utc>) -> i64 {
    let quarter = quarter_of(at);
    match begin_of(quarter) {
        Some(begin) if begin < at => quarter + 1,
        _ => quarter,
    }
}

pub fn before_from() -> ApiError {
    let error = FieldError::new(FieldCode::OutOfRange, "must not lie before `from`");
    ApiError::Invalid(FieldErrors::one("to", error))
}

fn begin_of(quarter: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(quarter.checked_mul(QUARTER)?, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 4;
    const DAY: i64 = 24 * HOUR;

    fn quarter(day: &str) -> i64 {
        let date: NaiveDate = day.parse().unwrap();
        quarter_of(date.and_time(NaiveTime::MIN).and_utc())
    }

    fn period(first: i64, end: i64) -> Period {
        Period {
            first: Some(first),
            end: Some(end),
        }
    }

    /// A row for each quarter, whose count is its number.
    fn summed(part: Part) -> i128 {
        let Part {
            period,
            by_month,
            is_taken_off,
        } = part;
        let (first, end) = period.first.zip(period.end).unwrap();
        if by_month {
            assert_eq!((nearest_month(first), nearest_month(end)), (first, end));
        }
        let sum = i128::from(first + end - 1) * i128::from(end - first) / 2;
        if is_taken_off { -sum } else { sum }
    }

    #[test]
    fn the_parts_of_a_period_are_the_period() {
        let begin = quarter("2027-12-30");
        for from in (0..70 * DAY).step_by(101) {
            for length in (0..420 * DAY).step_by(4_001) {
                let asked = period(begin + from, begin + from + length);
                let parts: i128 = asked.parts().into_iter().map(summed).sum();
                assert_eq!(parts, summed(Part::quarters(asked)), "{asked:?}");
            }
        }
    }

    #[test]
    fn a_month_of_moscow_is_a_month_and_two_edges() {
        let (march, april) = (quarter("2030-03-01"), quarter("2030-04-01"));
        let asked = period(march - 3 * HOUR, april - 3 * HOUR);
        let edge = |first, end, is_taken_off| Part {
            is_taken_off,
            ..Part::quarters(period(first, end))
        };
        let expected = [
            Part::months(period(march, april)),
            edge(march - 3 * HOUR, march, false),
            edge(april - 3 * HOUR, april, true),
        ];
        assert_eq!(asked.parts(), expected);
    }

    #[test]
    fn what_is_short_is_summed_up_by_quarters_and_all_time_by_months() {
        let week = period(quarter("2030-03-28"), quarter("2030-04-04"));
        assert_eq!(week.parts(), [Part::quarters(week)]);
        let all = Period::default();
        assert_eq!(all.parts(), [Part::months(all)]);
        let since = Period {
            first: Some(quarter("2030-03-02")),
            end: None,
        };
        let march = quarter("2030-03-01");
        let months = Period {
            first: Some(march),
            end: None,
        };
        let off = Part {
            is_taken_off: true,
            ..Part::quarters(period(march, march + DAY))
        };
        assert_eq!(since.parts(), [Part::months(months), off]);
    }
}
