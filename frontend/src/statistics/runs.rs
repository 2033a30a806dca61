//! The runs that a mailing's report opens into.

use contract::delivery::RunView;
use contract::listing::Page;
use yew::prelude::*;

use super::{CsvButton, texts};
use crate::client::use_loaded;
use crate::delivery::{RunResult, calls, run_tone_and_text};
use crate::i18n::texts::ALL;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::ui::list::{Chip, Column, List, ListView};
use crate::ui::{Empty, Icon, Link, Pill, TimeText};

const ALL_RUNS: &str = "all";

#[derive(PartialEq, Properties)]
pub struct FinishedRunsProps {
    pub list: List,
    pub mailing_id: i64,
}

/// Those that are finished, unless all are asked for.
#[component]
pub fn FinishedRuns(props: &FinishedRunsProps) -> Html {
    let words = use_words();
    let list = &props.list;
    let state = match list.address.filter.as_str() {
        ALL_RUNS => "",
        _ => "finished",
    };
    let call = calls::RUNS.of(props.mailing_id).query("state", state);
    let loading = use_loaded(list.page(call.clone()));
    let columns = vec![
        Column::new(texts::RUN, |run: &RunView| {
            html! {
                <Link to={Route::Run { id: run.id }} class="row-main">
                    <b><TimeText at={run.planned_for} /></b>
                    <span>{ run.subject.clone() }</span>
                </Link>
            }
        }),
        Column::new(texts::STATUS, move |run: &RunView| {
            let (tone, text) = run_tone_and_text(run);
            html! { <Pill {tone} text={words.say(text)} /> }
        }),
        Column::new(texts::LETTERS_HEAD, move |run: &RunView| {
            html! { { words.number(run.audience.unwrap_or_else(|| run.counts.total())) } }
        })
        .figures(),
        Column::new(texts::RESULT, |run: &RunView| {
            html! { <RunResult run={run.clone()} /> }
        }),
        Column::new(texts::FINISHED_AT, |run: &RunView| {
            html! { if let Some(at) = run.finished_at { <TimeText {at} /> } }
        }),
    ];
    let chip = |filter, text| Chip {
        filter,
        text: words.say(text),
        count: None,
    };
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |run| run.id,
        name: |run| run.mailing_title.clone(),
        columns,
        search: None,
        chips: vec![chip("", texts::FINISHED_RUNS), chip(ALL_RUNS, ALL)],
        beside: html! { <CsvButton<Page<RunView>> {call} /> },
        bulk: None,
        empty: html! {
            <Empty icon={Icon::Clock} title={words.say(texts::NO_RUNS)} sentence={words.say(texts::NO_RUNS_HINT)} />
        },
    };
    view.draw()
}
