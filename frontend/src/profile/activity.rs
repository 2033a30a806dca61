//! The tab about what happened: one's own sign-ins, and what staff did to what is one's own.

use contract::audit::AuditEntryView;
use yew::prelude::*;

use super::keys::texts;
use crate::audit::{self, AuditSentence};
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::session::use_person;
use crate::ui::list::{Column, ListView, use_list};
use crate::ui::{Empty, Icon, Stamp, use_zone};

#[component]
pub fn ActivityTab() -> Html {
    let words = use_words();
    let zone = use_zone();
    let list = use_list();
    let me = use_person().map(|person| person.me.id);
    let loading = use_loaded(list.page(audit::calls::MINE.call()));
    let columns = vec![
        Column::new(audit::texts::WHAT, move |entry: &AuditEntryView| {
            html! { <AuditSentence entry={entry.clone()} reader={me} /> }
        }),
        Column::new(audit::texts::CLIENT, |entry: &AuditEntryView| {
            html! { <span class="muted figures">{ entry.client.clone() }</span> }
        }),
        Column::new(audit::texts::WHEN, |entry: &AuditEntryView| {
            html! { <Stamp at={entry.at} /> }
        })
        .in_zone(zone),
    ];
    let view = ListView {
        list: &list,
        loading: &loading,
        words,
        id: |entry| entry.id,
        name: |entry| entry.item.title.clone(),
        columns,
        search: None,
        chips: Vec::new(),
        beside: Html::default(),
        bulk: None,
        empty: html! {
            <Empty icon={Icon::Activity} title={words.say(texts::ACTIVITY_EMPTY)} sentence={words.say(texts::ACTIVITY_EMPTY_SENTENCE)} />
        },
    };
    html! {
        <>
            <p class="muted tab-words">{ words.say(texts::ACTIVITY_SENTENCE) }</p>
            { view.draw() }
        </>
    }
}
