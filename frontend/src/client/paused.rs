//! Asking while somebody types: after each pause, with the last answer in place until the next one is there.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Answer, Call, CallError, use_client};

/// A pause in the typing this long asks anew.
const PAUSE_MS: u32 = 500;

/// A pause in the choosing this long makes a call of what was chosen.
const SETTLED_MS: u32 = 300;

/// The newest answer; none until there was one.
pub type Shown<T> = Option<Result<Rc<Answer<T>>, CallError>>;

/// Asks whenever the call has not changed for a moment; an answer to an older call never comes over a newer one.
#[hook]
pub fn use_answer_after_pause<T>(call: Option<Call<T>>) -> UseStateHandle<Shown<T>>
where
    T: DeserializeOwned + 'static,
{
    let client = use_client();
    let shown = use_state(|| None);
    let number = use_mut_ref(|| 0_u64);
    let shown_now = shown.clone();
    use_effect_with(call, move |call| {
        *number.borrow_mut() += 1;
        let asked = *number.borrow();
        let wait = if shown_now.is_none() { 0 } else { PAUSE_MS };
        let timeout = call.clone().map(|call| {
            Timeout::new(wait, move || {
                spawn_local(async move {
                    let answer = client.call(call).await;
                    if *number.borrow() == asked {
                        shown_now.set(Some(answer));
                    }
                });
            })
        });
        move || drop(timeout)
    });
    shown
}

/// The call as it was when it last stood still for a moment; none until then.
#[hook]
pub fn use_settled<T: 'static>(call: Option<Call<T>>) -> Option<Call<T>> {
    let settled = use_state(|| None::<Call<T>>);
    {
        let settled = settled.clone();
        use_effect_with(call, move |call| {
            let timeout = call
                .clone()
                .map(|call| Timeout::new(SETTLED_MS, move || settled.set(Some(call))));
            move || drop(timeout)
        });
    }
    (*settled).clone()
}
