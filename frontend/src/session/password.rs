//! A field for a password, which can be looked at while typing.

use yew::prelude::*;

use super::texts;
use crate::i18n::{Text, use_words};
use crate::ui::form::{Bound, TextField};

#[derive(PartialEq, Properties)]
pub struct PasswordFieldProps {
    #[prop_or(texts::PASSWORD)]
    pub label: Text,
    pub bound: Bound,
    /// `current-password` or `new-password`: what browsers and password managers do with it.
    #[prop_or("current-password".into())]
    pub autocomplete: AttrValue,
    #[prop_or_default]
    pub autofocus: bool,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
}

#[component]
pub fn PasswordField(props: &PasswordFieldProps) -> Html {
    let words = use_words();
    let shown = use_state(|| false);
    let flip = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    let (kind, text) = if *shown {
        ("text", texts::HIDE_PASSWORD)
    } else {
        ("password", texts::SHOW_PASSWORD)
    };
    html! {
        <TextField label={props.label} bound={props.bound.clone()} {kind} autocomplete={props.autocomplete.clone()}
            autofocus={props.autofocus} hint={props.hint.clone()}
            beside={html! {
                <button type="button" class="button button-quiet" onclick={flip} aria-pressed={shown.to_string()}
                    aria-label={words.say(texts::SHOW_PASSWORD_LABEL)}>
                    { words.say(text) }
                </button>
            }}
        />
    }
}
