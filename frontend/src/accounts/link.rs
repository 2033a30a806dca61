//! A letter's link: what became of it, and taking it to the API when somebody presses the button. Opening it does
//! nothing, since mail programs and scanners open links by themselves.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Doorway, texts};
use crate::client::{CallError, Client, use_client};
use crate::i18n::texts::TRY_AGAIN;
use crate::i18n::use_words;
use crate::ui::{Button, Icon, use_taken_later};

/// What became of a link.
#[derive(Clone, PartialEq)]
pub enum Taken<T> {
    /// Nobody has pressed the button.
    NotYet,
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

/// What became of the link in the address bar, and what takes its token to the API.
#[hook]
pub fn use_link<T, F>(take: fn(Client, String) -> F) -> (Taken<T>, Callback<()>)
where
    T: Clone + PartialEq + 'static,
    F: Future<Output = Result<T, CallError>> + 'static,
{
    let client = use_client();
    let (token, used) = use_taken_later("token");
    let taken = {
        let is_there = token.is_some();
        use_state(move || if is_there { Taken::NotYet } else { Taken::Dead })
    };
    let press = {
        let taken = taken.setter();
        use_callback(token, move |(), token| {
            let Some(token) = token.clone() else {
                return;
            };
            let (client, taken, used) = (client.clone(), taken.clone(), used.clone());
            taken.set(Taken::Asking);
            spawn_local(async move {
                let became = Taken::from(take(client, token).await);
                if matches!(became, Taken::Done(_)) {
                    used.emit(());
                }
                taken.set(became);
            });
        })
    };
    ((*taken).clone(), press)
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
