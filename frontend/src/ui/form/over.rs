//! A form over what the service has of a thing: a newer version takes its place only while nothing in it is unsaved.
//!
//! The form lives above the load, so that no answer can take it away: not that the thing is gone, nor that it may no
//! longer be changed. Saving says so then, and what was typed stays to be seen. A newer version comes into the fields
//! that stand: the cursor stays where it was.

use yew::prelude::*;

use super::{Check, Draft, Form, Known, use_unguarded_form};
use crate::client::{Answer, Loading};
use crate::ui::use_unsaved;

/// Gives the load to draw the screen from, and the form: it has a version as soon as it stands on an answer. `known` is
/// what a form makes of an answer, if it can; `blank` what the form holds before.
#[hook]
pub fn use_form_over<V, T, K>(
    newest: Loading<V>,
    known: K,
    blank: T,
    check: Check<T>,
) -> (Loading<V>, Form<T>)
where
    V: 'static,
    T: Draft,
    K: FnOnce(&Answer<V>) -> Option<Known<T>>,
{
    let mut form = use_unguarded_form(blank, check);
    let given_up = use_state(|| None::<T>);
    let before = use_mut_ref(|| None::<Loading<V>>);
    let known = newest.answer().and_then(|answer| known(answer));
    // Only what was there when they said so: not what was typed while the newer version was on its way.
    let is_given_up = given_up.as_ref() == Some(form.draft());
    let standing = Standing {
        is_newer: (known.as_ref()).is_some_and(|known| known.version.as_ref() != form.version()),
        is_saving: form.is_saving(),
        is_unsaved: form.is_unsaved() && !is_given_up,
    };
    use_unsaved(standing.is_unsaved);

    let is_missing = known.is_none();
    {
        let (form, given_up) = (form.clone(), given_up.setter());
        let version = known.as_ref().and_then(|known| known.version.clone());
        use_effect_with(
            (standing.takes_newer(), version),
            move |(takes_newer, _)| {
                if let (true, Some(known)) = (*takes_newer, known) {
                    given_up.set(None);
                    form.begin(known);
                }
            },
        );
    }
    let give_up = {
        let (form, reload) = (form.clone(), newest.reload.clone());
        Callback::from(move |()| {
            given_up.set(Some(form.draft().clone()));
            reload.emit(());
        })
    };
    form.give_up = Some(give_up);

    let stood = before.borrow_mut().take();
    let loading = match stood {
        Some(before) if is_missing && standing.is_unsaved => newest.standing_on(&before),
        _ => newest,
    };
    *before.borrow_mut() = Some(loading.clone());
    (loading, form)
}

/// How a form stands to what the service has.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Standing {
    /// The service has another version than the form.
    is_newer: bool,
    is_saving: bool,
    /// Something in the form is not saved yet, and not given up.
    is_unsaved: bool,
}

impl Standing {
    /// Whether the newer version takes the form's place: never over what somebody has typed, unless they said so.
    const fn takes_newer(self) -> bool {
        self.is_newer && !self.is_unsaved && !self.is_saving
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_version_never_takes_the_place_of_what_was_typed_unasked() {
        let untouched = Standing {
            is_newer: true,
            is_saving: false,
            is_unsaved: false,
        };
        assert!(untouched.takes_newer());
        let typed = Standing {
            is_unsaved: true,
            ..untouched
        };
        assert!(!typed.takes_newer());
        let busy = Standing {
            is_saving: true,
            ..untouched
        };
        assert!(!busy.takes_newer());
        let newest = Standing {
            is_newer: false,
            ..untouched
        };
        assert!(!newest.takes_newer());
    }
}
