//! The period that a report looks at, as it stands in the address bar.

use chrono::{DateTime, Days, NaiveDate, Utc};

/// Days in the person's zone; the last one is included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Period {
    #[default]
    Ever,
    Today,
    /// So many days, today the last of them.
    Days(u64),
    Between {
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    },
}

impl Period {
    /// `today`, `7d`, `2026-11-01..2026-11-20`; anything else is ever.
    pub fn read(word: &str) -> Self {
        if word == "today" {
            return Self::Today;
        }
        if let Some(days) = word.strip_suffix('d').and_then(|days| days.parse().ok()) {
            return Self::Days(days);
        }
        match word.split_once("..") {
            Some((from, to)) => Self::Between {
                from: from.parse().ok(),
                to: to.parse().ok(),
            },
            None => Self::Ever,
        }
    }

    pub fn word(&self) -> String {
        let day = |day: &Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        match self {
            Self::Ever => String::new(),
            Self::Today => "today".to_owned(),
            Self::Days(days) => format!("{days}d"),
            Self::Between { from, to } => format!("{}..{}", day(from), day(to)),
        }
    }

    /// The first day and the last one, if there is a first: without a last one it is today.
    pub fn dates(&self, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let (from, to) = match self {
            Self::Ever => return None,
            Self::Today => (today, today),
            Self::Days(days) => {
                let back = Days::new(days.saturating_sub(1));
                (today.checked_sub_days(back)?, today)
            }
            Self::Between { from, to } => ((*from)?, to.unwrap_or(today)),
        };
        (from <= to).then_some((from, to))
    }

    /// The instants from which on and before which, told by when days begin.
    pub fn instants(
        &self,
        today: NaiveDate,
        midnight: impl Fn(NaiveDate) -> DateTime<Utc>,
    ) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let back = |days: u64| today.checked_sub_days(Days::new(days));
        let (from, to) = match self {
            Self::Ever => (None, None),
            Self::Today => (Some(today), None),
            Self::Days(days) => (back(days.saturating_sub(1)), None),
            Self::Between { from, to } => (*from, *to),
        };
        let after = to.and_then(|day| day.succ_opt());
        (from.map(&midnight), after.map(&midnight))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn midnight(day: NaiveDate) -> DateTime<Utc> {
        day.and_time(chrono::NaiveTime::MIN).and_utc()
    }

    #[test]
    fn a_period_is_read_as_it_was_written() {
        let between = Period::Between {
            from: Some(day("2026-11-01")),
            to: None,
        };
        for period in [Period::Ever, Period::Today, Period::Days(7), between] {
            assert_eq!(Period::read(&period.word()), period);
        }
        assert_eq!(Period::read("nonsense"), Period::Ever);
    }

    #[test]
    fn the_days_of_a_period_are_known_if_it_has_a_first() {
        let today = day("2026-11-21");
        let between = |from: Option<&str>, to: Option<&str>| Period::Between {
            from: from.map(day),
            to: to.map(day),
        };
        let cases = [
            (Period::Ever, None),
            (Period::Today, Some(("2026-11-21", "2026-11-21"))),
            (Period::Days(7), Some(("2026-11-15", "2026-11-21"))),
            (
                between(Some("2026-11-01"), None),
                Some(("2026-11-01", "2026-11-21")),
            ),
            (between(None, Some("2026-11-01")), None),
            (between(Some("2026-11-02"), Some("2026-11-01")), None),
        ];
        for (period, days) in cases {
            let days = days.map(|(from, to)| (day(from), day(to)));
            assert_eq!(period.dates(today), days, "{period:?}");
        }
    }

    #[test]
    fn its_last_day_is_included() {
        let today = day("2026-11-21");
        let said = |period: Period| period.instants(today, midnight);
        assert_eq!(said(Period::Days(7)).0, Some(midnight(day("2026-11-15"))));
        let between = Period::Between {
            from: Some(day("2026-11-01")),
            to: Some(day("2026-11-20")),
        };
        let expected = (
            Some(midnight(day("2026-11-01"))),
            Some(midnight(day("2026-11-21"))),
        );
        assert_eq!(said(between), expected);
    }
}
