//! The period that is summed up, in quarters of an hour.

use chrono::{DateTime, Utc};
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

    /// Conditions on a column of quarters.
    pub fn of(self, quarter: impl IntoColumnRef + Clone) -> impl Iterator<Item = SimpleExpr> {
        let first = self
            .first
            .map(|first| Expr::col(quarter.clone()).gte(first));
        let end = self.end.map(|end| Expr::col(quarter).lt(end));
        first.into_iter().chain(end)
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
