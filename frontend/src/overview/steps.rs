//! The first steps of somebody who has just begun.

use yew::prelude::*;

use super::texts;
use crate::i18n::{Text, use_words};
use crate::routes::Route;
use crate::ui::{Icon, IconView, Link, Pill, Tone};

const STEPS: [(Text, Text, Route); 3] = [
    (
        texts::STEP_RECIPIENTS,
        texts::STEP_RECIPIENTS_TEXT,
        Route::NewRecipient,
    ),
    (
        texts::STEP_MESSAGE,
        texts::STEP_MESSAGE_TEXT,
        Route::NewMessage,
    ),
    (
        texts::STEP_MAILING,
        texts::STEP_MAILING_TEXT,
        Route::NewMailing,
    ),
];

#[derive(PartialEq, Properties)]
pub struct StepsProps {
    /// Which of them are done; none while that is not known.
    pub done: [Option<bool>; 3],
}

#[component]
pub fn Steps(props: &StepsProps) -> Html {
    let words = use_words();
    let next = props.done.iter().position(|done| *done != Some(true));
    let step = |(place, (title, text, to)): (usize, (Text, Text, Route))| {
        let done = props.done[place] == Some(true);
        html! {
            <li>
                <Link {to} class={classes!("step", (next == Some(place)).then_some("step-next"))}>
                    <span class={classes!("step-number", done.then_some("step-done"))}>
                        if done { <IconView icon={Icon::Check} /> } else { { place + 1 } }
                    </span>
                    <span class="step-words">
                        <b>{ words.say(title) }</b>
                        <span class="muted">{ words.say(text) }</span>
                    </span>
                    if done {
                        <Pill tone={Tone::Sent} text={words.say(texts::DONE)} />
                    } else {
                        <IconView icon={Icon::ChevronRight} />
                    }
                </Link>
            </li>
        }
    };
    html! {
        <section class="panel steps">
            <h2>{ words.say(texts::FIRST_STEPS) }</h2>
            <ol>{ for STEPS.into_iter().enumerate().map(step) }</ol>
        </section>
    }
}
