//! The audit log as administrators read it.

use contract::audit::AuditEntryView;
use yew::prelude::*;

use super::entries::AuditSentence;
use super::filters::{ACT, ACTOR, Filters, OWNER};
use super::{calls, texts};
use crate::client::use_loaded;
use crate::delivery::period_filter;
use crate::i18n::use_words;
use crate::ui::list::{Column, ListView, use_list};
use crate::ui::{Empty, Icon, PageHead, Stamp, use_zone};

#[component]
pub fn AuditLog() -> Html {
    let words = use_words();
    let zone = use_zone();
    let list = use_list();
    let (from, to) = period_filter::asked(&list.address, &zone);
    let call = list
        .page(calls::LIST.call())
        .query("act", list.address.other(ACT))
        .query("actor_id", list.address.other(ACTOR))
        .query("owner_id", list.address.other(OWNER))
        .query("from", from)
        .query("to", to);
    let loading = use_loaded(call);
    let columns = vec![
        Column::new(texts::WHAT, |entry: &AuditEntryView| {
            html! { <AuditSentence entry={entry.clone()} /> }
        }),
        Column::new(texts::CLIENT, |entry: &AuditEntryView| {
            html! { <span class="muted figures">{ entry.client.clone() }</span> }
        }),
        Column::new(texts::WHEN, |entry: &AuditEntryView| {
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
            <Empty icon={Icon::ShieldCheck} title={words.say(texts::EMPTY_TITLE)} sentence={words.say(texts::EMPTY_SENTENCE)} />
        },
    };
    html! {
        <>
            <PageHead title={words.say(texts::TITLE)} sentence={words.say(texts::SENTENCE)} />
            <Filters list={list.clone()} people=true />
            { view.draw() }
        </>
    }
}
