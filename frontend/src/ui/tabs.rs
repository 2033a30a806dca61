//! Tabs within a page. Which one is open is kept by the screen, best in the address bar.

use yew::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    pub key: &'static str,
    pub text: AttrValue,
}

#[derive(PartialEq, Properties)]
pub struct TabsProps {
    pub tabs: Vec<Tab>,
    pub open: &'static str,
    pub on_open: Callback<&'static str>,
    /// What the tabs choose among, for screen readers.
    pub label: AttrValue,
}

#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let tab = |Tab { key, text }: &Tab| {
        let open = props.open == *key;
        let key = *key;
        let click = props.on_open.reform(move |_: MouseEvent| key);
        html! {
            <button type="button" class="tab" aria-current={open.then_some("true")} onclick={click}>
                { text.clone() }
            </button>
        }
    };
    html! {
        <div class="tabs" role="group" aria-label={props.label.clone()}>{ for props.tabs.iter().map(tab) }</div>
    }
}
