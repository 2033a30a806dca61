//! Figures by mailing, by message and by user, each as a list and as a file: what these lists have in common.

mod mailings;
mod messages;
mod users;

use chrono::{DateTime, Utc};
use contract::listing::Page;
use contract::permissions::Permission;
use contract::statistics::Figures;
use yew::prelude::*;

use super::figures::{bar, rate};
use super::{CsvButton, texts};
use crate::client::Call;
use crate::i18n::{Text, Words};
use crate::session::use_may;
use crate::ui::list::{Column, List};
use crate::ui::{Empty, Icon, ResultBar, Stamp};
pub use mailings::{MailingTable, RUNS_OF_OPEN, completed_chips};
pub use messages::MessageTable;
pub use users::UserTable;

#[derive(PartialEq, Properties)]
pub struct TableProps {
    pub list: List,
}

/// Runs, deliveries with their bar, and the rate: the same in each of the lists.
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
        Column::new(texts::DELIVERIES_HEAD, move |item: &T| {
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
pub fn as_file<T: PartialEq + 'static>(
    words: Words,
    list: &List,
    call: Call<Page<T>>,
    what: Text,
) -> Html {
    let call = call
        .query("search", &list.address.search)
        .query("sort", &list.address.sort);
    html! { <CsvButton<Page<T>> {call} what={words.say(what)} /> }
}

#[hook]
pub fn use_sees_all() -> bool {
    let may = use_may();
    may(Permission::SeeEverything)
}

fn nothing(words: Words, icon: Icon) -> Html {
    html! { <Empty {icon} title={words.say(texts::NOTHING)} sentence={words.say(texts::NOTHING_HINT)} /> }
}
