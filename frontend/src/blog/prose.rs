//! The body of an article: HTML that the service has made safe.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct ProseProps {
    pub html: AttrValue,
}

#[component]
pub fn Prose(props: &ProseProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.html.clone(), move |_| {
            if let Some(prose) = node.cast::<Element>() {
                make_scrollable_by_keyboard(&prose);
            }
        });
    }
    html! { <div class="prose" ref={node}>{ Html::from_html_unchecked(props.html.clone()) }</div> }
}

/// Code and tables wider than the page scroll by themselves, which one can do without a mouse only when they take the
/// focus.
fn make_scrollable_by_keyboard(prose: &Element) {
    let Ok(wide) = prose.query_selector_all("pre, table") else {
        return;
    };
    for place in 0..wide.length() {
        let element = wide.get(place).and_then(|node| node.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element.filter(|one| one.scroll_width() > one.client_width()) {
            element.set_tab_index(0);
        }
    }
}
