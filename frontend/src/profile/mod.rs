//! Oneself: a screen of tabs, each with an address of its own.

mod person;
mod security;
pub mod texts;

use yew::prelude::*;

use crate::i18n::{Text, use_words};
use crate::routes::Route;
use crate::ui::{Link, PageHead};
use person::PersonTab;
use security::SecurityTab;

/// A part of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileTab {
    Person,
    Security,
}

impl ProfileTab {
    const ALL: &[Self] = &[Self::Person, Self::Security];

    const fn text(self) -> Text {
        match self {
            Self::Person => texts::PERSON,
            Self::Security => texts::SECURITY,
        }
    }

    const fn route(self) -> Route {
        match self {
            Self::Person => Route::Profile,
            Self::Security => Route::Security,
        }
    }

    fn draw(self) -> Html {
        match self {
            Self::Person => html! { <PersonTab /> },
            Self::Security => html! { <SecurityTab /> },
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
    let tab = |tab: &ProfileTab| {
        html! {
            <Link to={tab.route()} class="tab" current={*tab == props.open}>{ words.say(tab.text()) }</Link>
        }
    };
    html! {
        <>
            <PageHead title={words.say(texts::TITLE)} sentence={words.say(texts::SENTENCE)} />
            <nav class="tabs" aria-label={words.say(texts::TABS)}>{ for ProfileTab::ALL.iter().map(tab) }</nav>
            { props.open.draw() }
        </>
    }
}
