//! Figures by message, and by who has sent it.

use contract::statistics::MessageStatistics;
use yew::prelude::*;

use super::super::view::{kept, narrowed};
use super::super::{calls, texts};
use super::{TableProps, as_file, figure_columns, last_run, nothing, use_sees_all};
use crate::client::use_loaded;
use crate::delivery::texts::OWNER;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::ui::list::{Column, ListView};
use crate::ui::{Icon, Link, OwnerName, Pill, Tone, use_zone};

#[component]
pub fn MessageTable(props: &TableProps) -> Html {
    let words = use_words();
    let own_zone = use_zone();
    let sees_all = use_sees_all();
    let list = &props.list;
    let call = narrowed(calls::MESSAGES.call(), &list.address, &own_zone);
    let loading = use_loaded(list.page(call.clone()));
    let mut columns = vec![Column::new(
        texts::MESSAGE,
        move |item: &MessageStatistics| {
            html! {
                <div class="row-with-pill">
                    <Link to={Route::MessageReport { id: item.message_id }} narrowed={kept(&list.address)} class="row-main">
                        <b>{ item.subject.clone() }</b>
                    </Link>
                    if item.deleted {
                        <Pill tone={Tone::Queued} text={words.say(texts::MESSAGE_DELETED)} />
                    }
                </div>
            }
        },
    )];
    if sees_all {
        columns.push(Column::new(OWNER, |item: &MessageStatistics| {
            html! { if let Some(owner) = &item.owner { <OwnerName owner={owner.clone()} /> } }
        }));
    }
    columns.extend(figure_columns(
        words,
        |item: &MessageStatistics| item.figures,
        |item| item.runs,
    ));
    columns.push(last_run(own_zone, |item: &MessageStatistics| {
        item.last_run_at
    }));
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |item| item.message_id,
        name: |item| item.subject.clone(),
        columns,
        search: Some(texts::SEARCH_SUBJECT),
        chips: Vec::new(),
        beside: as_file(words, list, call, texts::BY_MESSAGE),
        bulk: None,
        empty: nothing(words, Icon::Envelope),
    };
    view.draw()
}
