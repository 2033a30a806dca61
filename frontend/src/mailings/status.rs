//! Where a mailing stands, in a word, a colour and a sentence.

use chrono::{DateTime, Utc};
use contract::mailings::{MailingStatus, MailingView};
use yew::prelude::*;

use super::schedule_words::{self, Plan};
use super::texts;
use super::texts::details as said;
use crate::i18n::{Text, Words, use_words};
use crate::ui::time::{self, Form};
use crate::ui::{Pill, Tone, zone};

#[derive(PartialEq, Properties)]
pub struct StatusPillProps {
    pub mailing: MailingView,
}

#[component]
pub fn StatusPill(props: &StatusPillProps) -> Html {
    let words = use_words();
    let (tone, text) = status(&props.mailing);
    html! { <Pill {tone} text={words.say(text)} /> }
}

pub fn status(mailing: &MailingView) -> (Tone, Text) {
    match mailing.status {
        MailingStatus::Completed if mailing.stopped.is_some() => (Tone::Failed, texts::STOPPED),
        status => status_word(status),
    }
}

pub const fn status_word(status: MailingStatus) -> (Tone, Text) {
    match status {
        MailingStatus::Created => (Tone::Queued, texts::CREATED),
        MailingStatus::Running => (Tone::Running, texts::RUNNING),
        MailingStatus::Paused => (Tone::Skipped, texts::PAUSED),
        MailingStatus::Completed => (Tone::Sent, texts::COMPLETED),
    }
}

/// The word on the wire, for filters.
pub const fn status_key(status: MailingStatus) -> &'static str {
    match status {
        MailingStatus::Created => "created",
        MailingStatus::Running => "running",
        MailingStatus::Paused => "paused",
        MailingStatus::Completed => "completed",
    }
}

/// "Weekdays at 09:00, Europe/Moscow"
pub fn schedule(words: Words, mailing: &MailingView) -> AttrValue {
    told(mailing, |plan| schedule_words::plan(words, plan))
}

/// "Weekdays at 09:00"
pub fn schedule_without_zone(words: Words, mailing: &MailingView) -> AttrValue {
    told(mailing, |plan| schedule_words::without_zone(words, plan))
}

fn told(mailing: &MailingView, tell: impl Fn(&Plan<'_>) -> AttrValue) -> AttrValue {
    let start = zone::local(mailing.starts_at, &mailing.time_zone);
    tell(&Plan {
        recurrence: &mailing.recurrence,
        start,
        zone: &mailing.time_zone,
    })
}

/// What matters about a mailing now: its schedule, and what comes next.
pub fn sentence(words: Words, mailing: &MailingView, now: DateTime<Utc>) -> String {
    let next = match (mailing.status, mailing.next_run_at) {
        (MailingStatus::Completed, _) => mailing.completed_at.map(|at| {
            let time = time::write(words, at, &mailing.time_zone, Form::Full);
            words.fill(said::COMPLETED_AT, &[("time", &time)])
        }),
        (MailingStatus::Paused, _) => Some(words.say(said::PAUSED_SENTENCE)),
        (_, Some(at)) if at <= now => Some(words.say(said::RUN_WAITS)),
        (_, Some(at)) => {
            let relative = time::relative(words, at, now);
            Some(words.fill(said::NEXT_RELATIVE, &[("relative", &relative)]))
        }
        (_, None) => Some(words.say(said::NOTHING_PLANNED)),
    };
    let schedule = schedule(words, mailing);
    match next {
        Some(next) => format!("{schedule} · {next}"),
        None => schedule.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_use_the_words_on_the_wire() {
        for status in MailingStatus::ALL {
            assert_eq!(
                serde_json::to_value(status).expect("a word"),
                status_key(status)
            );
        }
    }
}
