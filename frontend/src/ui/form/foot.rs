//! The foot of a form: what went wrong as a whole, saving, and leaving.

use contract::problem::ErrorCode;
use yew::prelude::*;

use crate::client::CallError;
use crate::i18n::texts;
use crate::i18n::{Text, use_words};
use crate::routes::Route;
use crate::ui::{Button, ConfirmDialog, Link, Notice, Tone, use_asking};

/// How saving stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    pub saving: bool,
    /// Something that belongs to the form is still on its way.
    pub held: bool,
    pub failure: Option<CallError>,
    /// Takes the newer version that somebody else has saved meanwhile.
    pub give_up: Option<Callback<()>>,
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
    #[prop_or_default]
    pub disabled: bool,
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
    html! { <button type="submit" {class} disabled={props.saving || props.disabled}>{ words.say(text) }</button> }
}

#[derive(PartialEq, Properties)]
pub struct FormFootProps {
    pub outcome: Outcome,
    pub cancel: Route,
    /// What the button does.
    #[prop_or(texts::SAVE)]
    pub text: Text,
    /// What a failure is called: some forms save in two steps.
    #[prop_or(texts::NOT_SAVED)]
    pub failed: Text,
    /// Why it cannot be saved yet, while it is held.
    #[prop_or_default]
    pub held_for: Option<AttrValue>,
}

#[component]
pub fn FormFoot(props: &FormFootProps) -> Html {
    let words = use_words();
    let Outcome {
        saving,
        held,
        failure,
        give_up,
    } = &props.outcome;
    let changed = failure.as_ref().and_then(CallError::code) == Some(ErrorCode::Changed);
    html! {
        <div class="form-foot">
            if let Some(failure) = failure {
                <Notice tone={Tone::Failed}>
                    <b>{ words.say(props.failed) }</b>
                    <p>{ words.saying(&failure.saying()) }</p>
                    if let Some(give_up) = give_up.clone().filter(|_| changed) {
                        <LoadNewest {give_up} />
                    }
                </Notice>
            }
            <div class="form-buttons">
                <SubmitButton saving={*saving} text={props.text} disabled={*held} />
                <Link to={props.cancel.clone()} class="button">{ words.say(texts::CANCEL) }</Link>
            </div>
            if let Some(why) = props.held_for.clone().filter(|_| *held) {
                <p class="field-hint">{ why }</p>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct LoadNewestProps {
    give_up: Callback<()>,
}

/// The newer version takes the place of what was typed: that is asked for before.
#[component]
fn LoadNewest(props: &LoadNewestProps) -> Html {
    let words = use_words();
    let asking = use_asking::<()>();
    let confirm = {
        let (close, give_up) = (asking.close.clone(), props.give_up.clone());
        Callback::from(move |()| {
            close.emit(());
            give_up.emit(());
        })
    };
    html! {
        <>
            <Button text={words.say(texts::CHANGED_MEANWHILE)} onclick={asking.ask(())} />
            if asking.is_open() {
                <ConfirmDialog title={words.say(texts::LOAD_NEWEST_TITLE)} act={words.say(texts::LOAD_NEWEST_ACT)}
                    stay={words.say(texts::STAY)} on_confirm={confirm} on_close={asking.close}>
                    <p>{ words.say(texts::LOAD_NEWEST_BODY) }</p>
                </ConfirmDialog>
            }
        </>
    }
}
