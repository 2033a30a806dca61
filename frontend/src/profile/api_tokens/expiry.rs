//! How long a token is to hold.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::texts;
use crate::i18n::Text;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expiry {
    Days30,
    #[default]
    Days90,
    OneYear,
    Forever,
    /// Until the end of this day.
    OwnDate,
}

impl Expiry {
    pub const ALL: [Self; 5] = [
        Self::Days30,
        Self::Days90,
        Self::OneYear,
        Self::OwnDate,
        Self::Forever,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Days30 => "30",
            Self::Days90 => "90",
            Self::OneYear => "365",
            Self::Forever => "forever",
            Self::OwnDate => "date",
        }
    }

    pub const fn text(self) -> Text {
        match self {
            Self::Days30 => texts::DAYS_30,
            Self::Days90 => texts::DAYS_90,
            Self::OneYear => texts::ONE_YEAR,
            Self::Forever => texts::FOREVER,
            Self::OwnDate => texts::OWN_DATE,
        }
    }

    /// The instant when it ends, if it does; `day` counts for an own date, and `midnight` tells when days begin.
    pub fn instant(
        self,
        now: DateTime<Utc>,
        day: Option<NaiveDate>,
        midnight: impl Fn(NaiveDate) -> DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let after = |days| now.checked_add_days(Days::new(days));
        match self {
            Self::Days30 => after(30),
            Self::Days90 => after(90),
            Self::OneYear => after(365),
            Self::Forever => None,
            Self::OwnDate => day.and_then(|day| day.succ_opt()).map(midnight),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_day_is_the_last_one() {
        let now = DateTime::UNIX_EPOCH;
        let midnight = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
        let day: NaiveDate = "1970-02-01".parse().unwrap();
        let ends = |expiry: Expiry| expiry.instant(now, Some(day), midnight);
        assert_eq!(
            ends(Expiry::OwnDate),
            Some("1970-02-02T00:00:00Z".parse().unwrap())
        );
        assert_eq!(
            ends(Expiry::Days30),
            Some("1970-01-31T00:00:00Z".parse().unwrap())
        );
        assert_eq!(ends(Expiry::Forever), None);
        assert_eq!(Expiry::OwnDate.instant(now, None, midnight), None);
    }
}
