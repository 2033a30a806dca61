//! Moving about within the page. Use these instead of the router's own: they guard unsaved changes.

use yew::prelude::*;
use yew_router::prelude::*;

use super::leaving::{Leaving, use_leaving};
use crate::routes::Route;

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
        let Some(navigator) = self.navigator.clone() else {
            return;
        };
        let go = move || {
            act();
            navigator.push(&route);
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
        class,
        current,
        onclick,
        children,
    } = props;
    let follow = {
        let (to, clicked) = (to.clone(), onclick.clone());
        Callback::from(move |event: MouseEvent| {
            // A new tab or window is the browser's business.
            let elsewhere =
                event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
            if elsewhere || event.button() != 0 {
                return;
            }
            event.prevent_default();
            clicked.emit(());
            go.to(to.clone());
        })
    };
    html! {
        <a href={to.to_path()} class={class.clone()} onclick={follow} aria-current={current.then_some("page")}>
            { children.clone() }
        </a>
    }
}
