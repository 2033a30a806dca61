//! Calls that wait until the person has proved that it is them: one dialog for however many of them.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

#[derive(Default)]
pub struct Proofs {
    /// Each continues one waiting call.
    waiting: RefCell<Vec<Function>>,
}

impl Proofs {
    /// Waits until the person has proved themselves, or would not. `ask` is called by the first that waits.
    pub async fn wait(&self, ask: impl FnOnce()) -> bool {
        let promise = Promise::new(&mut |go_on, _| self.waiting.borrow_mut().push(go_on));
        if self.waiting.borrow().len() == 1 {
            ask();
        }
        let answer = JsFuture::from(promise).await;
        answer.is_ok_and(|proved| proved.is_truthy())
    }

    /// Lets all that wait go on.
    pub fn answer(&self, proved: bool) {
        let waiting = self.waiting.take();
        for go_on in waiting {
            // A promise's own function does not throw.
            let _ = go_on.call1(&JsValue::UNDEFINED, &JsValue::from_bool(proved));
        }
    }
}
