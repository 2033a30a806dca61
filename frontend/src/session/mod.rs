//! Who is signed in: found out at the start, changed by signing in and out, ended by the API.

pub mod calls;
mod code;
mod credentials;
mod gate;
mod password;
mod proof;
mod sign_in;
mod sign_in_again;
pub mod texts;
mod wanted;

use std::rc::Rc;

use contract::accounts::sign_up::Confirmation;
use contract::accounts::{AccessToken, Login, MeView, SecondFactorState};
use contract::instance::InstanceView;
use contract::permissions::Permission;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::accounts;
use crate::client::{CallError, Client, Demand};
use crate::i18n::use_suggested_language;

pub use code::{CodeField, CodeInput, TypedCode, at_its_field};
pub use credentials::said_above_button;
pub use gate::{Allowed, SignedIn};
pub use password::PasswordField;
use proof::ProofDialog;
pub use sign_in::{Onwards, SignIn};

/// What the page knows about the person in front of it.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The refresh cookie is being tried.
    Starting,
    Guest,
    SignedIn(Rc<Person>),
    /// The API ended the session. The screen stays, with all that was typed, until one signs in again or leaves.
    Ended(Rc<Person>, CallError),
    /// Whether anybody is signed in could not be found out.
    Failed(CallError),
}

/// A signed-in person and the service they use.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub me: MeView,
    pub instance: InstanceView,
}

impl Person {
    pub fn may(&self, permission: Permission) -> bool {
        self.me.role.may(permission)
    }

    /// May change or delete what this person owns.
    pub fn may_change(&self, owner_id: i64) -> bool {
        let own = owner_id == self.me.id && self.may(Permission::KeepOwnMailings);
        own || self.may(Permission::EditEverything)
    }

    /// The name, or the address of somebody without one.
    pub fn called(&self) -> AttrValue {
        let name = self.me.full_name.trim();
        AttrValue::from(if name.is_empty() {
            self.me.email.clone()
        } else {
            name.to_owned()
        })
    }
}

#[derive(Clone, PartialEq)]
pub struct Session {
    pub state: State,
    client: Client,
    set: UseStateSetter<State>,
}

impl Session {
    pub async fn log_in(&self, login: &Login) -> Result<(), CallError> {
        let token = self.client.call(calls::log_in(login)).await?;
        self.enter(&token.value).await
    }

    /// Confirms the address of a new account, which signs in.
    pub async fn confirm(&self, confirmation: &Confirmation) -> Result<(), CallError> {
        let call = accounts::calls::confirm(confirmation);
        let token = self.client.call(call).await?;
        self.enter(&token.value).await
    }

    async fn enter(&self, token: &AccessToken) -> Result<(), CallError> {
        self.client.take_token(token);
        let person = who(&self.client).await?;
        self.set.set(State::SignedIn(Rc::new(person)));
        // Who has just signed in has proved themselves.
        self.client.proved(true);
        Ok(())
    }

    /// Reads again who one is: something about oneself has changed.
    pub async fn refresh(&self) -> Result<(), CallError> {
        let person = who(&self.client).await?;
        self.set.set(State::SignedIn(Rc::new(person)));
        Ok(())
    }

    /// Takes what a change of oneself has answered.
    pub fn now_is(&self, me: MeView) {
        if let State::SignedIn(person) = &self.state {
            let instance = person.instance.clone();
            self.set
                .set(State::SignedIn(Rc::new(Person { me, instance })));
        }
    }

    /// Leaves a session that the API has ended.
    pub fn leave(&self) {
        self.client.forget();
        self.set.set(State::Guest);
    }

    /// Signs out here at once, and at the API as soon as it answers.
    pub fn log_out(&self) {
        let Self { client, set, .. } = self.clone();
        spawn_local(async move {
            let _ = client.call(calls::LOGOUT.call()).await;
            client.forget();
            set.set(State::Guest);
        });
    }

    /// Finds out again who is signed in.
    pub fn start(&self) {
        let Self { client, set, .. } = self.clone();
        spawn_local(async move { set.set(resumed(&client).await) });
    }
}

