//! Where the links in the two letters about a new address lead: the change is made when both were taken.

use contract::accounts::profile::EmailChangeView;
use yew::prelude::*;

use super::link::{NotAsked, Taken, use_link};
use super::{Doorway, calls, texts};
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::session::{use_person, use_session};
use crate::ui::{Button, Link, Look, Pill, Tone};

#[component]
pub fn ConfirmEmail() -> Html {
    let words = use_words();
    let session = use_session();
    let signed_in = use_person().is_some();
    let (taken, press) = use_link(|client, token| async move {
        let change = client.call(calls::confirm_email(token)).await?;
        Ok(change.value.clone())
    });
    let done = matches!(taken, Taken::Done(_));
    use_effect_with(done, move |done| {
        // Whoever is signed in here may have another address now.
        if let (true, Some(session)) = (*done && signed_in, session) {
            session.start();
        }
    });
    match taken {
        Taken::NotYet | Taken::Asking => html! {
            <Doorway title={words.say(texts::MAIL_CONFIRM_TITLE)} sentence={words.say(texts::MAIL_CONFIRM_SENTENCE)}>
                <p class="doorway-step">
                    <Button look={Look::Primary} text={words.say(texts::MAIL_CONFIRM)} onclick={press} disabled={taken == Taken::Asking} />
                </p>
            </Doorway>
        },
        Taken::Done(change) => done_screen(words, &change, signed_in),
        Taken::Dead => html! {
            <Doorway title={words.say(texts::NOT_CONFIRMED)} sentence={words.say(texts::MAIL_LINK_DEAD)}>
                { onwards(words, signed_in) }
            </Doorway>
        },
        Taken::Failed(error) => html! { <NotAsked {error} again={press} /> },
    }
}

fn done_screen(words: Words, change: &EmailChangeView, signed_in: bool) -> Html {
    let EmailChangeView {
        email,
        present_confirmed,
        new_confirmed,
    } = change;
    if *present_confirmed && *new_confirmed {
        return html! {
            <Doorway title={words.say(texts::MAIL_CHANGED)} sentence={words.fill(texts::MAIL_CHANGED_SENTENCE, &[("email", email)])}>
                { onwards(words, signed_in) }
            </Doorway>
        };
    }
    html! {
        <Doorway title={words.say(texts::MAIL_HALF)} sentence={words.say(texts::MAIL_HALF_SENTENCE)}>
            <div class="doorway-form"><TwoAddresses change={change.clone()} /></div>
            { onwards(words, signed_in) }
        </Doorway>
    }
}

fn onwards(words: Words, signed_in: bool) -> Html {
    let (to, text) = if signed_in {
        (Route::Profile, texts::TO_PROFILE)
    } else {
        (Route::SignIn, texts::TO_SIGN_IN)
    };
    html! { <p class="doorway-step"><Link {to} class="button">{ words.say(text) }</Link></p> }
}

#[derive(PartialEq, Properties)]
pub struct TwoAddressesProps {
    pub change: EmailChangeView,
}

/// Which of the two letters' links were taken.
#[component]
pub fn TwoAddresses(props: &TwoAddressesProps) -> Html {
    let words = use_words();
    let EmailChangeView {
        email,
        present_confirmed,
        new_confirmed,
    } = &props.change;
    let state = |confirmed: bool| {
        let (tone, text) = if confirmed {
            (Tone::Sent, texts::MAIL_CONFIRMED)
        } else {
            (Tone::Queued, texts::MAIL_WAITS)
        };
        html! { <Pill {tone} text={words.say(text)} /> }
    };
    html! {
        <ul class="two-addresses">
            <li><span>{ words.say(texts::MAIL_PRESENT) }</span>{ state(*present_confirmed) }</li>
            <li><span>{ words.fill(texts::MAIL_NEW, &[("email", email)]) }</span>{ state(*new_confirmed) }</li>
        </ul>
    }
}
