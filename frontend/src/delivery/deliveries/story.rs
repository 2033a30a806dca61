//! What happened to one letter, try by try, and what comes after the last one.

use contract::delivery::{AttemptView, DeliveryDetail, DeliveryState, DeliveryView};
use yew::prelude::*;

use crate::delivery::texts;
use crate::delivery::words::{classes, codes, states};
use crate::i18n::Words;
use crate::mail_servers;
use crate::ui::time::{self, Form};
use crate::ui::{Code, Pill, TimeText, Tone};

/// Every try as an entry of a list, and the end of the story.
pub fn tries(words: Words, detail: &DeliveryDetail, zone: &AttrValue) -> Html {
    html! {
        <>
            { for detail.tries.iter().map(|attempt| try_entry(words, attempt, zone)) }
            if let Some(said) = ending(words, detail, zone) {
                <li class={classes!("story-entry", "story-end", states::state(detail.delivery.state).0.class())}><p>{ said }</p></li>
            }
        </>
    }
}

/// How the letter stands.
pub fn delivery_pill(words: Words, delivery: &DeliveryView, zone: &str) -> (Tone, Html) {
    let (tone, text) = states::delivery(words, delivery, zone);
    (tone, html! { <Pill {tone} {text} /> })
}

/// One try: when, how it ended, the server's words, and what they mean.
fn try_entry(words: Words, attempt: &AttemptView, zone: &AttrValue) -> Html {
    let AttemptView {
        outcome,
        class,
        server,
        smtp_code,
        response,
        ..
    } = attempt;
    let (tone, text) = states::outcome(*outcome);
    let meaning = codes::meaning(attempt);
    let number = words.fill(texts::TRY_NUMBER, &[("n", &attempt.number)]);
    let took = words.fill(
        texts::MILLISECONDS,
        &[("n", &words.number(attempt.milliseconds))],
    );
    html! {
        <li class={classes!("story-entry", tone.class())} key={attempt.id.to_string()}>
            <div class="story-head">
                <b>{ number }</b>
                <Pill {tone} text={words.say(class.map_or(text, classes::class))} />
                <span class="muted small"><TimeText at={attempt.at} form={Form::Seconds} zone={zone.clone()} />{ format!(" · {took}") }</span>
                if let Some(server) = server {
                    <span class="muted small">{ words.fill(texts::VIA, &[("server", &mail_servers::called(words, server))]) }</span>
                }
            </div>
            <p>{ words.say(meaning) }</p>
            <Code text={states::answer(*smtp_code, response)} />
        </li>
    }
}

/// What comes after the last try: another one, or why there is none.
pub fn ending(words: Words, detail: &DeliveryDetail, zone: &str) -> Option<AttrValue> {
    let delivery = &detail.delivery;
    Some(match (delivery.state, delivery.reason) {
        (_, Some(reason)) => words.say(states::end_reason(reason)),
        (DeliveryState::Skipped, None) => words.say(texts::NO_TRIES_SKIPPED),
        (DeliveryState::Queued, None) if detail.tries.is_empty() => words.say(texts::NO_TRIES),
        (DeliveryState::Queued, None) => {
            let time = time::write(words, delivery.due_at, zone, Form::Full);
            words.fill(texts::NEXT_TRY, &[("time", &time)])
        }
        (DeliveryState::Failed, None) => words.say(texts::NO_MORE_TRIES),
        (DeliveryState::Unknown, None) => words.say(texts::STAYS_UNKNOWN),
        (DeliveryState::Sent | DeliveryState::Sending, None) => return None,
    })
}