/// Holds the client and the session for the whole page.
#[component]
pub fn SessionProvider(props: &html::ChildrenProps) -> Html {
    let state = use_state(|| State::Starting);
    let asks_proof = use_state(|| false);
    let client = use_memo((), |()| {
        let (state, asks_proof) = (state.clone(), asks_proof.setter());
        Client::new(Callback::from(move |demand| match demand {
            Demand::SignIn(why) => state.set(ended(&state, why)),
            Demand::Proof => asks_proof.set(true),
            Demand::SecondFactor => state.set(must_set_up(&state)),
        }))
    });
    let proof_given = {
        let (asks_proof, client) = (asks_proof.setter(), client.clone());
        Callback::from(move |proved| {
            asks_proof.set(false);
            client.proved(proved);
        })
    };
    let session = Session {
        state: (*state).clone(),
        client: (*client).clone(),
        set: state.setter(),
    };
    {
        let session = session.clone();
        use_effect_with((), move |()| session.start());
    }
    use_suggested_language(match &*state {
        State::SignedIn(person) | State::Ended(person, _) => Some(person.me.language),
        State::Starting | State::Guest | State::Failed(_) => None,
    });
    let proof = match &*state {
        State::SignedIn(person) if *asks_proof => {
            let with_code = person.me.second_factor == SecondFactorState::On;
            html! { <ProofDialog {with_code} on_close={proof_given} /> }
        }
        _ => Html::default(),
    };
    html! {
        <ContextProvider<Client> context={(*client).clone()}>
            <ContextProvider<Session> context={session}>
                { props.children.clone() }
                { proof }
            </ContextProvider<Session>>
        </ContextProvider<Client>>
    }
}

/// The session; only inside of `SessionProvider`.
#[hook]
pub fn use_session() -> Option<Session> {
    use_context::<Session>()
}

/// The signed-in person: always there inside of `SignedIn`.
#[hook]
pub fn use_person() -> Option<Rc<Person>> {
    match use_context::<Session>()?.state {
        State::SignedIn(person) | State::Ended(person, _) => Some(person),
        State::Starting | State::Guest | State::Failed(_) => None,
    }
}

/// Says what the person in front of the page may do; a guest nothing that needs a permission.
#[hook]
pub fn use_may() -> impl Fn(Permission) -> bool {
    let person = use_person();
    move |permission| person.as_ref().is_some_and(|person| person.may(permission))
}

/// What is left when the API takes no token any more.
fn ended(state: &State, why: CallError) -> State {
    match state {
        State::SignedIn(person) | State::Ended(person, _) => State::Ended(person.clone(), why),
        State::Starting | State::Guest | State::Failed(_) => State::Guest,
    }
}

/// The rules have become stricter while one was signed in: the second factor comes first now.
fn must_set_up(state: &State) -> State {
    match state {
        State::SignedIn(person) => {
            let mut person = (**person).clone();
            person.me.second_factor = SecondFactorState::Required;
            State::SignedIn(Rc::new(person))
        }
        other => other.clone(),
    }
}

async fn resumed(client: &Client) -> State {
    let number = client.token_number();
    let found = match client.renew_token(number).await {
        Ok(()) => who(client).await,
        Err(error) => Err(error),
    };
    match found {
        Ok(person) => State::SignedIn(Rc::new(person)),
        Err(error) if error.means_signed_out() => State::Guest,
        Err(error) => State::Failed(error),
    }
}

async fn who(client: &Client) -> Result<Person, CallError> {
    let me = client.call(calls::ME.call()).await?;
    let instance = client.call(calls::INSTANCE.call()).await?;
    Ok(Person {
        me: me.value.clone(),
        instance: instance.value.clone(),
    })
}

#[cfg(test)]
pub mod tests {
    use chrono::DateTime;
    use contract::accounts::Language;
    use contract::accounts::sign_up::SignUp;
    use contract::instance::AttemptLog;
    use contract::permissions::Role;

    use super::*;

    /// Somebody signed in.
    pub fn person(role: Role, id: i64) -> Person {
        let me = MeView {
            id,
            email: "me@example.org".to_owned(),
            full_name: String::new(),
            role,
            permissions: role.permissions().collect(),
            time_zone: "UTC".to_owned(),
            language: Language::En,
            phone: None,
            phone_verified_at: None,
            city: String::new(),
            avatar_url: None,
            second_factor: SecondFactorState::Off,
            created_at: DateTime::UNIX_EPOCH,
        };
        let instance = InstanceView {
            name: "Golub".to_owned(),
            logo_url: None,
            accent: "#2854e0".to_owned(),
            version: String::new(),
            captures_mail: false,
            sign_up: SignUp::Open,
            sends_sms: false,
            attempt_log: AttemptLog::Own,
        };
        Person { me, instance }
    }
}
