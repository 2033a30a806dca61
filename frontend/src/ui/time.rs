//! Instants as people read them: in their own zone, with the zone beside them, relative and exact.

use chrono::{DateTime, Utc};
use js_sys::{Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::i18n::texts;
use crate::i18n::{Words, use_words};
use crate::session::use_person;

/// How much of an instant to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// `20 Nov 2026, 09:00`
    #[default]
    Full,
    /// `20 Nov 2026, 09:00:14`, for logs.
    Seconds,
    /// `Fri, 20 Nov 2026`
    Day,
    /// `20 Nov 2026`
    Date,
    /// `20 November 2026`
    Words,
    /// `09:00`
    Clock,
    /// `09:00:14`
    ClockSeconds,
}

impl Form {
    const fn has_day(self) -> bool {
        !matches!(self, Self::Clock | Self::ClockSeconds)
    }

    const fn has_clock(self) -> bool {
        !matches!(self, Self::Day | Self::Date | Self::Words)
    }

    const fn has_seconds(self) -> bool {
        matches!(self, Self::Seconds | Self::ClockSeconds)
    }
}

/// The person's zone; for a guest the browser's.
#[hook]
pub fn use_zone() -> AttrValue {
    let person = use_person();
    match person {
        Some(person) if !person.me.time_zone.is_empty() => person.me.time_zone.clone().into(),
        _ => browser_zone(),
    }
}

pub fn browser_zone() -> AttrValue {
    let options = Intl::DateTimeFormat::default().resolved_options();
    let zone = Reflect::get(&options, &JsValue::from_str("timeZone")).ok();
    zone.and_then(|zone| zone.as_string())
        .unwrap_or_else(|| "UTC".to_owned())
        .into()
}

/// Now, by the browser's clock: good enough for "in 2 minutes", never for a decision.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(Date::now() as i64).unwrap_or_default()
}

/// An instant in a zone, in the words of the language.
pub fn write(words: Words, instant: DateTime<Utc>, zone: &str, form: Form) -> String {
    let options = Object::new();
    let set = |name: &str, value: &str| {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    };
    set("timeZone", zone);
    if matches!(form, Form::Day) {
        set("weekday", "short");
    }
    if form.has_day() {
        set("day", "numeric");
        let month = if matches!(form, Form::Words) {
            "long"
        } else {
            "short"
        };
        set("month", month);
        set("year", "numeric");
    }
    if form.has_clock() {
        set("hour", "2-digit");
        set("minute", "2-digit");
    }
    if form.has_seconds() {
        set("second", "2-digit");
    }
    let date = Date::new(&JsValue::from_f64(instant.timestamp_millis() as f64));
    let written: String = date.to_locale_string(words.locale(), &options).into();
    // Russian adds "г." to the year, which a column of times does not need.
    written.replace(" г.", "")
}

/// "in 2 days 14 h", "3 min ago", "just now".
pub fn relative(words: Words, instant: DateTime<Utc>, now: DateTime<Utc>) -> AttrValue {
    let seconds = (instant - now).num_seconds();
    let span = span(words, seconds.unsigned_abs());
    match seconds {
        -9..=9 => words.say(texts::JUST_NOW),
        ..-9 => words.fill(texts::AGO, &[("time", &span)]),
        _ => words.fill(texts::IN_TIME, &[("time", &span)]),
    }
}

/// A length of time in its two largest units, as far as the second still matters.
pub fn span(words: Words, seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let parts = if days >= 7 {
        [Some((texts::DAYS, days)), None]
    } else if days > 0 {
        [Some((texts::DAYS, days)), Some((texts::HOURS, hours % 24))]
    } else if hours > 0 {
        [
            Some((texts::HOURS, hours)),
            Some((texts::MINUTES, minutes % 60)),
        ]
    } else if minutes > 0 {
        [Some((texts::MINUTES, minutes)), None]
    } else {
        [Some((texts::SECONDS, seconds)), None]
    };
    let said: Vec<AttrValue> = parts
        .into_iter()
        .flatten()
        .enumerate()
        .filter(|(place, (_, n))| *place == 0 || *n > 0)
        .map(|(_, (unit, n))| words.count(unit, n))
        .collect();
    said.join(" ")
}

#[derive(PartialEq, Properties)]
pub struct TimeTextProps {
    pub at: DateTime<Utc>,
    #[prop_or_default]
    pub form: Form,
    /// Another zone than the person's, such as a mailing's.
    #[prop_or_default]
    pub zone: Option<AttrValue>,
    /// Writes "3 min ago" first.
    #[prop_or_default]
    pub relative: bool,
    /// In a table whose head names the zone it need not stand in each row.
    #[prop_or_default]
    pub without_zone: bool,
}

#[component]
pub fn TimeText(props: &TimeTextProps) -> Html {
    let words = use_words();
    let own = use_zone();
    let zone = props.zone.clone().unwrap_or(own);
    let exact = write(words, props.at, &zone, props.form);
    let beside = if props.without_zone {
        String::new()
    } else {
        format!(" {zone}")
    };
    let title = format!("{} {zone}", write(words, props.at, &zone, Form::Seconds));
    html! {
        <time class="time" datetime={props.at.to_rfc3339()} {title}>
            if props.relative {
                <span>{ relative(words, props.at, now()) }</span>
                <span class="muted">{ format!(" · {exact}{beside}") }</span>
            } else {
                { exact }<span class="muted">{ beside }</span>
            }
        </time>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("a time in range")
    }

    #[test]
    fn time_is_told_in_its_two_largest_units() {
        let words = Words {
            language: Language::En,
        };
        let told = |seconds| relative(words, at(seconds), at(0)).to_string();
        assert_eq!(told(2 * 86_400 + 14 * 3_600 + 59), "in 2 days 14 h");
        assert_eq!(told(-200), "3 min ago");
        assert_eq!(told(3_600), "in 1 h");
        assert_eq!(told(5), "just now");
        assert_eq!(told(40 * 86_400 + 3_600), "in 40 days");
    }

    #[test]
    fn and_in_russian() {
        let words = Words {
            language: Language::Ru,
        };
        assert_eq!(relative(words, at(-5 * 86_400), at(0)), "5 дней назад");
        assert_eq!(
            relative(words, at(2 * 86_400 + 3_600), at(0)),
            "через 2 дня 1 ч"
        );
    }
}
