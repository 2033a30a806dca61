//! The company's mailings: one of every kind and in every status.

use chrono::{DateTime, Datelike, Days, DurationRound, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use contract::mailings::{Channel, OnUnknown, Recurrence, Schedule, Weekday};

use super::people::Who;
use super::texts::About;

/// One mailing, and what became of it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub whose: Who,
    pub about: About,
    pub title: &'static str,
    pub to: To,
    pub channel: Channel,
    pub schedule: Schedule,
    pub on_unknown: OnUnknown,
    pub fate: Fate,
    /// From one letter to the next.
    pub pace: TimeDelta,
    /// Sent again by hand: so long after its occurrence with this number.
    pub again: Option<(usize, TimeDelta)>,
}

#[derive(Clone, Copy, Debug)]
pub enum To {
    Everyone,
    /// Every second, every third, ... of the owner's recipients.
    Every(usize),
}

#[derive(Clone, Copy, Debug)]
pub enum Fate {
    /// Nobody interfered.
    Its,
    PausedAt(DateTime<Utc>),
    StoppedAt(DateTime<Utc>, &'static str),
}

const MOSCOW: Tz = chrono_tz::Europe::Moscow;
const LONDON: Tz = chrono_tz::Europe::London;

/// When Tom's daily letter first went out: today's went out two hours ago, so that some of it waits for a retry.
pub fn daily_start(now: DateTime<Utc>) -> DateTime<Utc> {
    rounded(now - TimeDelta::hours(12 * 24 + 2), TimeDelta::minutes(5))
}

/// All mailings, in the order in which they were made.
pub fn plans(now: DateTime<Utc>) -> Vec<Plan> {
    let ethiopia = local(now, MOSCOW, -15, (12, 35));
    let prices = local(now, LONDON, -6, (9, 0));
    let daily = Recurrence::Daily;
    let weekly = |weekdays: &[Weekday]| Recurrence::Weekly {
        weekdays: weekdays.to_vec(),
    };
    let monthly = Recurrence::Monthly {
        day: None,
        week: None,
        weekday: None,
    };
    let last_friday = Recurrence::Monthly {
        day: None,
        week: Some(-1),
        weekday: Some(Weekday::Fri),
    };
    vec![
        Plan {
            again: Some((2, TimeDelta::minutes(40))),
            ..plan(
                (Who::Anna, About::Digest, "Дайджест обжарки"),
                To::Everyone,
                (local(now, MOSCOW, -30, (9, 0)), MOSCOW),
                weekly(&[Weekday::Mon, Weekday::Thu]),
            )
        },
        Plan {
            fate: Fate::PausedAt(now - TimeDelta::hours(5 * 24 + 3)),
            ..plan(
                (Who::Emily, About::Brewing, "Home brewing series"),
                To::Everyone,
                (local(now, LONDON, -25, (16, 0)), LONDON),
                weekly(&[]),
            )
        },
        plan(
            (Who::Tom, About::Tasting, "Tasting evening"),
            To::Everyone,
            (local(now, LONDON, -20, (11, 0)), LONDON),
            Recurrence::Once,
        ),
        Plan {
            on_unknown: OnUnknown::Hold,
            pace: TimeDelta::seconds(45),
            ..until(
                ethiopia + TimeDelta::minutes(25),
                plan(
                    (Who::Anna, About::Sale, "Эфиопия до обеда"),
                    To::Every(2),
                    (ethiopia, MOSCOW),
                    Recurrence::Once,
                ),
            )
        },
        plan(
            (Who::Tom, About::Roast, "Daily roast"),
            To::Every(2),
            (daily_start(now), LONDON),
            daily.clone(),
        ),
        plan(
            (Who::Anna, About::Order, "Напоминание о запасе"),
            To::Every(3),
            (local(now, MOSCOW, -10, (10, 30)), MOSCOW),
            monthly,
        ),
        Plan {
            channel: Channel::Sms,
            ..plan(
                (Who::Anna, About::Order, "Запас кофе, по SMS"),
                To::Every(2),
                (local(now, MOSCOW, -9, (11, 0)), MOSCOW),
                weekly(&[]),
            )
        },
        Plan {
            fate: Fate::StoppedAt(
                prices + TimeDelta::seconds(12),
                "These are last year's prices. Please send a corrected letter.",
            ),
            ..plan(
                (Who::Tom, About::Prices, "Wholesale prices"),
                To::Everyone,
                (prices, LONDON),
                Recurrence::Once,
            )
        },
        plan(
            (Who::Anna, About::NewYear, "С Новым годом"),
            To::Everyone,
            (new_years_eve(now), MOSCOW),
            Recurrence::Once,
        ),
        plan(
            (Who::Emily, About::Roast, "Roast of the month"),
            To::Everyone,
            (local(now, LONDON, 3, (15, 0)), LONDON),
            last_friday,
        ),
        // This one starts while somebody is looking.
        plan(
            (Who::Anna, About::Digest, "Сводка дня"),
            To::Every(4),
            (
                rounded(now + TimeDelta::minutes(2), TimeDelta::minutes(1)),
                MOSCOW,
            ),
            daily,
        ),
    ]
}

fn plan(
    (whose, about, title): (Who, About, &'static str),
    to: To,
    (starts_at, zone): (DateTime<Utc>, Tz),
    recurrence: Recurrence,
) -> Plan {
    Plan {
        whose,
        about,
        title,
        to,
        channel: Channel::Email,
        schedule: Schedule {
            starts_at,
            ends_at: None,
            time_zone: zone.name().to_owned(),
            recurrence,
        },
        on_unknown: OnUnknown::Resend,
        fate: Fate::Its,
        pace: TimeDelta::milliseconds(450),
        again: None,
    }
}

fn until(ends_at: DateTime<Utc>, mut plan: Plan) -> Plan {
    plan.schedule.ends_at = Some(ends_at);
    plan
}

/// A local time of day, so many days from today.
fn local(now: DateTime<Utc>, zone: Tz, days: i64, (hour, minute): (u32, u32)) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    let distance = Days::new(days.unsigned_abs());
    let date = if days < 0 {
        today.checked_sub_days(distance)
    } else {
        today.checked_add_days(distance)
    };
    date.zip(NaiveTime::from_hms_opt(hour, minute, 0))
        .and_then(|(date, time)| zone.from_local_datetime(&date.and_time(time)).earliest())
        .map_or(now + TimeDelta::days(days), |local| local.to_utc())
}

fn new_years_eve(now: DateTime<Utc>) -> DateTime<Utc> {
    let eve = |year| MOSCOW.with_ymd_and_hms(year, 12, 31, 10, 0, 0).earliest();
    let year = now.year();
    [eve(year), eve(year + 1)]
        .into_iter()
        .flatten()
        .map(|eve| eve.to_utc())
        .find(|eve| *eve > now + TimeDelta::days(1))
        .unwrap_or(now + TimeDelta::days(30))
}

fn rounded(instant: DateTime<Utc>, to: TimeDelta) -> DateTime<Utc> {
    instant.duration_trunc(to).unwrap_or(instant)
}
