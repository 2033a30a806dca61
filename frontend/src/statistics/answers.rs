//! Attempts by the kind of the mail servers' answer.

use contract::delivery::Outcome;
use contract::statistics::AnswerCount;
use yew::prelude::*;

use super::figures::percent;
use super::texts;
use crate::delivery::{class_text, outcome_tone_and_text};
use crate::i18n::{Words, use_words};
use crate::ui::{BarPart, Pill, ResultBar, Tone};

#[derive(PartialEq, Properties)]
pub struct AnswersProps {
    pub answers: Vec<AnswerCount>,
    /// A button in the panel's head.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Answers(props: &AnswersProps) -> Html {
    let words = use_words();
    let all: u64 = props.answers.iter().map(|answer| answer.attempts).sum();
    let row = |answer: &AnswerCount| {
        let tone = outcome_tone_and_text(answer.outcome).0;
        let text = called(words, answer);
        let share = answer.attempts as f64 / all.max(1) as f64;
        let part = |tone, count| BarPart {
            tone,
            count,
            label: AttrValue::default(),
        };
        // The rest is ground, so that the bars can be compared.
        let parts = vec![part(tone, answer.attempts)];
        html! {
            <tr>
                <td data-title={words.say(texts::ANSWER)}><Pill {tone} text={text} /></td>
                <td class="figures-cell" data-title={words.say(texts::ATTEMPTS)}>{ words.number(answer.attempts) }</td>
                <td class="figures-cell" data-title={words.say(texts::SHARE)}>{ percent(words, share) }</td>
                <td class="answer-bar" aria-hidden="true">{ share_bar(parts, all - answer.attempts) }</td>
            </tr>
        }
    };
    html! {
        <section class="panel list answers">
            <div class="list-bar">
                <h2>{ words.say(texts::BY_ANSWER) }</h2>
                { props.children.clone() }
            </div>
            if props.answers.is_empty() {
                <p class="muted panel-words">{ words.say(texts::NO_ATTEMPTS) }</p>
            } else {
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{ words.say(texts::ANSWER) }</th>
                            <th scope="col" class="figures-cell">{ words.say(texts::ATTEMPTS) }</th>
                            <th scope="col" class="figures-cell">{ words.say(texts::SHARE) }</th>
                            <td class="answer-bar" aria-hidden="true"></td>
                        </tr>
                    </thead>
                    <tbody>{ for props.answers.iter().map(row) }</tbody>
                </table>
            }
        </section>
    }
}

/// The part in its colour, and the rest as ground.
fn share_bar(mut parts: Vec<BarPart>, rest: u64) -> Html {
    parts.push(BarPart {
        tone: Tone::Queued,
        count: rest,
        label: AttrValue::default(),
    });
    html! { <ResultBar {parts} mini=true /> }
}

/// What the answer was, in words.
fn called(words: Words, answer: &AnswerCount) -> AttrValue {
    match (answer.outcome, answer.class) {
        (Outcome::Failed, Some(class)) => words.say(class_text(class)),
        (outcome, _) => words.say(outcome_tone_and_text(outcome).1),
    }
}
