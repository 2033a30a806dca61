//! Names of days and months where they take part in a sentence. (Dates in tables are written by the browser.)

use chrono::{Datelike, NaiveDate};
use contract::mailings::Weekday;

use crate::i18n::{Language, Text, Words};

const fn text(en: &'static str, ru: &'static str) -> Text {
    Text { en, ru }
}

/// "Mondays", «понедельникам» (after «по»).
pub const DAYS_EACH: [Text; 7] = [
    text("Mondays", "понедельникам"),
    text("Tuesdays", "вторникам"),
    text("Wednesdays", "средам"),
    text("Thursdays", "четвергам"),
    text("Fridays", "пятницам"),
    text("Saturdays", "субботам"),
    text("Sundays", "воскресеньям"),
];

/// "Monday", «понедельник» (after «в»).
pub const DAYS_ON: [Text; 7] = [
    text("Monday", "понедельник"),
    text("Tuesday", "вторник"),
    text("Wednesday", "среду"),
    text("Thursday", "четверг"),
    text("Friday", "пятницу"),
    text("Saturday", "субботу"),
    text("Sunday", "воскресенье"),
];

/// "Monday", «понедельника» (after «кроме»).
pub const DAYS_BUT: [Text; 7] = [
    text("Monday", "понедельника"),
    text("Tuesday", "вторника"),
    text("Wednesday", "среды"),
    text("Thursday", "четверга"),
    text("Friday", "пятницы"),
    text("Saturday", "субботы"),
    text("Sunday", "воскресенья"),
];

/// "Monday", «понедельник» alone.
pub const DAYS: [Text; 7] = [
    text("Monday", "понедельник"),
    text("Tuesday", "вторник"),
    text("Wednesday", "среда"),
    text("Thursday", "четверг"),
    text("Friday", "пятница"),
    text("Saturday", "суббота"),
    text("Sunday", "воскресенье"),
];

/// "Mon", «пн».
pub const DAYS_SHORT: [Text; 7] = [
    text("Mon", "Пн"),
    text("Tue", "Вт"),
    text("Wed", "Ср"),
    text("Thu", "Чт"),
    text("Fri", "Пт"),
    text("Sat", "Сб"),
    text("Sun", "Вс"),
];

/// "November", «ноября».
const MONTHS: [Text; 12] = [
    text("January", "января"),
    text("February", "февраля"),
    text("March", "марта"),
    text("April", "апреля"),
    text("May", "мая"),
    text("June", "июня"),
    text("July", "июля"),
    text("August", "августа"),
    text("September", "сентября"),
    text("October", "октября"),
    text("November", "ноября"),
    text("December", "декабря"),
];

/// "23 November 2026", «23 ноября 2026».
pub fn date(words: Words, day: NaiveDate) -> String {
    format!("{} {}", day_and_month(words, day), day.year())
}

/// "23 November", «23 ноября».
pub fn day_and_month(words: Words, day: NaiveDate) -> String {
    format!("{} {}", day.day(), words.say(MONTHS[day.month0() as usize]))
}

/// "Mon 23 November", «пн 23 ноября».
pub fn day_with_weekday(words: Words, day: NaiveDate) -> String {
    let weekday = words.say(DAYS_SHORT[weekday_of(day) as usize]);
    let weekday = match words.language {
        Language::En => weekday.to_string(),
        Language::Ru => weekday.to_lowercase(),
    };
    format!("{weekday} {}", day_and_month(words, day))
}

pub fn weekday_of(day: NaiveDate) -> Weekday {
    Weekday::ALL[day.weekday().num_days_from_monday() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_with_its_weekday() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let say = |language| day_with_weekday(Words { language }, day);
        assert_eq!(say(Language::En), "Mon 23 November");
        assert_eq!(say(Language::Ru), "пн 23 ноября");
        assert_eq!(weekday_of(day), Weekday::Mon);
    }
}
