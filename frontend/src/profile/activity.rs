//! The tab about what happened: one's own sign-ins, and what staff did to what is one's own.

mod texts;

use contract::audit::AuditEntryView;
use yew::prelude::*;

use crate::audit::{self, AuditSentence};
use crate::client::use_loaded;
use crate::i18n::texts::ALL;
use crate::i18n::use_words;
use crate::session::use_person;
use crate::ui::list::{Chip, Column, ListView, use_list};
use crate::ui::{Empty, Icon, Stamp, use_zone};

/// The words of the chips in the address.
const OTHERS: &str = "others";
const OWN: &str = "own";

#[component]
pub fn ActivityTab() -> Html {
    let words = use_words();
    let zone = use_zone();
    let list = use_list();
    let me = use_person().map(|person| person.me.id);
    let by_others = match list.address.filter.as_str() {
        OTHERS => "true",
        OWN => "false",
        _ => "",
    };
    let loading = use_loaded(
        list.page(audit::calls::MINE.call())
            .query("by_others", by_others),
    );
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
    let chips = [("", ALL), (OTHERS, texts::BY_OTHERS), (OWN, texts::BY_ME)];
    let chip = |(filter, text)| Chip {
        filter,
        text: words.say(text),
        count: None,
    };
    let view = ListView {
        list: &list,
        loading: &loading,
        words,
        id: |entry| entry.id,
        name: |entry| entry.item.title.clone(),
        columns,
        search: None,
        chips: chips.map(chip).to_vec(),
        beside: Html::default(),
        bulk: None,
        empty: html! {
            <Empty icon={Icon::Activity} title={words.say(texts::EMPTY)} sentence={words.say(texts::EMPTY_SENTENCE)} />
        },
    };
    html! {
        <>
            <p class="muted tab-words">{ words.say(texts::SENTENCE) }</p>
            { view.draw() }
        </>
    }
}
