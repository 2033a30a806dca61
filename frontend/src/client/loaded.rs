//! A page asks for its data in one way: waiting, failed or ready, and never an outdated answer over a newer one.

use std::rc::Rc;

use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Answer, Call, CallError, Client, use_client};

/// Where a load stands, and how to ask again.
///
/// A picture of one moment: the hook's own handle would always show the newest state, so that a component that
/// is given it could not tell that it has changed.
pub struct Loading<T> {
    answer: Option<Rc<Answer<T>>>,
    error: Option<CallError>,
    fetching: bool,
    pub reload: Callback<()>,
}

/// What is known of a load. Requests are numbered; only the answer to the last one counts.
struct LoadState<T> {
    asked: u64,
    fetching: bool,
    answer: Option<Rc<Answer<T>>>,
    error: Option<CallError>,
}

enum Step<T> {
    /// A request goes out. `at_hand` is what may be shown until it is answered.
    Ask {
        number: u64,
        at_hand: Option<Rc<Answer<T>>>,
    },
    Answer {
        number: u64,
        result: Result<Rc<Answer<T>>, CallError>,
    },
}

impl<T> Default for LoadState<T> {
    fn default() -> Self {
        Self {
            asked: 0,
            fetching: false,
            answer: None,
            error: None,
        }
    }
}

impl<T> Reducible for LoadState<T> {
    type Action = Step<T>;

    fn reduce(self: Rc<Self>, step: Step<T>) -> Rc<Self> {
        match step {
            Step::Ask { number, at_hand } => Rc::new(Self {
                asked: number,
                fetching: true,
                answer: at_hand,
                error: None,
            }),
            Step::Answer { number, .. } if number != self.asked => self,
            Step::Answer { number, result } => {
                let (answer, error) = match result {
                    Ok(answer) => (Some(answer), None),
                    // What was there stays readable, unless it is gone.
                    Err(error) if error.is_not_found() => (None, Some(error)),
                    Err(error) => (self.answer.clone(), Some(error)),
                };
                Rc::new(Self {
                    asked: number,
                    fetching: false,
                    answer,
                    error,
                })
            }
        }
    }
}

impl<T> Clone for Loading<T> {
    fn clone(&self) -> Self {
        Self {
            answer: self.answer.clone(),
            error: self.error.clone(),
            fetching: self.fetching,
            reload: self.reload.clone(),
        }
    }
}

impl<T> PartialEq for Loading<T> {
    fn eq(&self, other: &Self) -> bool {
        let same_answer = match (&self.answer, &other.answer) {
            (Some(mine), Some(theirs)) => Rc::ptr_eq(mine, theirs),
            (None, None) => true,
            _ => false,
        };
        same_answer && self.fetching == other.fetching && self.error == other.error
    }
}

impl<T> Loading<T> {
    /// The newest answer, also while a newer one is on its way.
    pub fn answer(&self) -> Option<&Rc<Answer<T>>> {
        self.answer.as_ref()
    }

    pub fn value(&self) -> Option<&T> {
        self.answer().map(|answer| &answer.value)
    }

    pub fn error(&self) -> Option<&CallError> {
        self.error.as_ref()
    }

    pub fn is_fetching(&self) -> bool {
        self.fetching
    }
}

/// Loads what the call asks for, and again whenever the call changes.
#[hook]
pub fn use_loaded<T>(call: Call<T>) -> Loading<T>
where
    T: DeserializeOwned + 'static,
{
    use_loaded_if(Some(call))
}

/// The same, for a call that may not be known yet.
#[hook]
pub fn use_loaded_if<T>(call: Option<Call<T>>) -> Loading<T>
where
    T: DeserializeOwned + 'static,
{
    let client = use_client();
    let state = use_reducer(LoadState::<T>::default);
    let last_number = use_mut_ref(|| 0_u64);
    let last_path = use_mut_ref(String::new);
    let asked_again = use_state(|| 0_u64);

    {
        let dispatcher = state.dispatcher();
        let shown = state.answer.clone();
        let dependencies = (call, *asked_again);
        use_effect_with(dependencies, move |(call, _)| {
            let Some(call) = call.clone() else {
                return;
            };
            let number = *last_number.borrow() + 1;
            *last_number.borrow_mut() = number;
            let same_path = *last_path.borrow() == call.path();
            call.path().clone_into(&mut last_path.borrow_mut());
            // Another page of the same list may stand under the old one for a moment; another thing may not.
            let at_hand = client.kept(&call).or(if same_path { shown } else { None });
            dispatcher.dispatch(Step::Ask { number, at_hand });
            spawn_local(answer_to(client, call, number, dispatcher));
        });
    }

    let reload = {
        let asked_again = asked_again.clone();
        Callback::from(move |()| asked_again.set(*asked_again + 1))
    };
    Loading {
        answer: state.answer.clone(),
        error: state.error.clone(),
        fetching: state.fetching,
        reload,
    }
}

async fn answer_to<T>(
    client: Client,
    call: Call<T>,
    number: u64,
    dispatcher: UseReducerDispatcher<LoadState<T>>,
) where
    T: DeserializeOwned + 'static,
{
    let result = client.call(call).await;
    dispatcher.dispatch(Step::Answer { number, result });
}

#[cfg(test)]
mod tests {
    use super::*;

    type State = LoadState<&'static str>;

    fn answered(number: u64, value: &'static str) -> Step<&'static str> {
        let answer = Answer { value, etag: None };
        Step::Answer {
            number,
            result: Ok(Rc::new(answer)),
        }
    }

    fn shown(state: &State) -> Option<&'static str> {
        state.answer.as_ref().map(|answer| answer.value)
    }

    #[test]
    fn an_outdated_answer_is_never_shown() {
        let state = Rc::new(State::default());
        let state = state.reduce(Step::Ask {
            number: 1,
            at_hand: None,
        });
        let state = state.reduce(Step::Ask {
            number: 2,
            at_hand: None,
        });
        let state = state.reduce(answered(2, "new"));
        let state = state.reduce(answered(1, "old"));
        assert_eq!(shown(&state), Some("new"));
        assert!(!state.fetching);
    }

    #[test]
    fn a_failed_refresh_keeps_what_was_there() {
        let state = Rc::new(State::default());
        let state = state.reduce(Step::Ask {
            number: 1,
            at_hand: None,
        });
        let state = state.reduce(answered(1, "kept"));
        let at_hand = state.answer.clone();
        let state = state.reduce(Step::Ask { number: 2, at_hand });
        let state = state.reduce(Step::Answer {
            number: 2,
            result: Err(CallError::Unreachable),
        });
        assert_eq!(shown(&state), Some("kept"));
        assert_eq!(state.error, Some(CallError::Unreachable));
    }
}
