//! Signing up: one short form, then the letter.

use contract::accounts::Language;
use contract::accounts::sign_up::{Registration, SignUp};
use contract::address::Address;
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Doorway, Letter, MailNote, NewPasswordField, SendAgain, calls, texts};
use crate::client::{use_client, use_loaded};
use crate::home::ExampleMailing;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::session;
use crate::session::texts::EMAIL;
use crate::ui::form::{Form, SubmitButton, TextField, use_unguarded_form};
use crate::ui::list::address::pairs;
use crate::ui::time::browser_zone;
use crate::ui::{Button, Link, Look, Notice, Tone, skeleton};

#[component]
pub fn SignUpScreen() -> Html {
    let words = use_words();
    let instance = use_loaded(session::calls::INSTANCE.call());
    let email = {
        let location = use_location();
        use_memo((), |()| {
            let query = location.as_ref().map_or("", Location::query_str);
            let found = pairs(query).into_iter().find(|(name, _)| name == "email");
            found.map(|(_, email)| email).unwrap_or_default()
        })
    };
    let form = use_unguarded_form(empty((*email).clone()), Registration::check);
    // The address that a letter went to.
    let sent_to = use_state(|| None::<String>);
    let change = {
        let sent_to = sent_to.clone();
        Callback::from(move |()| sent_to.set(None))
    };
    if let Some(email) = &*sent_to {
        return html! { <CheckMail email={email.clone()} {change} /> };
    }
    let mode = instance.value().map(|instance| instance.sign_up);
    if mode == Some(SignUp::Closed) {
        return html! {
            <Doorway title={words.say(texts::CLOSED_TITLE)} sentence={words.say(texts::CLOSED_SENTENCE)}>
                <p class="doorway-aside"><Link to={Route::SignIn} class="button">{ words.say(texts::TO_SIGN_IN) }</Link></p>
            </Doorway>
        };
    }
    let on_sent = {
        let sent_to = sent_to.clone();
        Callback::from(move |email| sent_to.set(Some(email)))
    };
    html! {
        <Doorway title={words.say(texts::SIGN_UP_TITLE)} sentence={words.say(texts::SIGN_UP_SENTENCE)} beside={beside(words)}>
            if mode == Some(SignUp::Invited) {
                <Notice tone={Tone::Queued}>{ words.say(texts::INVITED_ONLY) }</Notice>
            }
            if mode.is_none() && instance.error().is_none() {
                { skeleton(4) }
            } else {
                <SignUpForm {form} {on_sent} />
            }
            <p class="doorway-aside">
                <span class="muted">{ words.say(texts::HAVE_ACCOUNT) }</span>{ " " }
                <Link to={Route::SignIn}>{ words.say(texts::TO_SIGN_IN) }</Link>
            </p>
        </Doorway>
    }
}

fn beside(words: crate::i18n::Words) -> Html {
    html! {
        <>
            <h2>{ words.say(texts::GET_ONE) }</h2>
            <p class="muted">{ words.say(texts::GET_SENTENCE) }</p>
            <ExampleMailing />
        </>
    }
}

fn empty(email: String) -> Registration {
    Registration {
        email,
        password: String::new(),
        full_name: String::new(),
        language: Language::default(),
        time_zone: String::new(),
    }
}

#[derive(PartialEq, Properties)]
struct SignUpFormProps {
    form: Form<Registration>,
    /// The address that the letter went to.
    on_sent: Callback<String>,
}

#[component]
fn SignUpForm(props: &SignUpFormProps) -> Html {
    let words = use_words();
    let client = use_client();
    let form = &props.form;
    let submit = {
        let (form, on_sent) = (form.clone(), props.on_sent.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, on_sent) = (client.clone(), on_sent.clone());
            form.submit(&event, move |draft| async move {
                let registration = Registration {
                    language: words.language,
                    time_zone: browser_zone().to_string(),
                    ..draft
                };
                client.call(calls::register(&registration)).await?;
                on_sent.emit(registration.email.trim().to_owned());
                Ok(())
            });
        })
    };
    let draft = form.draft();
    // A browser names the address that was invited already; typing goes on below.
    let invited = use_memo((), |()| Address::parse(&draft.email).is_ok());
    html! {
        <form onsubmit={submit} novalidate=true class="form doorway-form">
            <TextField label={EMAIL} kind="email" autocomplete="username" autofocus={!*invited}
                bound={form.bind("email", |draft| draft.email.clone(), |draft, email| draft.email = email)} />
            <NewPasswordField email={draft.email.clone()} full_name={draft.full_name.clone()} autofocus={*invited}
                bound={form.bind("password", |draft| draft.password.clone(), |draft, password| draft.password = password)} />
            <TextField label={texts::FULL_NAME} optional=true autocomplete="name" hint={words.say(texts::FULL_NAME_HINT)}
                bound={form.bind("full_name", |draft| draft.full_name.clone(), |draft, name| draft.full_name = name)} />
            if let Some(error) = form.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
            <SubmitButton saving={form.is_saving()} text={texts::SIGN_UP} saving_text={texts::SIGNING_UP} wide=true />
        </form>
    }
}

#[derive(PartialEq, Properties)]
struct CheckMailProps {
    email: String,
    /// Back to the form, with all that was typed.
    change: Callback<()>,
}

#[component]
fn CheckMail(props: &CheckMailProps) -> Html {
    let words = use_words();
    let email = &props.email;
    html! {
        <Doorway title={words.say(texts::CHECK_MAIL)} sentence={words.fill(texts::CHECK_MAIL_SENTENCE, &[("email", email)])}>
            <div class="doorway-form doorway-next">
                <p class="muted">{ words.say(texts::CHECK_MAIL_HINT) }</p>
                <MailNote />
                <SendAgain letter={Letter::Confirm} email={email.clone()} just_sent=true />
                <Button look={Look::Quiet} text={words.say(texts::OTHER_ADDRESS)} onclick={props.change.clone()} />
            </div>
            <p class="doorway-aside"><Link to={Route::SignIn}>{ words.say(texts::TO_SIGN_IN) }</Link></p>
        </Doorway>
    }
}
