//! The sign-in screen. It leads back to where one wanted to go.

use contract::accounts::sign_up::SignUp;
use contract::problem::ErrorCode;
use yew::prelude::*;
use yew_router::prelude::*;

use super::credentials::{Credentials, said_above_button, use_credentials};
use super::password::PasswordField;
use super::{CodeField, State, calls, texts, use_session, wanted};
use crate::accounts::{Doorway, Letter, SendAgain};
use crate::client::{CallError, use_loaded};
use crate::i18n::{Saying, use_words};
use crate::instance::use_face;
use crate::routes::Route;
use crate::ui::form::{Form, SubmitButton, TextField};
use crate::ui::{Button, Link, Look, Notice, Tone};

#[component]
pub fn SignIn() -> Html {
    let words = use_words();
    let session = use_session();
    let name = use_face().name;
    let (form, submit) = use_credentials(String::new());

    let wanted = wanted::in_query(use_location().as_ref().map_or("", Location::query_str));
    if matches!(
        session.map(|session| session.state),
        Some(State::SignedIn(_))
    ) {
        return html! { <Onwards path={wanted} /> };
    }

    let failure = form.failure().and_then(said_above_button);
    let wants_code = form.draft().wants_code;
    let (title, sentence) = if wants_code {
        let email = form.draft().email.trim().to_owned();
        (
            texts::CODE_TITLE,
            words.fill(texts::CODE_SENTENCE, &[("email", &email)]),
        )
    } else {
        (texts::SIGN_IN_TITLE, words.say(texts::SIGN_IN_SENTENCE))
    };
    html! {
        <Doorway title={words.fill(title, &[("name", &name)])} {sentence}>
            if wanted.is_some() && !wants_code {
                <Notice tone={Tone::Queued}>{ words.say(texts::NOT_SIGNED_IN) }</Notice>
            }
            <form onsubmit={submit} novalidate=true class="form doorway-form">
                if wants_code {
                    <CodeField<Credentials> form={form.clone()} within="sign-in" autofocus=true />
                } else {
                    <FirstStep form={form.clone()} />
                }
                if let Some(failure) = failure {
                    <Failure {failure} email={form.draft().email.trim().to_owned()} />
                }
                <SubmitButton saving={form.is_saving()} text={texts::SIGN_IN} saving_text={texts::SIGNING_IN} wide=true />
            </form>
            if wants_code {
                <BackToPassword form={form.clone()} />
            } else {
                <OtherWays />
            }
        </Doorway>
    }
}

#[derive(PartialEq, Properties)]
struct StepProps {
    form: Form<Credentials>,
}

#[component]
fn FirstStep(props: &StepProps) -> Html {
    let words = use_words();
    let form = &props.form;
    html! {
        <>
            <TextField
                label={texts::EMAIL}
                bound={form.bind("email", |typed| typed.email.clone(), |typed, email| typed.email = email)}
                kind="email" autocomplete="username" autofocus=true
           />
            <div class="password-and-help">
                <PasswordField
                    bound={form.bind("password", |typed| typed.password.clone(), |typed, password| typed.password = password)}
               />
                <Link to={Route::ForgotPassword} class="small">{ words.say(texts::FORGOT_PASSWORD) }</Link>
            </div>
        </>
    }
}

#[component]
fn BackToPassword(props: &StepProps) -> Html {
    let words = use_words();
    let form = props.form.clone();
    let back = Callback::from(move |()| {
        form.change("code", |typed| {
            typed.wants_code = false;
            typed.code = super::TypedCode::default();
        });
    });
    html! { <p><Button look={Look::Quiet} text={words.say(texts::OTHER_ACCOUNT)} onclick={back} /></p> }
}

#[derive(PartialEq, Properties)]
struct FailureProps {
    failure: CallError,
    email: String,
}

/// Wrong credentials are said once above the button, not blamed on one of the fields.
#[component]
fn Failure(props: &FailureProps) -> Html {
    let words = use_words();
    let code = props.failure.code();
    let saying = match code {
        Some(ErrorCode::Invalid) => Saying::from(crate::i18n::texts::errors::WRONG_CREDENTIALS),
        _ => props.failure.saying(),
    };
    html! {
        <Notice tone={Tone::Failed}>
            { words.saying(&saying) }
            if code == Some(ErrorCode::Unconfirmed) {
                <SendAgain letter={Letter::Confirm} email={props.email.clone()} />
            }
        </Notice>
    }
}

/// For those who have no account yet.
#[component]
fn OtherWays() -> Html {
    let words = use_words();
    let instance = use_loaded(calls::INSTANCE.call());
    let text = match instance.value().map(|instance| instance.sign_up) {
        None => return html! { <p class="doorway-aside" /> },
        Some(SignUp::Closed) => {
            return html! { <p class="doorway-aside muted">{ words.say(texts::NO_ACCOUNT) }</p> };
        }
        Some(SignUp::Open) => (texts::NEW_HERE, texts::SIGN_UP),
        Some(SignUp::Invited) => (texts::INVITED, texts::SIGN_UP),
    };
    html! {
        <p class="doorway-aside">
            <span class="muted">{ words.say(text.0) }</span>{ " " }
            <Link to={Route::SignUp}>{ words.say(text.1) }</Link>
        </p>
    }
}

#[derive(PartialEq, Properties)]
pub struct OnwardsProps {
    /// As the address says; else what is remembered.
    pub path: Option<String>,
}

/// Leads the signed-in to where they wanted to go.
#[component]
pub fn Onwards(props: &OnwardsProps) -> Html {
    let path = props.path.clone();
    use_effect_with((), move |()| {
        // Forgotten in any case: whoever signs in next is led nowhere by it.
        let remembered = wanted::take();
        let path = path.or(remembered);
        let history = yew_router::history::BrowserHistory::new();
        match path {
            Some(path) => yew_router::history::History::replace(&history, path),
            None => yew_router::history::History::replace(&history, Route::Overview.to_path()),
        }
    });
    Html::default()
}
