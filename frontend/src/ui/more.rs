//! A small menu for what is done seldom.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

use super::{Icon, IconView};
use crate::i18n::texts;
use crate::i18n::use_words;

#[derive(Clone, PartialEq)]
pub struct MoreEntry {
    pub icon: Icon,
    pub text: AttrValue,
    /// Deletes or stops for good.
    pub danger: bool,
    pub act: Callback<()>,
}

#[derive(PartialEq, Properties)]
pub struct MoreProps {
    pub entries: Vec<MoreEntry>,
}

/// Closes when something is chosen, by Escape, and when the focus leaves it.
#[component]
pub fn More(props: &MoreProps) -> Html {
    let words = use_words();
    let open = use_state(|| false);
    let whole = use_node_ref();
    let button = use_node_ref();
    let flip = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let left = {
        let (open, whole) = (open.clone(), whole.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event
                .related_target()
                .and_then(|target| target.dyn_into::<Node>().ok());
            let inside = whole
                .cast::<Node>()
                .is_some_and(|whole| whole.contains(to.as_ref()));
            if !inside {
                open.set(false);
            }
        })
    };
    let key = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && *open {
                open.set(false);
                if let Some(button) = button.cast::<HtmlElement>() {
                    let _ = button.focus();
                }
            }
        })
    };
    let entry = |entry: &MoreEntry| {
        let choose = {
            let (open, act) = (open.clone(), entry.act.clone());
            Callback::from(move |_: MouseEvent| {
                open.set(false);
                act.emit(());
            })
        };
        let class = classes!("more-entry", entry.danger.then_some("more-entry-danger"));
        html! {
            <li><button type="button" {class} onclick={choose}><IconView icon={entry.icon} />{ entry.text.clone() }</button></li>
        }
    };
    html! {
        <div ref={whole} class="more" onfocusout={left} onkeydown={key} tabindex="-1">
            <button ref={button} type="button" class="button" aria-expanded={open.to_string()} onclick={flip}
                aria-label={words.say(texts::MORE_ACTIONS)} title={words.say(texts::MORE_ACTIONS)}>
                <IconView icon={Icon::ThreeDots} />
            </button>
            if *open {
                <ul class="more-entries">{ for props.entries.iter().map(entry) }</ul>
            }
        </div>
    }
}
