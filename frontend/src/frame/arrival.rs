//! Another screen has come: whoever steers by keys, or hears the page read, is to be on it and not on the link before.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};
use yew::prelude::*;
use yew_router::prelude::*;

/// Draws nothing; only inside of the router.
#[component]
pub fn Arrival() -> Html {
    let path = use_location().map(|location| location.path().to_owned());
    let is_first = use_mut_ref(|| true);
    use_effect_with(path, move |_| {
        // The browser itself begins at the top of a page that it has loaded.
        let was_first = is_first.replace(false);
        // When the screen is drawn, and a field of its own has asked for the focus.
        let timer = (!was_first).then(|| Timeout::new(0, focus_main));
        move || drop(timer)
    });
    Html::default()
}

/// Moves the focus to the screen, unless it is on something there already.
fn focus_main() {
    let document = gloo_utils::document();
    let main = document.query_selector("main").ok().flatten();
    let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let focused = document.active_element();
    let is_within = |element: &web_sys::Element| {
        let is_main = element.is_same_node(Some(&main));
        let is_asking = element.closest("dialog").ok().flatten().is_some();
        is_asking || (main.contains(Some(element)) && !is_main)
    };
    if focused.as_ref().is_some_and(is_within) {
        return;
    }
    main.set_tab_index(-1);
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = main.focus_with_options(&options);
}
