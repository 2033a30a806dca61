//! Signing in again over the screen where the session ended: nothing that was typed is lost.

use contract::accounts::Login;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use yew::prelude::*;

use super::{texts, use_session};
use crate::i18n::use_words;
use crate::ui::form::{SubmitButton, TextField, use_unguarded_form};
use crate::ui::{Button, Dialog, Notice, Tone};

#[derive(PartialEq, Properties)]
pub struct SignInAgainProps {
    /// Whose session it was.
    pub email: String,
}

#[component]
pub fn SignInAgain(props: &SignInAgainProps) -> Html {
    let words = use_words();
    let session = use_session();
    let form = use_unguarded_form(String::new(), check);
    let submit = {
        let (form, session, email) = (form.clone(), session.clone(), props.email.clone());
        Callback::from(move |event: SubmitEvent| {
            let (session, email) = (session.clone(), email.clone());
            form.submit(&event, move |password| async move {
                match session {
                    Some(session) => {
                        session
                            .log_in(&Login {
                                email,
                                password,
                                code: None,
                            })
                            .await
                    }
                    None => Ok(()),
                }
            });
        })
    };
    let leave = Callback::from(move |()| {
        if let Some(session) = &session {
            session.leave();
        }
    });
    let password = form.bind(
        "password-again",
        |typed| typed.clone(),
        |typed, value| *typed = value,
    );
    html! {
        <Dialog title={words.say(texts::SIGN_IN_AGAIN)} on_close={Callback::noop()}>
            <form class="form" onsubmit={submit} novalidate=true>
                <p>{ words.fill(texts::SESSION_ENDED, &[("email", &props.email)]) }</p>
                <TextField label={texts::PASSWORD} bound={password} kind="password" autocomplete="current-password" autofocus=true />
                if let Some(error) = form.failure() {
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

#[expect(clippy::ptr_arg, reason = "a form's check takes its draft as it is")]
fn check(password: &String) -> Result<(), FieldErrors> {
    if password.is_empty() {
        let missing = FieldError::new(FieldCode::Required, "must not be empty");
        return Err(FieldErrors::one("password-again", missing));
    }
    Ok(())
}
