//! The gate before everything that needs a person: waits, lets in, or leads to sign-in and back.

use contract::accounts::SecondFactorState;
use contract::permissions::Permission;
use yew::prelude::*;
use yew_router::prelude::*;

use super::sign_in_again::SignInAgain;
use super::{Person, State, texts, use_may, use_person, use_session, wanted};
use crate::i18n::texts::errors::FORBIDDEN;
use crate::i18n::use_words;
use crate::instance::{Logo, use_face};
use crate::profile::SetUpFirst;
use crate::routes::Route;
use crate::ui::{Empty, FailedPanel, Icon, Link};

#[component]
pub fn SignedIn(props: &html::ChildrenProps) -> Html {
    let words = use_words();
    let location = use_location();
    let session = use_session();
    let name = use_face().name;
    let was_in = use_mut_ref(|| false);
    let person = use_person();
    if person.is_some() {
        *was_in.borrow_mut() = true;
    }
    match session.as_ref().map(|session| &session.state) {
        Some(State::SignedIn(person)) if must_set_up(person) => html! { <SetUpFirst /> },
        Some(state @ (State::SignedIn(_) | State::Ended(..))) => html! {
            <>
                { props.children.clone() }
                { again(state) }
            </>
        },
        Some(State::Guest) => {
            let wanted = location.map_or_else(String::new, |location| {
                format!("{}{}", location.path(), location.query_str())
            });
            // Who has signed out here wanted to leave: whoever signs in next begins anew.
            let came_as_guest = !*was_in.borrow();
            html! { <ToSignIn {wanted} {came_as_guest} /> }
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
                <p class="muted">{ words.fill(texts::STARTING, &[("name", &name)]) }</p>
            </main>
        },
    }
}

/// Nothing else may be done before.
fn must_set_up(person: &Person) -> bool {
    person.me.second_factor == SecondFactorState::Required
}

/// Stands behind the screen in any case, so that the screen keeps its place, and with it all that was typed.
fn again(state: &State) -> Html {
    match state {
        State::Ended(person, why) => {
            html! { <SignInAgain email={person.me.email.clone()} why={why.clone()} /> }
        }
        State::SignedIn(_) | State::Starting | State::Guest | State::Failed(_) => Html::default(),
    }
}

#[derive(PartialEq, Properties)]
pub struct AllowedProps {
    pub needs: Option<Permission>,
    pub children: Html,
}

/// Lets in only those whose role may use this screen; for others nothing here would work.
#[component]
pub fn Allowed(props: &AllowedProps) -> Html {
    let words = use_words();
    let may = use_may();
    if props.needs.is_none_or(may) {
        return props.children.clone();
    }
    html! {
        <Empty whole_page=true icon={Icon::ShieldCheck} title={words.say(texts::NOT_YOURS)} sentence={words.say(FORBIDDEN)}>
            <Link to={Route::Overview} class="button">{ words.say(texts::TO_OVERVIEW) }</Link>
        </Empty>
    }
}

#[derive(PartialEq, Properties)]
struct ToSignInProps {
    wanted: String,
    came_as_guest: bool,
}

#[component]
fn ToSignIn(props: &ToSignInProps) -> Html {
    let navigator = use_navigator();
    let came_as_guest = props.came_as_guest;
    use_effect_with(props.wanted.clone(), move |wanted| {
        if came_as_guest {
            wanted::remember(wanted);
        }
        if let Some(navigator) = navigator {
            let query = [("next", wanted.as_str())];
            let _ = navigator.replace_with_query(&Route::SignIn, query);
        }
    });
    Html::default()
}
