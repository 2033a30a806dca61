//! The runs of a mailing.

mod live;
mod page;
mod panel;
mod result;
mod send_again;

use contract::delivery::RunView;
use contract::listing::Page;
use yew::prelude::*;

use crate::client::use_loaded;
use crate::delivery::words::states;
use crate::delivery::{calls, texts};
use crate::i18n::use_words;
use crate::routes::Route;
use crate::statistics::CsvButton;
use crate::ui::list::{Column, ListView, use_list};
use crate::ui::{Empty, Icon, Link, Pill, TimeText};
pub use page::RunPage;
pub use panel::RunPanel;
pub use result::{Legend, RunResult};
pub use send_again::SendAgain;

#[derive(PartialEq, Properties)]
pub struct RunsProps {
    pub mailing_id: i64,
    pub zone: AttrValue,
}

#[component]
pub fn Runs(props: &RunsProps) -> Html {
    let words = use_words();
    let list = use_list();
    let call = calls::RUNS.of(props.mailing_id);
    let loading = use_loaded(list.page(call.clone()));
    let zone = props.zone.clone();
    let columns = vec![
        Column::new(texts::RUN, move |run: &RunView| {
            html! {
                <Link to={Route::Run { id: run.id }} class="row-main">
                    <b><TimeText at={run.planned_for} zone={zone.clone()} /></b>
                </Link>
            }
        }),
        Column::new(texts::ASKED_BY, move |run: &RunView| {
            html! { { words.say(states::trigger(run.trigger)) } }
        }),
        Column::new(texts::STATE, move |run: &RunView| {
            let (tone, text) = states::run(run);
            html! { <Pill {tone} text={words.say(text)} /> }
        }),
        Column::new(texts::DELIVERIES, move |run: &RunView| {
            html! { { words.number(run.audience.unwrap_or_else(|| run.counts.total())) } }
        })
        .figures(),
        Column::new(
            texts::RESULT,
            |run: &RunView| html! { <RunResult run={run.clone()} /> },
        ),
    ];
    let view = ListView {
        list: &list,
        loading: &loading,
        words,
        id: |run| run.id,
        name: |run| run.mailing_title.clone(),
        columns,
        search: None,
        chips: Vec::new(),
        beside: html! { <CsvButton<Page<RunView>> {call} what={words.say(texts::RUNS_TABLED)} /> },
        bulk: None,
        empty: html! {
            <Empty icon={Icon::Clock} title={words.say(texts::NO_RUNS)} sentence={words.say(texts::NO_RUNS_HINT)} />
        },
    };
    view.draw()
}
