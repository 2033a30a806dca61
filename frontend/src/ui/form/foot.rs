//! The foot of a form: what went wrong as a whole, saving, and leaving.

use contract::problem::ErrorCode;
use yew::prelude::*;

use crate::client::CallError;
use crate::i18n::texts;
use crate::i18n::{Text, use_words};
use crate::routes::Route;
use crate::ui::{Button, Link, Notice, Tone};

/// How saving stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    pub saving: bool,
    pub failure: Option<CallError>,
}

#[derive(PartialEq, Properties)]
pub struct SubmitButtonProps {
    pub saving: bool,
    #[prop_or(texts::SAVE)]
    pub text: Text,
    #[prop_or(texts::SAVING)]
    pub saving_text: Text,
    #[prop_or_default]
    pub wide: bool,
}

#[component]
pub fn SubmitButton(props: &SubmitButtonProps) -> Html {
    let words = use_words();
    let text = if props.saving {
        props.saving_text
    } else {
        props.text
    };
    let class = classes!(
        "button",
        "button-primary",
        props.wide.then_some("button-wide")
    );
    html! { <button type="submit" {class} disabled={props.saving}>{ words.say(text) }</button> }
}

#[derive(PartialEq, Properties)]
pub struct FormFootProps {
    pub outcome: Outcome,
    pub cancel: Route,
    /// What the button does.
    #[prop_or(texts::SAVE)]
    pub text: Text,
    /// Loads the newer version that somebody else has saved meanwhile.
    #[prop_or_default]
    pub reload: Option<Callback<()>>,
}

#[component]
pub fn FormFoot(props: &FormFootProps) -> Html {
    let words = use_words();
    let Outcome { saving, failure } = &props.outcome;
    let changed = failure.as_ref().and_then(CallError::code) == Some(ErrorCode::Changed);
    html! {
        <div class="form-foot">
            if let Some(failure) = failure {
                <Notice tone={Tone::Failed}>
                    <b>{ words.say(texts::NOT_SAVED) }</b>
                    <p>{ words.saying(&failure.saying()) }</p>
                    if let Some(reload) = props.reload.clone().filter(|_| changed) {
                        <Button text={words.say(texts::CHANGED_MEANWHILE)} onclick={reload} />
                    }
                </Notice>
            }
            <div class="form-buttons">
                <SubmitButton saving={*saving} text={props.text} />
                <Link to={props.cancel.clone()} class="button">{ words.say(texts::CANCEL) }</Link>
            </div>
        </div>
    }
}
