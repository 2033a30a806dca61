//! Guards unsaved changes: before a link of ours, the browser's back button, and closing the tab.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::BeforeUnloadEvent;
use yew::prelude::*;

use crate::i18n::texts;
use crate::i18n::use_words;
use crate::ui::ConfirmDialog;

/// Knows whether something unsaved would be lost, and asks before it is.
#[derive(Clone)]
pub struct Leaving {
    inner: Rc<Inner>,
    ask: Callback<bool>,
}

struct Inner {
    unsaved: Cell<bool>,
    wish: RefCell<Option<Box<dyn FnOnce()>>>,
    /// Where what is unsaved stands.
    place: RefCell<Place>,
}

/// An entry of the browser's history.
#[derive(Clone, Default)]
struct Place {
    address: String,
    state: JsValue,
}

impl PartialEq for Leaving {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

impl Leaving {
    /// Does it at once, or after a person agreed to lose what is unsaved.
    pub fn then(&self, act: impl FnOnce() + 'static) {
        if self.inner.unsaved.get() {
            *self.inner.wish.borrow_mut() = Some(Box::new(act));
            self.ask.emit(true);
        } else {
            act();
        }
    }

    /// Something unsaved stands here.
    fn something_unsaved(&self) {
        self.inner.unsaved.set(true);
        self.inner.place.replace(Place::here());
    }

    /// What was unsaved is saved, or given up.
    pub fn nothing_unsaved(&self) {
        self.inner.unsaved.set(false);
    }
}

#[component]
pub fn LeavingProvider(props: &html::ChildrenProps) -> Html {
    let words = use_words();
    let asking = use_state(|| false);
    let leaving = {
        let asking = asking.setter();
        use_memo((), |()| Leaving {
            inner: Rc::new(Inner {
                unsaved: Cell::new(false),
                wish: RefCell::default(),
                place: RefCell::default(),
            }),
            ask: Callback::from(move |open| asking.set(open)),
        })
    };
    // While drawing, not after it: the router inside of us must hear of the back button later than we do, and the
    // window calls its listeners in the order in which they came.
    let _listeners = use_memo((), |()| {
        [
            before_unload((*leaving).clone()),
            before_travel((*leaving).clone()),
        ]
    });
    let close = {
        let leaving = leaving.clone();
        Callback::from(move |()| {
            leaving.ask.emit(false);
            leaving.inner.wish.borrow_mut().take();
        })
    };
    let leave = {
        let leaving = leaving.clone();
        Callback::from(move |()| {
            leaving.ask.emit(false);
            leaving.nothing_unsaved();
            let wish = leaving.inner.wish.borrow_mut().take();
            if let Some(act) = wish {
                act();
            }
        })
    };
    html! {
        <ContextProvider<Leaving> context={(*leaving).clone()}>
            { props.children.clone() }
            if *asking {
                <ConfirmDialog
                    title={words.say(texts::LEAVE_TITLE)} act={words.say(texts::LEAVE)} stay={words.say(texts::STAY)}
                    on_confirm={leave} on_close={close}
                >
                    <p>{ words.say(texts::LEAVE_BODY) }</p>
                </ConfirmDialog>
            }
        </ContextProvider<Leaving>>
    }
}

#[hook]
pub fn use_leaving() -> Option<Leaving> {
    use_context::<Leaving>()
}

/// Says that this screen holds something unsaved while `unsaved` is true.
#[hook]
pub fn use_unsaved(unsaved: bool) {
    let leaving = use_leaving();
    use_effect_with(unsaved, move |unsaved| {
        match &leaving {
            Some(leaving) if *unsaved => leaving.something_unsaved(),
            Some(leaving) => leaving.nothing_unsaved(),
            None => {}
        }
        move || {
            if let Some(leaving) = leaving {
                leaving.nothing_unsaved();
            }
        }
    });
}

/// The browser asks in its own words when the tab is closed or reloaded.
fn before_unload(leaving: Leaving) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(
        &gloo_utils::window(),
        "beforeunload",
        options,
        move |event| {
            if leaving.inner.unsaved.get() {
                event.prevent_default();
                if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                    event.set_return_value("unsaved");
                }
            }
        },
    )
}

/// The browser has gone back or forward already when it says so, and does not say which: stand on the same place once
/// more, right behind where it has gone, ask, and only then go there.
fn before_travel(leaving: Leaving) -> EventListener {
    let window = gloo_utils::window();
    EventListener::new(&window.clone(), "popstate", move |event| {
        let Ok(history) = window.history() else {
            return;
        };
        let Place { address, state } = leaving.inner.place.borrow().clone();
        if !leaving.inner.unsaved.get() || is_same_screen(&address, &Place::here().address) {
            return;
        }
        event.stop_immediate_propagation();
        let _ = history.push_state_with_url(&state, "", Some(&address));
        leaving.then(move || {
            let _ = history.back();
        });
    })
}

impl Place {
    fn here() -> Self {
        let window = gloo_utils::window();
        let history = window.history();
        Self {
            address: window.location().href().unwrap_or_default(),
            state: history
                .and_then(|history| history.state())
                .unwrap_or_default(),
        }
    }
}

/// Two addresses that differ in no more than the place on the screen: one follows "Skip to the content".
fn is_same_screen(one: &str, other: &str) -> bool {
    let screen = |address: &str| address.split('#').next().map(str::to_owned);
    screen(one) == screen(other)
}

#[cfg(test)]
mod tests {
    use super::is_same_screen;

    #[test]
    fn another_place_of_the_same_screen_leaves_nothing_behind() {
        let form = "http://golub.example/recipients/7/edit";
        assert!(is_same_screen(form, &format!("{form}#main")));
        assert!(!is_same_screen(form, "http://golub.example/recipients"));
        assert!(!is_same_screen(form, &format!("{form}?tab=history")));
    }
}
