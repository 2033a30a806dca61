//! Figures by mailing, by message and by user, each as a list and as a file.

use chrono::{DateTime, Utc};
use contract::listing::Page;
use contract::permissions::Permission;
use contract::statistics::{Figures, MailingStatistics, MessageStatistics, UserStatistics};
use yew::prelude::*;

use super::figures::{bar, rate};
use super::view::{WHOSE, narrowed};
use super::{CsvButton, calls, texts};
use crate::client::{Call, use_loaded};
use crate::delivery::owner_called;
use crate::delivery::texts::OWNER;
use crate::i18n::texts::ALL;
use crate::i18n::{Words, use_words};
use crate::mailings::status::status_word;
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::list::{Chip, Column, List, ListView};
use crate::ui::{
    Button, Empty, Icon, Link, Look, OwnerName, Pill, ResultBar, Stamp, Tone, use_zone,
};

const OPEN: &str = "open";

#[derive(PartialEq, Properties)]
pub struct MailingTableProps {
    pub list: List,
    /// Those that are completed, unless the others are asked for.
    pub completed: bool,
}

#[component]
pub fn MailingTable(props: &MailingTableProps) -> Html {
    let words = use_words();
    let own_zone = use_zone();
    let sees_all = use_sees_all();
    let list = &props.list;
    let status = match (props.completed, list.address.filter.as_str()) {
        (true, "") => "completed",
        (_, chosen) => chosen,
    };
    let call = narrowed(calls::MAILINGS.call(), &list.address, &own_zone).query("status", status);
    let loading = use_loaded(list.page(call.clone()));
    let mut columns = vec![
        Column::new(texts::MAILING, |item: &MailingStatistics| {
            html! {
                <Link to={Route::MailingReport { id: item.mailing_id }} class="row-main">
                    <b>{ item.title.clone() }</b>
                </Link>
            }
        }),
        Column::new(texts::STATUS, move |item: &MailingStatistics| {
            let (tone, text) = item
                .status
                .map_or((Tone::Queued, texts::DELETED), status_word);
            html! { <Pill {tone} text={words.say(text)} /> }
        }),
    ];
    if sees_all {
        columns.push(Column::new(OWNER, |item: &MailingStatistics| {
            html! { <OwnerName owner={item.owner.clone()} /> }
        }));
    }
    columns.extend(figure_columns(
        words,
        |item: &MailingStatistics| item.figures,
        |item| item.runs,
    ));
    columns.push(last_run(own_zone, |item: &MailingStatistics| {
        item.last_run_at
    }));
    let chip = |filter, text| Chip {
        filter,
        text: words.say(text),
        count: None,
    };
    let chips = if props.completed {
        vec![
            chip("", texts::CHIP_COMPLETED),
            chip(OPEN, texts::CHIP_STILL_OPEN),
        ]
    } else {
        vec![
            chip("", ALL),
            chip(OPEN, texts::CHIP_OPEN),
            chip("completed", texts::CHIP_COMPLETED),
        ]
    };
    let beside = as_file(list, call);
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |item| item.mailing_id,
        name: |item| item.title.clone(),
        columns,
        search: Some(texts::SEARCH_TITLE),
        chips,
        beside,
        bulk: None,
        empty: nothing(words, Icon::Send),
    };
    view.draw()
}

#[derive(PartialEq, Properties)]
pub struct TableProps {
    pub list: List,
}

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
                    <Link to={Route::MessageReport { id: item.message_id }} class="row-main">
                        <b>{ item.subject.clone() }</b>
                    </Link>
                    if item.deleted {
                        <Pill tone={Tone::Queued} text={words.say(texts::DELETED)} />
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
    let beside = as_file(list, call);
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |item| item.message_id,
        name: |item| item.subject.clone(),
        columns,
        search: Some(texts::SEARCH_SUBJECT),
        chips: Vec::new(),
        beside,
        bulk: None,
        empty: nothing(words, Icon::Envelope),
    };
    view.draw()
}

#[component]
pub fn UserTable(props: &TableProps) -> Html {
    let words = use_words();
    let own_zone = use_zone();
    let list = &props.list;
    let call = narrowed(calls::USERS.call(), &list.address, &own_zone);
    let loading = use_loaded(list.page(call.clone()));
    let show = {
        let list = list.clone();
        move |id: i64| {
            let list = list.clone();
            Callback::from(move |()| {
                let address = list.address.unfiltered().tab("");
                let mut address = address.with_other(WHOSE, &id.to_string());
                address.others.extend(
                    list.address
                        .others
                        .get("period")
                        .map(|period| ("period".to_owned(), period.clone())),
                );
                list.show(address);
            })
        }
    };
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
            html! {
                <Button look={Look::Quiet} text={words.say(texts::SUMMARY)} onclick={show(item.user.id)} />
            }
        })
        .acts(),
    );
    let beside = as_file(list, call);
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |item| item.user.id,
        name: |item| owner_called(&item.user),
        columns,
        search: Some(texts::SEARCH_USER),
        chips: Vec::new(),
        beside,
        bulk: None,
        empty: nothing(words, Icon::People),
    };
    view.draw()
}

/// Runs, letters with their bar, and the rate: the same in each of the lists.
fn figure_columns<'a, T: 'a>(
    words: Words,
    figures: fn(&T) -> Figures,
    runs: fn(&T) -> u64,
) -> [Column<'a, T>; 4] {
    [
        Column::new(texts::RUNS, move |item: &T| {
            html! { { words.number(runs(item)) } }
        })
        .figures(),
        Column::new(texts::LETTERS_HEAD, move |item: &T| {
            html! { { words.number(figures(item).all_letters()) } }
        })
        .figures(),
        Column::new(texts::RESULT, move |item: &T| {
            let figures = figures(item);
            let parts = bar(words, &figures.letters);
            let told: Vec<&str> = parts
                .iter()
                .enumerate()
                .filter(|(place, part)| *place == 0 || part.count > 0)
                .map(|(_, part)| part.label.as_str())
                .collect();
            let told = told.join(", ");
            html! {
                <div class="run-result">
                    <ResultBar {parts} mini=true />
                    <span class="figures">{ told }</span>
                </div>
            }
        }),
        Column::new(texts::SUCCESS_RATE, move |item: &T| {
            html! { { rate(words, &figures(item)) } }
        })
        .figures(),
    ]
}

/// When each was sent last: what the lists are sorted by.
fn last_run<'a, T: 'a>(zone: AttrValue, at: fn(&T) -> Option<DateTime<Utc>>) -> Column<'a, T> {
    let cell = move |item: &T| html! { if let Some(at) = at(item) { <Stamp {at} /> } };
    Column::new(texts::LAST_RUN, cell)
        .sorts_by("last_run_at")
        .in_zone(zone)
}

/// The whole list as it is searched and sorted.
fn as_file<T: PartialEq + 'static>(list: &List, call: Call<Page<T>>) -> Html {
    let call = call
        .query("search", &list.address.search)
        .query("sort", &list.address.sort);
    html! { <CsvButton<Page<T>> {call} /> }
}

#[hook]
fn use_sees_all() -> bool {
    use_person().is_some_and(|person| person.may(Permission::SeeEverything))
}

fn nothing(words: Words, icon: Icon) -> Html {
    html! { <Empty {icon} title={words.say(texts::NOTHING)} sentence={words.say(texts::NOTHING_HINT)} /> }
}
