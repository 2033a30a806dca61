//! Doing something again and again while a screen is open.

use gloo_timers::callback::Interval;
use yew::prelude::*;

/// Calls `act` every so many milliseconds while `active`, but not in a tab that nobody sees.
#[hook]
pub fn use_every(milliseconds: u32, active: bool, act: Callback<()>) {
    // Each drawing brings a newer callback; the timer must not go on with the first one.
    let newest = use_mut_ref(Callback::<()>::noop);
    *newest.borrow_mut() = act;
    use_effect_with((milliseconds, active), move |(milliseconds, active)| {
        let timer = active.then(|| {
            Interval::new(*milliseconds, move || {
                if !gloo_utils::document().hidden() {
                    let act = newest.borrow().clone();
                    act.emit(());
                }
            })
        });
        move || drop(timer)
    });
}
