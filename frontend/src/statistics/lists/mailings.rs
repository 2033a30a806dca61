//! Figures by mailing: of those that are completed, or of all.

use contract::statistics::MailingStatistics;
use yew::prelude::*;

use super::super::view::{kept, narrowed};
use super::super::{calls, texts};
use super::{as_file, figure_columns, last_run, nothing, use_sees_all};
use crate::client::use_loaded;
use crate::delivery::texts::OWNER;
use crate::i18n::texts::ALL;
use crate::i18n::{Words, use_words};
use crate::mailings::status::status_word;
use crate::routes::Route;
use crate::ui::list::{Chip, Column, List, ListView};
use crate::ui::{Icon, Link, OwnerName, Pill, Tone, use_zone};

const OPEN: &str = "open";
const COMPLETED: &str = "completed";

/// Beside the completed mailings: the runs of the others, as far as these have finished.
pub const RUNS_OF_OPEN: &str = "runs";

#[derive(PartialEq, Properties)]
pub struct MailingTableProps {
    pub list: List,
    /// Only those that are completed.
    pub completed: bool,
}

#[component]
pub fn MailingTable(props: &MailingTableProps) -> Html {
    let words = use_words();
    let own_zone = use_zone();
    let sees_all = use_sees_all();
    let list = &props.list;
    let status = match props.completed {
        true => COMPLETED,
        false => list.address.filter.as_str(),
    };
    let call = narrowed(calls::MAILINGS.call(), &list.address, &own_zone).query("status", status);
    let loading = use_loaded(list.page(call.clone()));
    let mut columns = vec![
        Column::new(texts::MAILING, |item: &MailingStatistics| {
            html! {
                <Link to={Route::MailingReport { id: item.mailing_id }} narrowed={kept(&list.address)} class="row-main">
                    <b>{ item.title.clone() }</b>
                </Link>
            }
        }),
        Column::new(texts::STATUS, move |item: &MailingStatistics| {
            let (tone, text) = item
                .status
                .map_or((Tone::Queued, texts::MAILING_DELETED), status_word);
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
    let (chips, what) = match props.completed {
        true => (completed_chips(words), texts::COMPLETED_MAILINGS),
        false => (chips(words), texts::BY_MAILING),
    };
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |item| item.mailing_id,
        name: |item| item.title.clone(),
        columns,
        search: Some(texts::SEARCH_TITLE),
        chips,
        beside: as_file(words, list, call, what),
        bulk: None,
        empty: nothing(words, Icon::Send),
    };
    view.draw()
}

/// What the report of completed mailings can be turned to.
pub fn completed_chips(words: Words) -> Vec<Chip> {
    vec![
        chip(words.say(texts::CHIP_COMPLETED), ""),
        chip(words.say(texts::CHIP_RUNS_OF_OPEN), RUNS_OF_OPEN),
    ]
}

fn chips(words: Words) -> Vec<Chip> {
    vec![
        chip(words.say(ALL), ""),
        chip(words.say(texts::CHIP_OPEN), OPEN),
        chip(words.say(texts::CHIP_COMPLETED), COMPLETED),
    ]
}

fn chip(text: AttrValue, filter: &'static str) -> Chip {
    Chip {
        filter,
        text,
        count: None,
    }
}
