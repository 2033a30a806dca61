//! The screen of reports: a summary, completed mailings, and figures by mailing, by message and by user.

use contract::permissions::Permission;
use yew::prelude::*;

use super::lists::{MailingTable, MessageTable, RUNS_OF_OPEN, UserTable};
use super::runs::RunsOfOpen;
use super::summary::Summary;
use super::texts;
use super::view::Filters;
use crate::i18n::use_words;
use crate::session::use_may;
use crate::ui::list::address::{ListAddress, TAB};
use crate::ui::list::{List, use_list};
use crate::ui::{PageHead, Tab, Tabs};

const SUMMARY: &str = "";
const COMPLETED: &str = "completed";
const MAILINGS: &str = "mailings";
const MESSAGES: &str = "messages";
const USERS: &str = "users";

#[component]
pub fn Reports() -> Html {
    let words = use_words();
    let may = use_may();
    let list = use_list();
    let sees_all = may(Permission::SeeEverything);
    let tab = |key, text| Tab {
        key,
        text: words.say(text),
    };
    let mut tabs = vec![
        tab(SUMMARY, texts::SUMMARY),
        tab(COMPLETED, texts::COMPLETED_MAILINGS),
        tab(MAILINGS, texts::BY_MAILING),
        tab(MESSAGES, texts::BY_MESSAGE),
    ];
    if sees_all {
        tabs.push(tab(USERS, texts::BY_USER));
    }
    let at = list.address.other(TAB);
    let open = tabs.iter().map(|tab| tab.key).find(|key| *key == at);
    let open = open.unwrap_or(SUMMARY);
    let on_open = {
        let list = list.clone();
        Callback::from(move |tab| list.show(another(&list, tab)))
    };
    let sentence = if sees_all {
        texts::SENTENCE_ALL
    } else {
        texts::SENTENCE_OWN
    };
    html! {
        <>
            <PageHead title={words.say(texts::TITLE)} sentence={html! { { words.say(sentence) } }} />
            <Tabs {tabs} {open} {on_open} label={words.say(texts::TITLE)} />
            <Filters list={list.clone()} whose={open != USERS} />
            { match open {
                COMPLETED if list.address.filter == RUNS_OF_OPEN => html! { <RunsOfOpen key="runs" list={list.clone()} /> },
                COMPLETED => html! { <MailingTable key="completed" list={list.clone()} completed=true /> },
                MAILINGS => html! { <MailingTable key="mailings" list={list.clone()} completed=false /> },
                MESSAGES => html! { <MessageTable list={list.clone()} /> },
                USERS => html! { <UserTable list={list.clone()} /> },
                _ => html! { <Summary list={list.clone()} /> },
            } }
        </>
    }
}

/// Another part of the reports: the same time and the same letters, from the list's beginning.
fn another(list: &List, tab: &str) -> ListAddress {
    let mut others = list.address.others.clone();
    others.insert(TAB.to_owned(), tab.to_owned());
    ListAddress {
        others,
        ..ListAddress::read("")
    }
}
