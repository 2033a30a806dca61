//! The gate before everything that needs a person: waits, lets in, or leads to sign-in and back.

use yew::prelude::*;
use yew_router::prelude::*;

use super::{State, texts, use_session};
use crate::i18n::use_words;
use crate::routes::Route;
use crate::ui::{FailedPanel, Logo};

#[component]
pub fn SignedIn(props: &html::ChildrenProps) -> Html {
    let words = use_words();
    let location = use_location();
    let session = use_session();
    match session.as_ref().map(|session| &session.state) {
        Some(State::SignedIn(_)) => props.children.clone(),
        Some(State::Guest { .. }) => {
            let wanted = location.map_or_else(String::new, |location| {
                format!("{}{}", location.path(), location.query_str())
            });
            html! { <ToSignIn {wanted} /> }
        }
        Some(State::Failed(error)) => {
            let again = session.clone().map_or_else(Callback::noop, |session| {
                Callback::from(move |()| session.start())
            });
            html! {
                <main class="solo"><FailedPanel error={error.clone()} {again} /></main>
            }
        }
        Some(State::Starting) | None => html! {
            <main class="solo solo-wait" aria-busy="true">
                <Logo size=40 />
                <p class="muted">{ words.say(texts::STARTING) }</p>
            </main>
        },
    }
}

#[derive(PartialEq, Properties)]
struct ToSignInProps {
    wanted: String,
}

#[component]
fn ToSignIn(props: &ToSignInProps) -> Html {
    let navigator = use_navigator();
    use_effect_with(props.wanted.clone(), move |wanted| {
        if let Some(navigator) = navigator {
            let query = [("next", wanted.as_str())];
            let _ = navigator.replace_with_query(&Route::SignIn, query);
        }
    });
    Html::default()
}
