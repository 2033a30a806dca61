//! Choosing a new password by the link of a letter.

use contract::accounts::password::check_password;
use contract::accounts::sign_up::PasswordReset;
use contract::problem::{ErrorCode, FieldErrors};
use yew::prelude::*;

use super::{Doorway, NewPasswordField, calls, texts};
use crate::client::use_client;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::session::use_session;
use crate::ui::form::{SubmitButton, use_unguarded_form};
use crate::ui::{Link, Notice, Tone, use_taken_later};

#[component]
pub fn ResetPassword() -> Html {
    let words = use_words();
    let client = use_client();
    let session = use_session();
    let (token, used) = use_taken_later("token");
    let form = use_unguarded_form(String::new(), check);
    let done = use_state(|| false);
    let submit = {
        let (form, done, token) = (form.clone(), done.clone(), token.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, done, session) = (client.clone(), done.clone(), session.clone());
            let used = used.clone();
            let token = token.clone().unwrap_or_default();
            form.submit(&event, move |password| async move {
                let reset = PasswordReset { token, password };
                client.call(calls::reset(&reset)).await?;
                used.emit(());
                done.set(true);
                // The session here, if there was one, has ended with all others.
                if let Some(session) = session {
                    session.start();
                }
                Ok(())
            });
        })
    };
    if *done {
        return html! {
            <Doorway title={words.say(texts::RESET_DONE)} sentence={words.say(texts::RESET_DONE_SENTENCE)}>
                <p class="doorway-step">
                    <Link to={Route::SignIn} class="button button-primary button-large">{ words.say(texts::TO_SIGN_IN) }</Link>
                </p>
            </Doorway>
        };
    }
    let failure = form.failure();
    let expired = failure
        .as_ref()
        .is_some_and(|error| error.code() == Some(ErrorCode::LinkExpired));
    if token.is_none() || expired {
        return html! {
            <Doorway title={words.say(texts::NOT_CONFIRMED)} sentence={words.say(texts::RESET_EXPIRED)}>
                <p class="doorway-step">
                    <Link to={Route::ForgotPassword} class="button button-primary button-large">{ words.say(texts::NEW_LINK) }</Link>
                </p>
            </Doorway>
        };
    }
    html! {
        <Doorway title={words.say(texts::RESET_TITLE)} sentence={words.say(texts::RESET_SENTENCE)}>
            <form onsubmit={submit} novalidate=true class="form doorway-form">
                <NewPasswordField label={texts::NEW_PASSWORD} autofocus=true
                    bound={form.bind("password", |password| password.clone(), |draft, password| *draft = password)} />
                if let Some(error) = failure {
                    <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
                }
                <SubmitButton saving={form.is_saving()} text={texts::RESET} saving_text={texts::RESETTING} wide=true />
            </form>
        </Doorway>
    }
}

#[expect(clippy::ptr_arg, reason = "a form's check takes its draft as it is")]
fn check(password: &String) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    errors.keep("password", check_password(password));
    errors.finish()
}
