//! Tabs take turns through the browser's Web Locks: a refresh token works once, so two tabs must not use it together.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Runs `work` while no other tab runs work of the same name. Where the browser offers no locks (a page served
/// without TLS from another machine) it just runs: the API forgives two uses within some seconds.
pub async fn take_turn<T: 'static>(name: &str, work: impl Future<Output = T> + 'static) -> T {
    let Some((locks, request)) = locks() else {
        return work.await;
    };
    let outcome: Rc<RefCell<Option<T>>> = Rc::default();
    let work: Rc<RefCell<Option<_>>> = Rc::new(RefCell::new(Some(work)));
    let granted = {
        let (outcome, work) = (outcome.clone(), work.clone());
        Closure::once_into_js(move || -> Promise {
            future_to_promise(async move {
                let work = work.borrow_mut().take();
                if let Some(work) = work {
                    let done = work.await;
                    *outcome.borrow_mut() = Some(done);
                }
                Ok(JsValue::UNDEFINED)
            })
        })
    };
    if let Ok(waiting) = request.call2(&locks, &JsValue::from_str(name), &granted) {
        // Whether the lock was given shows in `outcome`.
        let _ = JsFuture::from(Promise::from(waiting)).await;
    }
    let done = outcome.borrow_mut().take();
    if let Some(done) = done {
        return done;
    }
    let left = work.borrow_mut().take();
    match left {
        Some(work) => work.await,
        // The work was begun and dropped: only a closing tab does that.
        None => std::future::pending().await,
    }
}

fn locks() -> Option<(JsValue, Function)> {
    let navigator = gloo_utils::window().navigator();
    let locks = Reflect::get(navigator.as_ref(), &JsValue::from_str("locks")).ok()?;
    let request = Reflect::get(&locks, &JsValue::from_str("request")).ok()?;
    request.dyn_into().ok().map(|request| (locks, request))
}
