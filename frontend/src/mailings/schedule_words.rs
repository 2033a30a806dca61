//! A schedule in words: "Weekdays at 09:00, Europe/Moscow", «По будням в 09:00, Europe/Moscow».

use chrono::{Datelike, NaiveDateTime};
use contract::mailings::{Recurrence, Weekday};
use yew::AttrValue;

use super::calendar_words as calendar;
use super::texts;
use crate::i18n::{Text, Words};

/// What there is to say about a schedule. `start` is what the clocks of the zone show when it starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'a> {
    pub recurrence: &'a Recurrence,
    pub start: NaiveDateTime,
    pub zone: &'a str,
}

/// "Every day at 09:00"
pub fn without_zone(words: Words, told: &Plan<'_>) -> AttrValue {
    let rhythm = rhythm(words, told.recurrence, told.start);
    let time = told.start.format("%H:%M");
    words.fill(
        texts::PLAN_WITHOUT_ZONE,
        &[("rhythm", &rhythm), ("time", &time)],
    )
}

/// "Every day at 09:00, Europe/Moscow"
pub fn plan(words: Words, plan: &Plan<'_>) -> AttrValue {
    let rhythm = rhythm(words, plan.recurrence, plan.start);
    let time = plan.start.format("%H:%M");
    words.fill(
        texts::PLAN,
        &[("rhythm", &rhythm), ("time", &time), ("zone", &plan.zone)],
    )
}

/// The same within a sentence: "every day at 09:00, Europe/Moscow".
pub fn plan_within(words: Words, told: &Plan<'_>) -> String {
    let sentence = plan(words, told);
    let mut letters = sentence.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_lowercase().to_string());
    // English weekdays keep their capital: "Mondays at 09:00".
    let named_day = calendar::DAYS_EACH
        .iter()
        .any(|day| sentence.starts_with(day.en));
    if named_day {
        sentence.to_string()
    } else {
        first.unwrap_or_default() + letters.as_str()
    }
}

/// "Weekdays", «По будням».
fn rhythm(words: Words, recurrence: &Recurrence, start: NaiveDateTime) -> AttrValue {
    match recurrence {
        Recurrence::Once => words.fill(
            texts::ONCE_ON,
            &[("date", &calendar::date(words, start.date()))],
        ),
        Recurrence::Daily => words.say(texts::EVERY_DAY),
        Recurrence::Weekly { weekdays } => weekly(words, weekdays, start),
        Recurrence::Monthly {
            week: Some(week),
            weekday: Some(weekday),
            ..
        } => monthly_by_weekday(words, *week, *weekday),
        Recurrence::Monthly { day, .. } => {
            monthly_by_day(words, day.map_or_else(|| start.day(), u32::from))
        }
    }
}

fn weekly(words: Words, weekdays: &[Weekday], start: NaiveDateTime) -> AttrValue {
    let mut days = weekdays.to_vec();
    if days.is_empty() {
        days.push(calendar::weekday_of(start.date()));
    }
    days.sort_unstable();
    days.dedup();
    match days.as_slice() {
        week if week.len() == 7 => words.say(texts::EVERY_DAY),
        [
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
        ] => words.say(texts::WEEKDAYS),
        [Weekday::Sat, Weekday::Sun] => words.say(texts::WEEKENDS),
        week if week.len() == 6 => {
            let missing = Weekday::ALL.into_iter().find(|day| !week.contains(day));
            let name = missing.map(|day| words.say(calendar::DAYS_BUT[day as usize]));
            words.fill(texts::EVERY_DAY_BUT, &[("day", &name.unwrap_or_default())])
        }
        some => {
            let names: Vec<AttrValue> = some
                .iter()
                .map(|day| words.say(calendar::DAYS_EACH[*day as usize]))
                .collect();
            words.fill(texts::ON_DAYS, &[("days", &listed(words, &names))])
        }
    }
}

fn monthly_by_day(words: Words, day: u32) -> AttrValue {
    match day {
        // Every month has a last day, and the 31st falls on it.
        31 => words.say(texts::MONTHLY_LAST_DAY),
        29 | 30 => words.fill(texts::MONTHLY_DAY_OR_LAST, &[("day", &ordinal(words, day))]),
        _ => words.fill(texts::MONTHLY_DAY, &[("day", &ordinal(words, day))]),
    }
}

fn monthly_by_weekday(words: Words, week: i8, weekday: Weekday) -> AttrValue {
    let nth = nth_weekday(words, week, weekday);
    words.fill(texts::MONTHLY_WEEKDAY, &[("weekday", &nth)])
}

/// The same recurrence with the days named that it takes from its start.
pub fn explicit(recurrence: &Recurrence, start: NaiveDateTime) -> Recurrence {
    match recurrence {
        Recurrence::Weekly { weekdays } if weekdays.is_empty() => Recurrence::Weekly {
            weekdays: vec![calendar::weekday_of(start.date())],
        },
        Recurrence::Monthly {
            day: None,
            week: None,
            weekday: None,
        } => Recurrence::Monthly {
            day: Some(start.day() as u8),
            week: None,
            weekday: None,
        },
        said => said.clone(),
    }
}

/// "first Monday", «в первый понедельник».
pub fn nth_weekday(words: Words, week: i8, weekday: Weekday) -> AttrValue {
    // Monday, Tuesday and Thursday are masculine in Russian, Sunday is neuter, the others are feminine.
    let gender = match weekday {
        Weekday::Mon | Weekday::Tue | Weekday::Thu => 0,
        Weekday::Wed | Weekday::Fri | Weekday::Sat => 1,
        Weekday::Sun => 2,
    };
    let place = match week {
        1..=4 => usize::from(week.unsigned_abs()) - 1,
        _ => 4,
    };
    let which: Text = texts::WHICH[gender][place];
    let day = words.say(calendar::DAYS_ON[weekday as usize]);
    words.fill(which, &[("weekday", &day)])
}

