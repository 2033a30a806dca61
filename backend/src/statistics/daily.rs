//! Figures by day.

use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Tz;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use contract::statistics::{DAYS_DEFAULT, DAYS_LIMIT, DailyStatistics, DayStatistics};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::Deserialize;
use utoipa::IntoParams;

use super::days::{Day, days};
use super::items;
use super::period::before_from;
use super::sums::{self, Target};
use super::whose::{Whose, WhoseQuery};
use crate::accounts::entity as account;
use crate::app::App;
use crate::delivery::entity::run_sum::SumKind;
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;
use crate::zone;

/// Of which days, and of what, it is asked.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DailyQuery {
    /// The first day: 29 days before the last one if not given.
    #[param(example = "2030-05-01")]
    pub from: Option<NaiveDate>,
    /// The last day: today if not given. 366 days at most.
    #[param(example = "2030-05-30")]
    pub to: Option<NaiveDate>,
    /// IANA name of the zone whose days they are: the caller's own if not given.
    #[param(example = "Europe/Moscow")]
    pub time_zone: Option<String>,
    /// Only the letters of this mailing.
    pub mailing_id: Option<i64>,
    /// Only those of this message; not together with `mailing_id`.
    pub message_id: Option<i64>,
}

pub async fn daily(
    app: &App,
    user: &CurrentUser,
    whose: WhoseQuery,
    query: &DailyQuery,
) -> Result<DailyStatistics, ApiError> {
    let whose = Whose::asked(whose, user)?;
    let zone = zone(app, user, query.time_zone.as_deref()).await?;
    let days = asked_days(app, zone, query)?;
    let db = &app.database.snapshot().await?;
    let target = target(db, user, whose, query).await?;
    let figures = sums::by_day(db, &target, &days).await?;
    let days = days.into_iter().zip(figures);
    Ok(DailyStatistics {
        time_zone: zone.name().to_owned(),
        days: days
            .map(|(day, figures)| {
                let Day {
                    date,
                    from,
                    to,
                    first: _,
                    end: _,
                } = day;
                DayStatistics {
                    date,
                    from,
                    to,
                    figures,
                }
            })
            .collect(),
    })
}

async fn zone(app: &App, user: &CurrentUser, asked: Option<&str>) -> Result<Tz, ApiError> {
    let name = match asked {
        Some(name) => name.to_owned(),
        None => {
            let account = account::Entity::find_by_id(user.id);
            let account = account.one(app.database.read()).await?;
            account.map_or_else(|| "UTC".to_owned(), |account| account.time_zone)
        }
    };
    zone::named(&name).map_err(|error| FieldErrors::one("time_zone", error).into())
}

fn asked_days(app: &App, zone: Tz, query: &DailyQuery) -> Result<Vec<Day>, ApiError> {
    let today = app.clock.now().with_timezone(&zone).date_naive();
    let last = known("to", query.to.unwrap_or(today))?;
    let before = Days::new(DAYS_DEFAULT - 1);
    let first = query.from.or_else(|| last.checked_sub_days(before));
    let first = known("from", first.unwrap_or(last))?;
    if last < first {
        return Err(before_from());
    }
    let count = (last - first).num_days() + 1;
    if u64::try_from(count).is_ok_and(|count| count > DAYS_LIMIT) {
        let message = format!("must be {DAYS_LIMIT} days at most from `from` on");
        return Err(out_of_range("to", message));
    }
    Ok(days(zone, first, last))
}

/// Dates beyond these are nobody's days.
fn known(field: &str, date: NaiveDate) -> Result<NaiveDate, ApiError> {
    match date.year() {
        1970..=9998 => Ok(date),
        _ => Err(out_of_range(
            field,
            "must be of the years 1970 to 9998".to_owned(),
        )),
    }
}

async fn target(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    whose: Whose,
    query: &DailyQuery,
) -> Result<Target, ApiError> {
    let (kind, id) = match (query.mailing_id, query.message_id) {
        (None, None) => return Ok(whose.target()),
        (Some(id), None) => (SumKind::Mailing, id),
        (None, Some(id)) => (SumKind::Message, id),
        (Some(_), Some(_)) => {
            let message = "is not known together with a mailing".to_owned();
            return Err(out_of_range("message_id", message));
        }
    };
    let item = items::find(db, user, kind, id, whose).await?;
    Ok(item.target)
}

fn out_of_range(field: &str, message: String) -> ApiError {
    let error = FieldError::new(FieldCode::OutOfRange, message);
    ApiError::Invalid(FieldErrors::one(field, error))
}
