//! A load under a form: a newer answer never takes the place of what somebody has typed, unless they ask for it.

use std::rc::Rc;

use serde::de::DeserializeOwned;
use yew::prelude::*;

use super::{Answer, Call, Loading, use_loaded};

/// What a form stands on.
pub struct Steady<T> {
    pub loading: Loading<T>,
    /// Hears whether something in the form is unsaved.
    pub differs: Callback<bool>,
}

/// Loads a thing: its newest answer, or the one before as long as a form over it holds something unsaved. Asking anew
/// by the returned load's `reload` gives that up.
#[hook]
pub fn use_steady<T>(id: i64, call: Call<T>) -> Steady<T>
where
    T: DeserializeOwned + 'static,
{
    let newest = use_loaded(call);
    let unsaved = use_state_eq(|| false);
    let given_up = use_mut_ref(|| false);
    let before = use_mut_ref(|| None::<(i64, Loading<T>)>);
    let reload = {
        let (given_up, reload) = (given_up.clone(), newest.reload.clone());
        Callback::from(move |()| {
            *given_up.borrow_mut() = true;
            reload.emit(());
        })
    };
    let kept = before.borrow_mut().take();
    let kept = kept.filter(|(of, _)| *of == id).map(|(_, kept)| kept);
    let mut loading = match kept {
        Some(kept) if *unsaved && !*given_up.borrow() => kept,
        Some(kept) => {
            if !is_same(kept.answer(), newest.answer()) {
                *given_up.borrow_mut() = false;
            }
            newest
        }
        None => newest,
    };
    loading.reload = reload;
    *before.borrow_mut() = Some((id, loading.clone()));
    let unsaved = unsaved.setter();
    Steady {
        loading,
        differs: Callback::from(move |differs| unsaved.set(differs)),
    }
}

fn is_same<T>(one: Option<&Rc<Answer<T>>>, other: Option<&Rc<Answer<T>>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Rc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}
