//! Signing in again over the screen where the session ended: nothing that was typed is lost.

use contract::problem::ErrorCode;
use yew::prelude::*;

use super::credentials::{Credentials, said_above_button, use_credentials};
use super::password::PasswordField;
use super::{CodeField, texts, use_session};
use crate::client::CallError;
use crate::i18n::use_words;
use crate::ui::form::SubmitButton;
use crate::ui::{Button, Dialog, Notice, Tone};

/// Keeps its ids apart from those of the screen below.
const FORM: &str = "again";

#[derive(PartialEq, Properties)]
pub struct SignInAgainProps {
    /// Whose session it was.
    pub email: String,
    /// Why it ended.
    pub why: CallError,
}

#[component]
pub fn SignInAgain(props: &SignInAgainProps) -> Html {
    let words = use_words();
    let session = use_session();
    let (form, submit) = use_credentials(props.email.clone());
    let leave = Callback::from(move |()| {
        if let Some(session) = &session {
            session.leave();
        }
    });
    let password = form.bind(
        "password",
        |typed| typed.password.clone(),
        |typed, password| typed.password = password,
    );
    let failure = form.failure();
    let blocked = is_blocked(&props.why) || failure.as_ref().is_some_and(is_blocked);
    if blocked {
        return html! {
            <Dialog title={words.say(texts::BLOCKED)} on_close={Callback::noop()}
                actions={html! { <Button text={words.say(texts::SIGN_OUT)} onclick={leave} /> }}>
                <p>{ words.fill(texts::BLOCKED_WHY, &[("email", &props.email)]) }</p>
                <p class="muted">{ words.say(texts::BLOCKED_LOSES) }</p>
            </Dialog>
        };
    }
    html! {
        <Dialog title={words.say(texts::SIGN_IN_AGAIN)} on_close={Callback::noop()}>
            <form class="form" onsubmit={submit} novalidate=true>
                <p>{ words.fill(texts::SESSION_ENDED, &[("email", &props.email)]) }</p>
                <PasswordField bound={password.within(FORM)} autofocus=true />
                if form.draft().wants_code {
                    <CodeField<Credentials> form={form.clone()} within={FORM} autofocus=true />
                }
                if let Some(error) = failure.and_then(said_above_button) {
                    <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
                }
                <div class="form-buttons">
                    <SubmitButton saving={form.is_saving()} text={texts::SIGN_IN} saving_text={texts::SIGNING_IN} />
                    <Button text={words.say(texts::SIGN_OUT)} onclick={leave} />
                </div>
            </form>
        </Dialog>
    }
}

fn is_blocked(error: &CallError) -> bool {
    error.code() == Some(ErrorCode::Blocked)
}