/// `15th`, `15`.
pub fn ordinal(words: Words, n: u32) -> AttrValue {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => texts::NTH,
        (1, _) => texts::FIRST,
        (2, _) => texts::SECOND,
        (3, _) => texts::THIRD,
        _ => texts::NTH,
    };
    words.fill(ending, &[("n", &n)])
}

/// "Mondays, Wednesdays and Fridays"
pub fn listed(words: Words, names: &[AttrValue]) -> AttrValue {
    match names {
        [] => AttrValue::default(),
        [one] => one.clone(),
        [first @ .., last] => words.fill(
            texts::LIST_AND,
            &[("first", &first.join(", ")), ("last", last)],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn told(recurrence: Recurrence) -> (String, String) {
        let start = NaiveDateTime::parse_from_str("2026-11-23 09:00", "%Y-%m-%d %H:%M");
        let start = start.expect("a date and a time");
        let told = Plan {
            recurrence: &recurrence,
            start,
            zone: "Europe/Moscow",
        };
        let say = |language| plan(Words { language }, &told).to_string();
        (say(Language::En), say(Language::Ru))
    }

    fn weekly(weekdays: &[Weekday]) -> Recurrence {
        Recurrence::Weekly {
            weekdays: weekdays.to_vec(),
        }
    }

    fn by_day(day: u8) -> Recurrence {
        Recurrence::Monthly {
            day: Some(day),
            week: None,
            weekday: None,
        }
    }

    fn by_weekday(week: i8, weekday: Weekday) -> Recurrence {
        Recurrence::Monthly {
            day: None,
            week: Some(week),
            weekday: Some(weekday),
        }
    }

    #[test]
    fn schedules_are_told_in_both_languages() {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let cases = [
            (
                Recurrence::Once,
                "Once, on 23 November 2026",
                "Один раз, 23 ноября 2026",
            ),
            (Recurrence::Daily, "Every day", "Каждый день"),
            (weekly(&[Fri, Mon, Tue, Wed, Thu]), "Weekdays", "По будням"),
            (weekly(&[Sat, Sun]), "Weekends", "По выходным"),
            (weekly(&Weekday::ALL), "Every day", "Каждый день"),
            (
                weekly(&[Mon, Tue, Wed, Thu, Fri, Sat]),
                "Every day but Sunday",
                "Каждый день, кроме воскресенья",
            ),
            (weekly(&[]), "Mondays", "По понедельникам"),
            (
                weekly(&[Fri, Mon]),
                "Mondays and Fridays",
                "По понедельникам и пятницам",
            ),
            (
                weekly(&[Tue, Thu, Sun]),
                "Tuesdays, Thursdays and Sundays",
                "По вторникам, четвергам и воскресеньям",
            ),
            (
                by_day(1),
                "Every month on the 1st",
                "Каждый месяц 1-го числа",
            ),
            (
                by_day(12),
                "Every month on the 12th",
                "Каждый месяц 12-го числа",
            ),
            (
                by_day(22),
                "Every month on the 22nd",
                "Каждый месяц 22-го числа",
            ),
            (
                by_day(30),
                "Every month on the 30th or the last day",
                "Каждый месяц 30-го числа или в последний день",
            ),
            (
                by_day(31),
                "On the last day of every month",
                "В последний день каждого месяца",
            ),
            (
                by_weekday(1, Mon),
                "On the first Monday of every month",
                "В первый понедельник каждого месяца",
            ),
            (
                by_weekday(2, Tue),
                "On the second Tuesday of every month",
                "Во второй вторник каждого месяца",
            ),
            (
                by_weekday(2, Wed),
                "On the second Wednesday of every month",
                "Во вторую среду каждого месяца",
            ),
            (
                by_weekday(-1, Sun),
                "On the last Sunday of every month",
                "В последнее воскресенье каждого месяца",
            ),
        ];
        for (recurrence, english, russian) in cases {
            let (en, ru) = told(recurrence);
            assert_eq!(en, format!("{english} at 09:00, Europe/Moscow"));
            assert_eq!(ru, format!("{russian} в 09:00, Europe/Moscow"));
        }
    }

    #[test]
    fn without_a_day_a_month_keeps_that_of_the_start() {
        let unset = Recurrence::Monthly {
            day: None,
            week: None,
            weekday: None,
        };
        assert_eq!(told(unset), told(by_day(23)));
    }

    #[test]
    fn within_a_sentence_only_names_of_days_keep_their_capital() {
        let start = NaiveDateTime::default();
        let within = |recurrence: &Recurrence, language| {
            plan_within(
                Words { language },
                &Plan {
                    recurrence,
                    start,
                    zone: "UTC",
                },
            )
        };
        assert_eq!(
            within(&Recurrence::Daily, Language::En),
            "every day at 00:00, UTC"
        );
        assert_eq!(
            within(&Recurrence::Daily, Language::Ru),
            "каждый день в 00:00, UTC"
        );
        assert_eq!(
            within(&weekly(&[Weekday::Fri]), Language::En),
            "Fridays at 00:00, UTC"
        );
        assert_eq!(
            within(&weekly(&[Weekday::Fri]), Language::Ru),
            "по пятницам в 00:00, UTC"
        );
    }
}
