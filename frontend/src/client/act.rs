//! One thing that a person does with a button: busy while it runs, and what went wrong.

use std::rc::Rc;

use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Answer, Call, CallError, Client, use_client};

#[derive(Clone, PartialEq)]
pub struct Act {
    client: Client,
    busy: UseStateHandle<bool>,
    failure: UseStateHandle<Option<CallError>>,
}

#[hook]
pub fn use_act() -> Act {
    Act {
        client: use_client(),
        busy: use_state(|| false),
        failure: use_state(|| None),
    }
}

impl Act {
    pub fn is_busy(&self) -> bool {
        *self.busy
    }

    pub fn failure(&self) -> Option<CallError> {
        (*self.failure).clone()
    }

    /// Does it, unless it is being done already.
    pub fn run<T>(&self, call: Call<T>, done: impl FnOnce(Rc<Answer<T>>) + 'static)
    where
        T: DeserializeOwned + 'static,
    {
        if *self.busy {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        let Self {
            client,
            busy,
            failure,
        } = self.clone();
        spawn_local(async move {
            let result = client.call(call).await;
            busy.set(false);
            match result {
                Ok(answer) => done(answer),
                Err(error) => failure.set(Some(error)),
            }
        });
    }
}
