//! Where the link in the first letter leads: the password that was chosen when signing up confirms the address, and
//! signs in. It says what to do where the link does not hold, and what for whom the password is somebody else's.

use contract::accounts::sign_up::Confirmation;
use contract::address::Address;
use contract::problem::{ErrorCode, FieldErrors};
use yew::prelude::*;

use super::{Doorway, MailNote, calls, texts};
use crate::client::use_client;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::session::texts::EMAIL;
use crate::session::{Onwards, PasswordField, said_above_button, use_session};
use crate::ui::form::{SubmitButton, TextField, use_unguarded_form};
use crate::ui::{Link, Notice, Tone, use_query, use_toasts};

#[component]
pub fn Confirm() -> Html {
    let words = use_words();
    let session = use_session();
    let toasts = use_toasts();
    // It stays in the address until it has worked, so that the page can be read again.
    let token = use_query("token").unwrap_or_default();
    let is_missing = token.is_empty();
    let done = use_state(|| false);
    let form = use_unguarded_form(empty(), Confirmation::check);
    let submit = {
        let (form, done) = (form.clone(), done.clone());
        Callback::from(move |event: SubmitEvent| {
            let Some(session) = session.clone() else {
                return;
            };
            let (token, toasts, done) = (token.clone(), toasts.clone(), done.clone());
            form.submit(&event, move |draft| async move {
                session.confirm(&Confirmation { token, ..draft }).await?;
                toasts.done(texts::CONFIRMED);
                done.set(true);
                Ok(())
            });
        })
    };
    if *done {
        return html! { <Onwards path={None::<String>} /> };
    }
    let failure = form.failure();
    let is_dead = failure
        .as_ref()
        .is_some_and(|error| error.code() == Some(ErrorCode::LinkExpired));
    if is_dead || is_missing {
        return html! {
            <Doorway title={words.say(texts::NOT_CONFIRMED)} sentence={words.say(texts::NOT_CONFIRMED_SENTENCE)}>
                <NewLink />
                <p class="doorway-aside"><Link to={Route::SignIn}>{ words.say(texts::TO_SIGN_IN) }</Link></p>
            </Doorway>
        };
    }
    html! {
        <Doorway title={words.say(texts::CONFIRM_TITLE)} sentence={words.say(texts::CONFIRM_SENTENCE)}>
            <form onsubmit={submit} novalidate=true class="form doorway-form">
                <PasswordField autofocus=true
                    bound={form.bind("password", |draft| draft.password.clone(), |draft, password| draft.password = password)} />
                if let Some(error) = failure.and_then(said_above_button) {
                    <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
                }
                <SubmitButton saving={form.is_saving()} text={texts::CONFIRM} saving_text={texts::CONFIRMING} wide=true />
            </form>
            <p class="doorway-aside">
                <span class="muted">{ words.say(texts::NOT_SIGNED_UP) }</span>{ " " }
                <Link to={Route::SignUp}>{ words.say(texts::SIGN_UP_MYSELF) }</Link>
            </p>
        </Doorway>
    }
}

fn empty() -> Confirmation {
    Confirmation {
        token: String::new(),
        password: String::new(),
    }
}

/// Another letter, for whose link does not hold.
#[component]
fn NewLink() -> Html {
    let words = use_words();
    let client = use_client();
    let form = use_unguarded_form(String::new(), check_email);
    let sent = use_state(|| false);
    let submit = {
        let (form, sent) = (form.clone(), sent.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, sent) = (client.clone(), sent.clone());
            form.submit(&event, move |email| async move {
                client.call(calls::confirm_again(email)).await?;
                sent.set(true);
                Ok(())
            });
        })
    };
    if *sent {
        return html! {
            <div class="doorway-form doorway-next">
                <Notice tone={Tone::Sent}>{ words.say(texts::NEW_LINK_SENT) }</Notice>
                <MailNote />
            </div>
        };
    }
    html! {
        <form onsubmit={submit} novalidate=true class="form doorway-form">
            <TextField label={EMAIL} kind="email" autocomplete="username"
                bound={form.bind("email", |email| email.clone(), |draft, email| *draft = email)} />
            if let Some(error) = form.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
            <SubmitButton saving={form.is_saving()} text={texts::NEW_LINK} saving_text={texts::SENDING} wide=true />
        </form>
    }
}

#[expect(clippy::ptr_arg, reason = "a form's check takes its draft as it is")]
pub fn check_email(email: &String) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    errors.keep("email", Address::parse(email));
    errors.finish()
}
