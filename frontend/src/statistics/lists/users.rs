//! Figures by user, each with the way to that user's summary.

use contract::statistics::UserStatistics;
use yew::prelude::*;

use super::super::view::{WHOSE, narrowed};
use super::super::{calls, texts};
use super::{TableProps, as_file, figure_columns, last_run, nothing};
use crate::client::use_loaded;
use crate::delivery::period_filter::PERIOD;
use crate::i18n::use_words;
use crate::ui::list::address::ListAddress;
use crate::ui::list::{Column, ListView};
use crate::ui::{Button, Icon, Look, OwnerName, owner_called, use_zone};

#[component]
pub fn UserTable(props: &TableProps) -> Html {
    let words = use_words();
    let own_zone = use_zone();
    let list = &props.list;
    let call = narrowed(calls::USERS.call(), &list.address, &own_zone);
    let loading = use_loaded(list.page(call.clone()));
    let mut columns = vec![Column::new(texts::USER, move |item: &UserStatistics| {
        if item.user.email.is_empty() {
            return html! { <span class="muted">{ words.say(texts::DELETED_ACCOUNT) }</span> };
        }
        html! {
            <div class="two-lines">
                <span><OwnerName owner={item.user.clone()} /></span>
                <small>{ item.user.email.clone() }</small>
            </div>
        }
    })];
    columns.extend(figure_columns(
        words,
        |item: &UserStatistics| item.figures,
        |item| item.runs,
    ));
    columns.push(last_run(own_zone, |item: &UserStatistics| {
        Some(item.last_run_at)
    }));
    columns.push(
        Column::new(texts::SUMMARY, move |item: &UserStatistics| {
            let name = owner_called(&item.user);
            let label = words.fill(texts::SUMMARY_OF, &[("name", &name)]);
            let (list, id) = (list.clone(), item.user.id);
            let show = Callback::from(move |()| list.show(summary_of(&list.address, id)));
            html! {
                <Button look={Look::Quiet} text={words.say(texts::SUMMARY)} {label} onclick={show} />
            }
        })
        .acts(),
    );
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |item| item.user.id,
        name: |item| owner_called(&item.user),
        columns,
        search: Some(texts::SEARCH_USER),
        chips: Vec::new(),
        beside: as_file(words, list, call, texts::BY_USER),
        bulk: None,
        empty: nothing(words, Icon::People),
    };
    view.draw()
}

/// One user's summary of the same time.
fn summary_of(address: &ListAddress, id: i64) -> ListAddress {
    address
        .tab("")
        .with_other(WHOSE, &id.to_string())
        .with_other(PERIOD, address.other(PERIOD))
}
