//! When a mailing runs: its window, its zone, and how it recurs.

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{FieldCode, FieldError, FieldErrors};

/// Years outside of these are slips of the pen, not plans.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    pub const ALL: [Self; 7] = [
        Self::Mon,
        Self::Tue,
        Self::Wed,
        Self::Thu,
        Self::Fri,
        Self::Sat,
        Self::Sun,
    ];
}

impl From<Weekday> for chrono::Weekday {
    fn from(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Mon => Self::Mon,
            Weekday::Tue => Self::Tue,
            Weekday::Wed => Self::Wed,
            Weekday::Thu => Self::Thu,
            Weekday::Fri => Self::Fri,
            Weekday::Sat => Self::Sat,
            Weekday::Sun => Self::Sun,
        }
    }
}

/// When a mailing runs again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Recurrence {
    #[default]
    Once,
    Daily,
    Weekly {
        /// Without any: that of `starts_at` in the mailing's zone.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        weekdays: Vec<Weekday>,
    },
    /// Either by `day`, or by `week` and `weekday`; without any: the day of `starts_at` in the mailing's zone.
    Monthly {
        /// 1 to 31; in a shorter month its last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        day: Option<u8>,
        /// 1 to 4, or -1 for the last one in the month.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        week: Option<i8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        weekday: Option<Weekday>,
    },
}

impl Recurrence {
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if let Recurrence::Weekly { weekdays } = self
            && weekdays.len() > Weekday::ALL.len()
        {
            let error = FieldError::new(FieldCode::TooLong, "a week has seven days");
            let limit = Some(Weekday::ALL.len() as u64);
            errors.add("recurrence.weekdays", FieldError { limit, ..error });
        }
        if let Recurrence::Monthly { day, week, weekday } = self {
            if day.is_some_and(|day| !(1..=31).contains(&day)) {
                errors.add("recurrence.day", out_of_range("must be 1 to 31"));
            }
            if week.is_some_and(|week| !(1..=4).contains(&week) && week != -1) {
                errors.add(
                    "recurrence.week",
                    out_of_range("must be 1 to 4, or -1 for the last"),
                );
            }
            if day.is_some() && (week.is_some() || weekday.is_some()) {
                errors.add(
                    "recurrence",
                    out_of_range("takes either a day, or a week and a weekday"),
                );
            }
            if week.is_some() && weekday.is_none() {
                errors.add(
                    "recurrence.weekday",
                    FieldError::new(FieldCode::Required, "a week needs its weekday"),
                );
            }
            if weekday.is_some() && week.is_none() {
                errors.add(
                    "recurrence.week",
                    FieldError::new(FieldCode::Required, "a weekday needs its week"),
                );
            }
        }
        errors.finish()
    }
}

/// When a mailing runs.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    pub starts_at: DateTime<Utc>,
    #[serde(default)]
    pub ends_at: Option<DateTime<Utc>>,
    /// IANA name, such as `Europe/Moscow`.
    #[schema(example = "Europe/Moscow")]
    pub time_zone: String,
    #[serde(default)]
    pub recurrence: Recurrence,
}

impl Schedule {
    /// All that can be said without knowing the zones: those the server knows.
    pub fn check(&self, now: DateTime<Utc>) -> Result<(), FieldErrors> {
        let Self {
            starts_at,
            ends_at,
            time_zone,
            recurrence,
        } = self;
        let mut errors = recurrence.check().err().unwrap_or_default();
        if !YEARS.contains(&starts_at.year()) {
            errors.add(
                "starts_at",
                out_of_range("must be in this century or the next"),
            );
        }
        if let Some(ends_at) = ends_at {
            if !YEARS.contains(&ends_at.year()) {
                errors.add(
                    "ends_at",
                    out_of_range("must be in this century or the next"),
                );
            } else if ends_at <= starts_at {
                errors.add(
                    "ends_at",
                    FieldError::new(FieldCode::EndBeforeStart, "must be after the start"),
                );
            } else if *ends_at <= now {
                errors.add(
                    "ends_at",
                    FieldError::new(FieldCode::WindowOver, "has passed"),
                );
            }
        }
        if time_zone.is_empty() {
            errors.add(
                "time_zone",
                FieldError::new(FieldCode::Required, "must be an IANA zone name"),
            );
        }
        errors.finish()
    }
}

pub(super) fn out_of_range(message: &str) -> FieldError {
    FieldError::new(FieldCode::OutOfRange, message)
}
