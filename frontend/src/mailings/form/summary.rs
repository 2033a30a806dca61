//! Beside the form: the plan in one sentence, the runs that it means, and the letter.

use chrono::{DateTime, Utc};
use contract::mailings::{Channel, Schedule};
use contract::messages::MessageView;
use yew::prelude::*;

use super::CLOCKS;
use super::coming::{SHOWN, asked};
use super::draft::{Draft, Rhythm, Start};
use crate::client::{use_loaded, use_loaded_if, use_settled};
use crate::i18n::{Words, use_words};
use crate::mailings::letter::LetterView;
use crate::mailings::schedule_words::{Plan, plan_within};
use crate::mailings::texts::form as texts;
use crate::mailings::{calendar_words, calls};
use crate::messages;
use crate::recipients;
use crate::ui::time::{self, Form, now};
use crate::ui::{skeleton, zone};

#[derive(PartialEq, Properties)]
pub struct SummaryProps {
    pub draft: Draft,
    pub owner_id: i64,
    /// What has an occurrence behind it starts at once when it is made.
    pub is_new: bool,
}

#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let words = use_words();
    let SummaryProps {
        draft,
        owner_id,
        is_new,
    } = props;
    let message = use_loaded_if(draft.message_id.map(|id| messages::calls::READ.of(id)));
    let everyone = use_loaded(
        recipients::calls::LIST
            .call()
            .query("owner_id", owner_id)
            .query("limit", 1),
    );
    let schedule = draft.schedule(now(), CLOCKS).ok();
    let count = if draft.everyone {
        everyone.value().map(|page| page.total)
    } else {
        Some(draft.chosen.len() as u64).filter(|count| *count > 0)
    };
    let told = match (message.value(), count, &schedule) {
        (Some(message), Some(count), Some(schedule)) if draft.message_id == Some(message.id) => {
            Some(sentence(words, draft, message, count, schedule, *is_new))
        }
        _ => None,
    };
    let (letter, letter_hint) = match draft.channel {
        Channel::Email => (texts::LETTER, texts::LETTER_HINT),
        Channel::Sms => (texts::SMS, texts::SMS_HINT),
    };
    // As it is seen, so that it is read anew when it is to be seen in the other way: its link opens once.
    let seen_as = |id: i64| format!("{id}-{:?}", draft.channel);
    html! {
        <>
            <section class="panel summary" aria-live="polite">
                <h2>{ words.say(texts::SUMMARY) }</h2>
                <p class={told.is_none().then_some("muted")}>{ told.unwrap_or_else(|| words.say(texts::STILL_MISSING)) }</p>
            </section>
            <section class="panel">
                <h2>{ words.say(texts::NEXT_RUNS) }</h2>
                <ComingRuns {schedule} is_new={*is_new} />
            </section>
            <section class="panel letter-card">
                <h2>{ words.say(letter) }</h2>
                if let Some(message_id) = draft.message_id {
                    <LetterView key={seen_as(message_id)} {message_id} channel={draft.channel} />
                } else {
                    <p class="muted">{ words.say(letter_hint) }</p>
                }
            </section>
        </>
    }
}

/// "“Autumn” goes to all recipients (62 now): weekdays at 09:00, Europe/Moscow, from 23 November 2026."
fn sentence(
    words: Words,
    draft: &Draft,
    message: &MessageView,
    count: u64,
    schedule: &Schedule,
    is_new: bool,
) -> AttrValue {
    let whom = if draft.everyone {
        words.fill(texts::WHOM_ALL, &[("n", &words.number(count))])
    } else {
        words.count(texts::WHOM_CHOSEN, count)
    };
    let when = when(words, draft, schedule, is_new);
    let sentence = match draft.channel {
        Channel::Email => texts::SUMMARY_SENTENCE,
        Channel::Sms if message.sms_text.is_some() => texts::SUMMARY_SENTENCE_SMS,
        Channel::Sms => texts::SUMMARY_NO_SMS,
    };
    words.fill(
        sentence,
        &[
            ("subject", &message.subject),
            ("whom", &whom),
            ("when", &when),
        ],
    )
}

