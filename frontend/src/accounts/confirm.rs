//! Where the link in the first letter leads: it confirms the address, and says what to do where it does not.

use contract::address::Address;
use contract::problem::FieldErrors;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Doorway, MailNote, calls, texts};
use crate::client::{CallError, Client, use_client};
use crate::i18n::texts::TRY_AGAIN;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::session::texts::EMAIL;
use crate::ui::form::{SubmitButton, TextField, use_unguarded_form};
use crate::ui::{Button, Icon, Link, Notice, Tone, skeleton, use_taken};

/// What became of a link.
#[derive(Clone, PartialEq)]
pub enum Taken<T> {
    Asking,
    Done(T),
    /// The link does not hold, or there was none.
    Dead,
    /// Nobody knows: the service did not answer, or too many tried.
    Failed(CallError),
}

impl<T> From<Result<T, CallError>> for Taken<T> {
    fn from(result: Result<T, CallError>) -> Self {
        match result {
            Ok(done) => Self::Done(done),
            Err(
                error @ (CallError::Unreachable | CallError::TooSoon(_) | CallError::Unreadable(_)),
            ) => Self::Failed(error),
            Err(CallError::Refused(problem)) if problem.status >= 500 => {
                Self::Failed(CallError::Refused(problem))
            }
            Err(CallError::Refused(_)) => Self::Dead,
        }
    }
}

/// Takes the link's token to the API as soon as the page is open; and again, when a person asks.
#[hook]
pub fn use_link<T, F>(take: fn(Client, String) -> F) -> (Taken<T>, Callback<()>)
where
    T: Clone + PartialEq + 'static,
    F: Future<Output = Result<T, CallError>> + 'static,
{
    let client = use_client();
    let token = use_taken("token");
    let taken = use_state(|| Taken::Asking);
    let ask = {
        let taken = taken.clone();
        use_callback(token, move |(), token| {
            let Some(token) = token.clone() else {
                taken.set(Taken::Dead);
                return;
            };
            let (client, taken) = (client.clone(), taken.clone());
            taken.set(Taken::Asking);
            spawn_local(async move { taken.set(take(client, token).await.into()) });
        })
    };
    {
        let ask = ask.clone();
        use_effect_with((), move |()| ask.emit(()));
    }
    ((*taken).clone(), ask)
}

#[component]
pub fn Confirm() -> Html {
    let words = use_words();
    let (taken, again) =
        use_link(|client, token| async move { client.call(calls::confirm(token)).await.map(drop) });
    match taken {
        Taken::Asking => html! {
            <Doorway title={words.say(texts::CONFIRMING)} sentence="">{ skeleton(2) }</Doorway>
        },
        Taken::Done(()) => html! {
            <Doorway title={words.say(texts::CONFIRMED)} sentence={words.say(texts::CONFIRMED_SENTENCE)}>
                <p class="doorway-step">
                    <Link to={Route::SignIn} class="button button-primary button-large">{ words.say(texts::TO_SIGN_IN) }</Link>
                </p>
            </Doorway>
        },
        Taken::Dead => html! {
            <Doorway title={words.say(texts::NOT_CONFIRMED)} sentence={words.say(texts::NOT_CONFIRMED_SENTENCE)}>
                <NewLink />
                <p class="doorway-aside"><Link to={Route::SignIn}>{ words.say(texts::TO_SIGN_IN) }</Link></p>
            </Doorway>
        },
        Taken::Failed(error) => html! { <NotAsked {error} {again} /> },
    }
}

#[derive(PartialEq, Properties)]
pub struct NotAskedProps {
    pub error: CallError,
    pub again: Callback<()>,
}

/// The link may well be good: it could not be asked for.
#[component]
pub fn NotAsked(props: &NotAskedProps) -> Html {
    let words = use_words();
    html! {
        <Doorway title={words.say(texts::COULD_NOT_ASK)} sentence={words.saying(&props.error.saying())}>
            <p class="doorway-step">
                <Button icon={Icon::ArrowRepeat} text={words.say(TRY_AGAIN)} onclick={props.again.clone()} />
            </p>
        </Doorway>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_not_called_dead_because_the_service_is() {
        let taken: Taken<()> = Err(CallError::Unreachable).into();
        assert!(taken == Taken::Failed(CallError::Unreachable));
        let taken: Taken<()> = Err(CallError::TooSoon(60)).into();
        assert!(taken == Taken::Failed(CallError::TooSoon(60)));
    }
}
