//! A mailing under way, as a picture of what one gets.

use yew::prelude::*;

use super::texts;
use crate::i18n::use_words;
use crate::ui::{BarPart, Code, Pill, ResultBar, Tone};

const SENT: u64 = 48_812;
const FAILED: u64 = 1_187;
const QUEUED: u64 = 11_748;

#[component]
pub fn ExampleMailing() -> Html {
    let words = use_words();
    let counts = [
        (Tone::Sent, SENT, texts::SHOWN_SENT),
        (Tone::Failed, FAILED, texts::SHOWN_FAILED),
        (Tone::Queued, QUEUED, texts::SHOWN_QUEUED),
    ];
    let parts: Vec<BarPart> = counts
        .iter()
        .map(|(tone, count, text)| {
            let label = format!("{} {}", words.number(*count), words.say(*text)).into();
            BarPart {
                tone: *tone,
                count: *count,
                label,
            }
        })
        .collect();
    let answers = [
        (
            Tone::Sent,
            "lapina@example.org",
            "250 2.0.0 Ok: queued as 4F1C2",
        ),
        (
            Tone::Failed,
            "m.petrova@example.org",
            "550 5.1.1 No such user",
        ),
        (
            Tone::Queued,
            "john@whitfield.example",
            "450 4.7.1 Greylisted, try again",
        ),
    ];
    html! {
        <figure class="panel example" aria-label={words.say(texts::SHOWN_LABEL)}>
            <div class="example-head">
                <b>{ words.say(texts::SHOWN_TITLE) }</b>
                <Pill tone={Tone::Running} text={words.say(texts::SHOWN_RUNNING)} />
            </div>
            <p class="muted small">{ words.say(texts::SHOWN_MONDAY) }</p>
            <ResultBar {parts} />
            <div class="legend">
                { for counts.iter().map(|(tone, count, text)| html! {
                    <div class={tone.class()}>
                        <b class="figures">{ words.number(*count) }</b>
                        <span>{ words.say(*text) }</span>
                    </div>
                }) }
            </div>
            <ul class="example-answers">
                { for answers.iter().map(|(tone, address, answer)| html! {
                    <li class={tone.class()}><span>{ *address }</span><Code text={*answer} /></li>
                }) }
            </ul>
        </figure>
    }
}
