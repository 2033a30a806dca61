//! Guards unsaved changes: before a link of ours, the browser's back button, and closing the tab.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::BeforeUnloadEvent;
use yew::prelude::*;

use super::ConfirmDialog;
use crate::i18n::texts;
use crate::i18n::use_words;

/// Knows whether something unsaved would be lost, and asks before it is.
#[derive(Clone)]
pub struct Leaving {
    inner: Rc<Inner>,
    ask: Callback<bool>,
}

struct Inner {
    unsaved: Cell<bool>,
    wish: RefCell<Option<Box<dyn FnOnce()>>>,
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
            }),
            ask: Callback::from(move |open| asking.set(open)),
        })
    };
    // While drawing, not after it: the router inside of us must hear of the back button later than we do, and the
    // window calls its listeners in the order in which they came.
    let _listeners = use_memo((), |()| {
        [
            before_unload((*leaving).clone()),
            before_back((*leaving).clone()),
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
        if let Some(leaving) = &leaving {
            leaving.inner.unsaved.set(*unsaved);
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

/// The browser has gone back already when it says so: go forward again, ask, and only then go back.
fn before_back(leaving: Leaving) -> EventListener {
    let window = gloo_utils::window();
    let returning = Cell::new(false);
    EventListener::new(&window.clone(), "popstate", move |event| {
        let Ok(history) = window.history() else {
            return;
        };
        if returning.replace(false) {
            // Our own step forward, back to the form.
            event.stop_immediate_propagation();
        } else if leaving.inner.unsaved.get() {
            event.stop_immediate_propagation();
            returning.set(true);
            let _ = history.go_with_delta(1);
            leaving.then(move || {
                let _ = history.back();
            });
        }
    })
}
