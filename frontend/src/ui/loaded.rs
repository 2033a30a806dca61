//! The three states of data on a page: waiting, failed, ready.

use yew::prelude::*;

use super::page::use_title_if;
use super::{Button, Icon, IconView, Notice, Tone};
use crate::client::{Answer, CallError, Loading};
use crate::i18n::texts;
use crate::i18n::use_words;

impl<T> Loading<T> {
    /// Draws the answer with `ready`; until there is one, `waiting` (skeletons, seen after 150 ms) or what failed.
    pub fn show(&self, waiting: Html, ready: impl FnOnce(&Answer<T>) -> Html) -> Html {
        match (self.answer(), self.error()) {
            (Some(answer), error) => {
                let class = classes!("loaded", self.is_fetching().then_some("is-fetching"));
                html! {
                    <div {class} aria-busy={self.is_fetching().to_string()}>
                        if let Some(error) = error {
                            <StaleNotice error={error.clone()} again={self.reload.clone()} />
                        }
                        { ready(answer) }
                    </div>
                }
            }
            (None, Some(error)) => {
                html! { <FailedPanel error={error.clone()} again={self.reload.clone()} /> }
            }
            (None, None) => html! { <Waiting>{ waiting }</Waiting> },
        }
    }

    /// Draws another part of the same answer: that it is awaited, or has failed, is told once, by `show`.
    pub fn show_also(&self, ready: impl FnOnce(&Answer<T>) -> Html) -> Html {
        let class = classes!("loaded", self.is_fetching().then_some("is-fetching"));
        match self.answer() {
            Some(answer) => html! { <div {class}>{ ready(answer) }</div> },
            None => Html::default(),
        }
    }
}

/// Grey shapes where lines will stand.
pub fn skeleton(lines: usize) -> Html {
    html! {
        <div class="skeleton" aria-hidden="true">
            { for (0..lines).map(|_| html! { <div class="skeleton-line" /> }) }
        </div>
    }
}

#[component]
fn Waiting(props: &html::ChildrenProps) -> Html {
    let words = use_words();
    html! {
        <div class="waiting" aria-busy="true">
            <span class="visually-hidden" role="status">{ words.say(texts::LOADING) }</span>
            { props.children.clone() }
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub struct FailedProps {
    pub error: CallError,
    pub again: Callback<()>,
}

/// Says what could not be loaded, and offers to try again.
#[component]
pub fn FailedPanel(props: &FailedProps) -> Html {
    let words = use_words();
    let gone = props.error.is_not_found();
    use_title_if(gone.then(|| words.say(texts::GONE)));
    let (icon, title, sentence) = if gone {
        (
            Icon::QuestionCircle,
            words.say(texts::GONE),
            words.say(texts::GONE_HINT),
        )
    } else {
        (
            Icon::ExclamationTriangle,
            words.say(texts::FAILED_TO_LOAD),
            words.saying(&props.error.saying()),
        )
    };
    html! {
        <div class="empty" role="alert">
            <div class="empty-icon"><IconView {icon} /></div>
            // What is not there is all there would be on the page.
            if gone {
                <h1>{ title }</h1>
            } else {
                <h2>{ title }</h2>
            }
            <p class="muted">{ sentence }</p>
            if !gone {
                <div class="empty-step">
                    <Button icon={Icon::ArrowRepeat} text={words.say(texts::TRY_AGAIN)} onclick={props.again.clone()} />
                </div>
            }
        </div>
    }
}

/// What is shown is older than it should be.
#[component]
fn StaleNotice(props: &FailedProps) -> Html {
    let words = use_words();
    let why = words.saying(&props.error.saying());
    html! {
        <Notice tone={Tone::Skipped}>
            { words.fill(texts::FAILED_TO_REFRESH, &[("why", &why)]) }{ " " }
            <Button text={words.say(texts::TRY_AGAIN)} onclick={props.again.clone()} />
        </Notice>
    }
}