fn when(words: Words, draft: &Draft, schedule: &Schedule, is_new: bool) -> AttrValue {
    let start = zone::local(schedule.starts_at, &schedule.time_zone);
    let recurrence = &schedule.recurrence;
    let plan = plan_within(
        words,
        &Plan {
            recurrence,
            start,
            zone: &schedule.time_zone,
        },
    );
    let now_chosen = is_new && draft.start == Start::Now;
    let when = match (draft.rhythm, now_chosen) {
        (Rhythm::Once, true) => words.say(texts::AT_ONCE),
        (Rhythm::Once, false) => plan.into(),
        (Rhythm::Daily, true) => words.fill(texts::AT_ONCE_AND, &[("plan", &plan)]),
        // Whether today is among the days is seen in the list of runs.
        (Rhythm::Weekly | Rhythm::Monthly, true) => plan.into(),
        (_, false) => {
            let date = calendar_words::date(words, start.date());
            words.fill(texts::FROM, &[("plan", &plan), ("date", &date)])
        }
    };
    let end = schedule
        .ends_at
        .map(|end| time::write(words, end, &schedule.time_zone, Form::Full));
    match end {
        Some(end) => words.fill(texts::UNTIL, &[("when", &when), ("end", &end)]),
        None => when,
    }
}

#[derive(PartialEq, Properties)]
struct ComingRunsProps {
    /// None while its fields are not right.
    schedule: Option<Schedule>,
    is_new: bool,
}

#[component]
fn ComingRuns(props: &ComingRunsProps) -> Html {
    let words = use_words();
    let asked = props
        .schedule
        .as_ref()
        .and_then(|schedule| asked(schedule, props.is_new, now(), CLOCKS));
    let nothing_comes = asked.is_none();
    let call = asked.map(|(schedule, count)| calls::preview_runs(schedule, count));
    let call = use_settled(call);
    let loading = use_loaded_if(call);
    let Some(schedule) = &props.schedule else {
        return html! { <p class="muted">{ words.say(texts::NO_RUNS_YET) }</p> };
    };
    if nothing_comes {
        return html! { <p class="muted">{ words.say(texts::NO_RUNS) }</p> };
    }
    loading.show(skeleton(4), |answer| {
        let rows = rows(words, &answer.value.instants, schedule, props.is_new);
        if rows.is_empty() {
            return html! { <p class="muted">{ words.say(texts::NO_RUNS) }</p> };
        }
        html! {
            <>
                <ol class="coming">{ for rows.into_iter().map(|(day, clock)| html! {
                    <li><span>{ day }</span><time>{ clock }</time></li>
                }) }</ol>
                <p class="muted small">{ schedule.time_zone.clone() }</p>
            </>
        }
    })
}

/// Those behind us run at once, together as one, when the mailing is made; of a known one they have run.
fn rows(
    words: Words,
    instants: &[DateTime<Utc>],
    schedule: &Schedule,
    is_new: bool,
) -> Vec<(AttrValue, String)> {
    let now = now();
    let due = instants.iter().any(|at| *at <= now);
    let at_once = (is_new && due).then(|| {
        let shown = zone::local(now, &schedule.time_zone);
        (
            words.say(texts::RUNS_AT_ONCE),
            shown.format("%H:%M").to_string(),
        )
    });
    let coming = instants.iter().filter(|at| **at > now).map(|at| {
        let shown = zone::local(*at, &schedule.time_zone);
        let day = calendar_words::day_with_weekday(words, shown.date());
        (day.into(), shown.format("%H:%M").to_string())
    });
    at_once
        .into_iter()
        .chain(coming)
        .take(SHOWN as usize)
        .collect()
}
