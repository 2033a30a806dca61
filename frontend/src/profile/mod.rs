//! Oneself: a screen of tabs, each with an address of its own.

mod activity;
mod api_tokens;
pub mod calls;
mod person;
mod security;
mod sessions;
mod setting;
pub mod texts;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::i18n::{Text, use_words};
use crate::routes::Route;
use crate::ui::{Link, PageHead};
use activity::ActivityTab;
use api_tokens::ApiTokensTab;
use person::PersonTab;
use security::SecurityTab;
pub use security::SetUpFirst;
use sessions::SessionsTab;

/// A part of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileTab {
    Person,
    Security,
    Sessions,
    Tokens,
    Activity,
}

impl ProfileTab {
    const ALL: &[Self] = &[
        Self::Person,
        Self::Security,
        Self::Sessions,
        Self::Tokens,
        Self::Activity,
    ];

    const fn text(self) -> Text {
        match self {
            Self::Person => texts::PERSON,
            Self::Security => texts::SECURITY,
            Self::Sessions => texts::SESSIONS,
            Self::Tokens => texts::API_TOKENS,
            Self::Activity => texts::ACTIVITY,
        }
    }

    const fn route(self) -> Route {
        match self {
            Self::Person => Route::Profile,
            Self::Security => Route::Security,
            Self::Sessions => Route::Sessions,
            Self::Tokens => Route::ApiTokens,
            Self::Activity => Route::Activity,
        }
    }

    fn draw(self) -> Html {
        match self {
            Self::Person => html! { <PersonTab /> },
            Self::Security => html! { <SecurityTab /> },
            Self::Sessions => html! { <SessionsTab /> },
            Self::Tokens => html! { <ApiTokensTab /> },
            Self::Activity => html! { <ActivityTab /> },
        }
    }
}

#[derive(PartialEq, Properties)]
pub struct ProfileProps {
    pub open: ProfileTab,
}

#[component]
pub fn Profile(props: &ProfileProps) -> Html {
    let words = use_words();
    let tabs = use_node_ref();
    {
        let tabs = tabs.clone();
        use_effect_with(props.open, move |_| show_open(&tabs));
    }
    let tab = |tab: &ProfileTab| {
        html! {
            <Link to={tab.route()} class="tab" current={*tab == props.open}>{ words.say(tab.text()) }</Link>
        }
    };
    html! {
        <>
            <PageHead title={words.say(texts::TITLE)} sentence={words.say(texts::SENTENCE)} />
            <nav ref={tabs} class="tabs" aria-label={words.say(texts::TABS)}>{ for ProfileTab::ALL.iter().map(tab) }</nav>
            { props.open.draw() }
        </>
    }
}

/// On a phone not all tabs fit: the open one is scrolled to.
fn show_open(tabs: &NodeRef) {
    let Some(tabs) = tabs.cast::<HtmlElement>() else {
        return;
    };
    let open = tabs.query_selector("[aria-current]").ok().flatten();
    if let Some(open) = open.and_then(|open| open.dyn_into::<HtmlElement>().ok()) {
        tabs.set_scroll_left(open.offset_left() - tabs.offset_left());
    }
}
