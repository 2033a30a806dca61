//! Saving in one call, and going to where the saved thing is seen.

use serde::de::DeserializeOwned;
use yew::prelude::*;

use super::{Draft, Form};
use crate::client::{Call, use_client};
use crate::i18n::Saying;
use crate::routes::Route;
use crate::ui::{use_go, use_toasts};

/// What a form does when it is submitted. `call` makes or changes the thing; it gives none where the clock has made
/// something wrong since it was checked. `saved` says what is told of the answer, given whether the thing is new, and
/// where one goes.
#[hook]
pub fn use_saving<T, V>(
    form: &Form<T>,
    call: fn(&Form<T>) -> Option<Call<V>>,
    saved: fn(&V, bool) -> (Saying, Route),
) -> Callback<SubmitEvent>
where
    T: Draft,
    V: DeserializeOwned + 'static,
{
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let form = form.clone();
    Callback::from(move |event: SubmitEvent| {
        let (client, toasts, go) = (client.clone(), toasts.clone(), go.clone());
        let is_new = form.version().is_none();
        let Some(call) = call(&form) else {
            event.prevent_default();
            form.is_valid();
            return;
        };
        form.submit(&event, move |_| async move {
            let answer = client.call(call).await?;
            let (said, route) = saved(&answer.value, is_new);
            toasts.done(said);
            go.saved(route);
            Ok(())
        });
    })
}
