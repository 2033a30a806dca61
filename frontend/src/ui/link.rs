//! Moving about within the page. Use these instead of the router's own: they guard unsaved changes.

mod leaving;
mod taken;

use yew::prelude::*;
use yew_router::prelude::*;

use crate::routes::Route;
use leaving::{Leaving, use_leaving};
pub use leaving::{LeavingProvider, use_unsaved};
pub use taken::{use_query, use_taken, use_taken_later};

/// Goes to other screens from code.
#[derive(Clone, PartialEq)]
pub struct Go {
    navigator: Option<Navigator>,
    leaving: Option<Leaving>,
}

impl Go {
    pub fn to(&self, route: Route) {
        self.doing(route, || ());
    }

    /// Goes and does something on the way, unless a person would rather keep what is unsaved.
    pub fn doing(&self, route: Route, act: impl FnOnce() + 'static) {
        self.with_query(route, Vec::new(), act);
    }

    /// Goes to a screen that is narrowed to something at once.
    fn with_query(
        &self,
        route: Route,
        query: Vec<(&'static str, String)>,
        act: impl FnOnce() + 'static,
    ) {
        let Some(navigator) = self.navigator.clone() else {
            return;
        };
        let go = move || {
            act();
            if query.is_empty() {
                navigator.push(&route);
            } else {
                // Pairs of words always become a query.
                let _ = navigator.push_with_query(&route, query);
            }
            gloo_utils::window().scroll_to_with_x_and_y(0.0, 0.0);
        };
        match &self.leaving {
            Some(leaving) => leaving.then(go),
            None => go(),
        }
    }

    /// Goes after saving: what the form holds is no longer unsaved.
    pub fn saved(&self, route: Route) {
        if let Some(leaving) = &self.leaving {
            leaving.nothing_unsaved();
        }
        self.to(route);
    }
}

#[hook]
pub fn use_go() -> Go {
    Go {
        navigator: use_navigator(),
        leaving: use_leaving(),
    }
}

#[derive(PartialEq, Properties)]
pub struct LinkProps {
    pub to: Route,
    /// What the list there is narrowed to: names of its address, and their values.
    #[prop_or_default]
    pub narrowed: Vec<(&'static str, String)>,
    #[prop_or_default]
    pub class: Classes,
    /// Marks the entry of the navigation that one is in.
    #[prop_or_default]
    pub current: bool,
    #[prop_or_default]
    pub onclick: Callback<()>,
    pub children: Html,
}

#[component]
pub fn Link(props: &LinkProps) -> Html {
    let go = use_go();
    let LinkProps {
        to,
        narrowed,
        class,
        current,
        onclick,
        children,
    } = props;
    let follow = {
        let (to, narrowed, clicked) = (to.clone(), narrowed.clone(), onclick.clone());
        Callback::from(move |event: MouseEvent| {
            // A new tab or window is the browser's business.
            let elsewhere =
                event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
            if elsewhere || event.button() != 0 {
                return;
            }
            event.prevent_default();
            clicked.emit(());
            go.with_query(to.clone(), narrowed.clone(), || ());
        })
    };
    let query: Vec<String> = narrowed
        .iter()
        .map(|(name, value)| format!("{name}={}", js_sys::encode_uri_component(value)))
        .collect();
    let href = match query.is_empty() {
        true => to.to_path(),
        false => format!("{}?{}", to.to_path(), query.join("&")),
    };
    html! {
        <a {href} class={class.clone()} onclick={follow} aria-current={current.then_some("page")}>
            { children.clone() }
        </a>
    }
}
