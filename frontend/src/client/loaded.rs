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
    /// Takes what a change has answered: it is newer than all that was asked for before.
    pub take: Callback<Rc<Answer<T>>>,
}

/// What is known of a load. Requests are numbered; only the answer to the last one counts.
struct LoadState<T> {
    number: u64,
    asked: Option<Call<T>>,
    fetching: bool,
    answer: Option<Rc<Answer<T>>>,
    /// What the answer was given to: while another is awaited, not always what was asked last.
    answered: Option<Call<T>>,
    error: Option<CallError>,
}

enum Step<T> {
    /// A request goes out. `kept` is what is known of its answer already.
    Ask {
        number: u64,
        call: Call<T>,
        kept: Option<Rc<Answer<T>>>,
    },
    Answer {
        number: u64,
        result: Result<Rc<Answer<T>>, CallError>,
    },
    /// There is an answer that was not asked for.
    Take { number: u64, answer: Rc<Answer<T>> },
}

impl<T> Default for LoadState<T> {
    fn default() -> Self {
        Self {
            number: 0,
            asked: None,
            fetching: false,
            answer: None,
            answered: None,
            error: None,
        }
    }
}

impl<T> Reducible for LoadState<T> {
    type Action = Step<T>;

    fn reduce(self: Rc<Self>, step: Step<T>) -> Rc<Self> {
        match step {
            Step::Ask { number, call, kept } => {
                // Another page of the same list may stand under the old one for a moment; another thing may not.
                let is_alike =
                    (self.answered.as_ref()).is_some_and(|answered| answered.path() == call.path());
                let (answer, answered) = match kept {
                    Some(kept) => (Some(kept), Some(call.clone())),
                    None if is_alike => (self.answer.clone(), self.answered.clone()),
                    None => (None, None),
                };
                Rc::new(Self {
                    number,
                    asked: Some(call),
                    fetching: true,
                    answer,
                    answered,
                    error: None,
                })
            }
            Step::Answer { number, .. } if number != self.number => self,
            Step::Take { number, answer } => Rc::new(Self {
                number,
                asked: self.asked.clone(),
                fetching: false,
                answer: Some(answer),
                answered: self.asked.clone(),
                error: None,
            }),
            Step::Answer { number, result } => {
                let asked = self.asked.clone();
                let (answer, answered, error) = match result {
                    Ok(answer) => (Some(answer), asked.clone(), None),
                    // What was there stays readable, unless it is gone or an answer to something else.
                    Err(error) if error.is_not_found() || self.answered != asked => {
                        (None, None, Some(error))
                    }
                    Err(error) => (self.answer.clone(), asked.clone(), Some(error)),
                };
                Rc::new(Self {
                    number,
                    asked,
                    fetching: false,
                    answer,
                    answered,
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
            take: self.take.clone(),
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

    /// The same with an answer that came before: what stands on that one stays.
    pub fn standing_on(self, before: &Self) -> Self {
        let answer = before.answer.clone();
        Self { answer, ..self }
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
    let asked_again = use_state(|| 0_u64);
    let asks = use_mut_ref(|| 0_u64);

    let take = {
        let (dispatcher, last_number) = (state.dispatcher(), last_number.clone());
        Callback::from(move |answer| {
            *last_number.borrow_mut() += 1;
            let number = *last_number.borrow();
            dispatcher.dispatch(Step::Take { number, answer });
        })
    };
    {
        let dispatcher = state.dispatcher();
        let dependencies = (call, *asked_again);
        use_effect_with(dependencies, move |(call, _)| {
            let Some(call) = call.clone() else {
                return;
            };
            let number = *last_number.borrow() + 1;
            *last_number.borrow_mut() = number;
            dispatcher.dispatch(Step::Ask {
                number,
                call: call.clone(),
                kept: client.kept(&call),
            });
            spawn_local(answer_to(client, call, number, dispatcher));
        });
    }

    let reload = {
        let (asked_again, asks) = (asked_again.setter(), asks.clone());
        // Counted apart from the state: whoever was given this long ago asks anew all the same.
        Callback::from(move |()| {
            *asks.borrow_mut() += 1;
            asked_again.set(*asks.borrow());
        })
    };
    Loading {
        answer: state.answer.clone(),
        error: state.error.clone(),
        fetching: state.fetching,
        reload,
        take,
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
    use crate::client::Method;

    type State = LoadState<&'static str>;

    fn asks(number: u64, url: &str) -> Step<&'static str> {
        Step::Ask {
            number,
            call: Call::new(Method::Get, url.to_owned()),
            kept: None,
        }
    }

    fn answered(number: u64, value: &'static str) -> Step<&'static str> {
        let answer = Answer { value, etag: None };
        Step::Answer {
            number,
            result: Ok(Rc::new(answer)),
        }
    }

    fn failed(number: u64) -> Step<&'static str> {
        Step::Answer {
            number,
            result: Err(CallError::Unreachable),
        }
    }

    fn shown(state: &State) -> Option<&'static str> {
        state.answer.as_ref().map(|answer| answer.value)
    }

    fn after(steps: impl IntoIterator<Item = Step<&'static str>>) -> Rc<State> {
        let begin = Rc::new(State::default());
        steps.into_iter().fold(begin, Reducible::reduce)
    }

    #[test]
    fn an_outdated_answer_is_never_shown() {
        let state = after([
            asks(1, "/list"),
            asks(2, "/list?page=2"),
            answered(2, "new"),
            answered(1, "old"),
        ]);
        assert_eq!(shown(&state), Some("new"));
        assert!(!state.fetching);
    }

    #[test]
    fn what_a_change_answered_is_never_replaced_by_what_was_asked_before() {
        let saved = Answer {
            value: "saved",
            etag: None,
        };
        let taken = Step::Take {
            number: 2,
            answer: Rc::new(saved),
        };
        let state = after([asks(1, "/article"), taken, answered(1, "old")]);
        assert_eq!(shown(&state), Some("saved"));
        assert!(!state.fetching);
    }

    #[test]
    fn a_failed_refresh_keeps_what_was_there() {
        let state = after([
            asks(1, "/list"),
            answered(1, "kept"),
            asks(2, "/list"),
            failed(2),
        ]);
        assert_eq!(shown(&state), Some("kept"));
        assert_eq!(state.error, Some(CallError::Unreachable));
    }

    #[test]
    fn an_answer_stands_for_another_of_its_kind_only_until_that_has_failed() {
        let state = after([
            asks(1, "/list?from=may"),
            answered(1, "may"),
            asks(2, "/list?from=june"),
        ]);
        assert_eq!((shown(&state), state.fetching), (Some("may"), true));
        // Asked once more before there was an answer: what is shown is still that of May.
        let state = state.reduce(asks(3, "/list?from=june")).reduce(failed(3));
        assert_eq!(shown(&state), None);
        assert_eq!(state.error, Some(CallError::Unreachable));
        let another_thing = after([asks(1, "/list/1"), answered(1, "one"), asks(2, "/list/2")]);
        assert_eq!(shown(&another_thing), None);
    }
}
