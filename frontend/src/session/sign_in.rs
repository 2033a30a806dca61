//! The sign-in screen. It leads back to where one wanted to go.

use contract::accounts::Login;
use contract::address::Address;
use contract::problem::{ErrorCode, FieldCode, FieldError, FieldErrors};
use yew::prelude::*;
use yew_router::prelude::*;

use super::{State, texts, use_session};
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::ui::form::{SubmitButton, TextField, use_unguarded_form};
use crate::ui::{Link, Logo, Notice, Tone, use_title};

#[component]
pub fn SignIn() -> Html {
    let words = use_words();
    let session = use_session();
    let show_password = use_state(|| false);
    let form = use_unguarded_form(Draft::default(), check);
    use_title(words.say(texts::SIGN_IN));

    let wanted = wanted_path(use_location().as_ref().map_or("", Location::query_str));
    let state = session.as_ref().map(|session| session.state.clone());
    if matches!(state, Some(State::SignedIn(_))) {
        return html! { <Onwards path={wanted} /> };
    }

    let submit = {
        let form = form.clone();
        Callback::from(move |event: SubmitEvent| {
            let session = session.clone();
            form.submit(&event, move |Draft { email, password }| async move {
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
    let toggle = {
        let show_password = show_password.clone();
        Callback::from(move |_: MouseEvent| show_password.set(!*show_password))
    };
    let why_here = wanted.is_some().then_some(texts::NOT_SIGNED_IN);
    let (kind, toggle_text) = if *show_password {
        ("text", texts::HIDE_PASSWORD)
    } else {
        ("password", texts::SHOW_PASSWORD)
    };
    // Wrong credentials are said once above the button, not blamed on one of the fields.
    let failure = form.failure().map(|error| match error.code() {
        Some(ErrorCode::Invalid) => Saying::from(crate::i18n::texts::errors::WRONG_CREDENTIALS),
        _ => error.saying(),
    });
    html! {
        <main class="solo" id="main">
            <div class="sign-in">
                <Link to={Route::Home} class="brand brand-large"><Logo size=36 />{ "Golub" }</Link>
                <h1>{ words.say(texts::SIGN_IN_TITLE) }</h1>
                <p class="muted">{ words.say(texts::SIGN_IN_SENTENCE) }</p>
                if let Some(why) = why_here {
                    <Notice tone={Tone::Queued}>{ words.say(why) }</Notice>
                }
                <form onsubmit={submit} novalidate=true class="form">
                    <TextField
                        label={texts::EMAIL}
                        bound={form.bind("email", |login| login.email.clone(), |login, email| login.email = email)}
                        kind="email" autocomplete="username" autofocus=true
                    />
                    <TextField
                        label={texts::PASSWORD}
                        bound={form.bind("password", |login| login.password.clone(), |login, password| login.password = password)}
                        {kind} autocomplete="current-password"
                        beside={html! {
                            <button type="button" class="button button-quiet" onclick={toggle}
                                aria-pressed={show_password.to_string()} aria-label={words.say(texts::SHOW_PASSWORD_LABEL)}>
                                { words.say(toggle_text) }
                            </button>
                        }}
                    />
                    if let Some(failure) = failure {
                        <Notice tone={Tone::Failed}>{ words.saying(&failure) }</Notice>
                    }
                    <SubmitButton saving={form.is_saving()} text={texts::SIGN_IN} saving_text={texts::SIGNING_IN} wide=true />
                </form>
                <p class="muted small">{ words.say(texts::NO_ACCOUNT) }</p>
                <Link to={Route::Home} class="small">{ words.say(texts::BACK_HOME) }</Link>
            </div>
        </main>
    }
}

/// What was typed so far.
#[derive(Clone, Default, PartialEq)]
struct Draft {
    email: String,
    password: String,
}

fn check(login: &Draft) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    errors.keep("email", Address::parse(&login.email));
    if login.password.is_empty() {
        errors.add(
            "password",
            FieldError::new(FieldCode::Required, "must not be empty"),
        );
    }
    errors.finish()
}

#[derive(PartialEq, Properties)]
struct OnwardsProps {
    path: Option<String>,
}

/// Leads the signed-in to where they wanted to go.
#[component]
fn Onwards(props: &OnwardsProps) -> Html {
    let path = props.path.clone();
    use_effect_with((), move |()| {
        let history = yew_router::history::BrowserHistory::new();
        match path {
            Some(path) => yew_router::history::History::replace(&history, path),
            None => yew_router::history::History::replace(&history, Route::Overview.to_path()),
        }
    });
    Html::default()
}

/// `next` of the query, if it is a path of our own: never another site's address.
fn wanted_path(query: &str) -> Option<String> {
    let pairs = crate::ui::list::address::pairs(query);
    let (_, next) = pairs.into_iter().find(|(name, _)| name == "next")?;
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    ours.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_led_back_only_within_the_page() {
        assert_eq!(
            wanted_path("?next=%2Frecipients%2F7"),
            Some("/recipients/7".to_owned())
        );
        for elsewhere in [
            "?next=https%3A%2F%2Fevil.example",
            "?next=%2F%2Fevil.example",
            "?next=%2F%5Cevil.example",
            "",
        ] {
            assert_eq!(wanted_path(elsewhere), None, "{elsewhere}");
        }
    }
}
