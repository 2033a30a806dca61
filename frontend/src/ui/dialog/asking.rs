//! What a screen asks about before it does something: opened by a button, closed by the dialog.

use yew::prelude::*;

/// What is asked about now, if anything.
pub struct Asking<T> {
    pub now: Option<T>,
    pub close: Callback<()>,
    setter: UseStateSetter<Option<T>>,
}

#[hook]
pub fn use_asking<T: Clone + 'static>() -> Asking<T> {
    let now = use_state(|| None::<T>);
    let setter = now.setter();
    let close = {
        let setter = setter.clone();
        Callback::from(move |()| setter.set(None))
    };
    Asking {
        now: (*now).clone(),
        close,
        setter,
    }
}

impl<T: Clone + 'static> Asking<T> {
    /// What a button does that asks about this.
    pub fn ask(&self, what: T) -> Callback<()> {
        let setter = self.setter.clone();
        Callback::from(move |()| setter.set(Some(what.clone())))
    }

    pub fn is_open(&self) -> bool {
        self.now.is_some()
    }
}
