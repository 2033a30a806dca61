//! Runs in reports: those that a mailing's report opens into, and those that have finished while their mailing goes on.

use contract::statistics::RunStatistics;
use yew::prelude::*;

use super::lists::{as_file, completed_chips, use_sees_all};
use super::view::{kept, narrowed};
use super::{calls, texts};
use crate::client::use_loaded;
use crate::delivery::texts::OWNER;
use crate::delivery::{RunResult, run_tone_and_text};
use crate::i18n::texts::ALL;
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::ui::list::{Chip, Column, List, ListView};
use crate::ui::{Empty, Icon, Link, OwnerName, Pill, Stamp, TimeText, use_zone};

const ALL_RUNS: &str = "all";
const FINISHED: &str = "finished";

#[derive(PartialEq, Properties)]
pub struct FinishedRunsProps {
    pub list: List,
    pub mailing_id: i64,
}

/// Those of a mailing that were started in the time that its report looks at; the finished ones, unless all are asked
/// for.
#[component]
pub fn FinishedRuns(props: &FinishedRunsProps) -> Html {
    let words = use_words();
    let own_zone = use_zone();
    let list = &props.list;
    let state = match list.address.filter.as_str() {
        ALL_RUNS => "",
        _ => FINISHED,
    };
    let call = narrowed(calls::RUNS.call(), &list.address, &own_zone)
        .query("mailing_id", props.mailing_id)
        .query("state", state);
    let loading = use_loaded(list.page(call.clone()));
    let mut columns = vec![
        Column::new(texts::RUN, |item: &RunStatistics| run_cell(item)),
        Column::new(texts::STATUS, move |item: &RunStatistics| {
            let (tone, text) = run_tone_and_text(&item.run);
            html! { <Pill {tone} text={words.say(text)} /> }
        }),
    ];
    columns.extend(result_columns(words, own_zone));
    let chip = |filter, text| Chip {
        filter,
        text: words.say(text),
        count: None,
    };
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |item| item.run.id,
        name: |item| item.run.mailing_title.clone(),
        columns,
        search: None,
        chips: vec![chip("", texts::FINISHED_RUNS), chip(ALL_RUNS, ALL)],
        beside: as_file(words, list, call, texts::FINISHED_RUNS),
        bulk: None,
        empty: no_runs(words),
    };
    view.draw()
}

#[derive(PartialEq, Properties)]
pub struct RunsOfOpenProps {
    pub list: List,
}

/// Of mailings that are not completed: each run that is over, by itself, so that nothing under way is counted.
#[component]
pub fn RunsOfOpen(props: &RunsOfOpenProps) -> Html {
    let words = use_words();
    let own_zone = use_zone();
    let sees_all = use_sees_all();
    let list = &props.list;
    let call = narrowed(calls::RUNS.call(), &list.address, &own_zone)
        .query("status", "open")
        .query("state", FINISHED);
    let loading = use_loaded(list.page(call.clone()));
    let mut columns = vec![
        Column::new(texts::RUN, |item: &RunStatistics| run_cell(item)),
        Column::new(texts::MAILING, |item: &RunStatistics| {
            html! {
                <Link to={Route::MailingReport { id: item.run.mailing_id }} narrowed={kept(&list.address)}>
                    { item.run.mailing_title.clone() }
                </Link>
            }
        }),
    ];
    if sees_all {
        columns.push(Column::new(OWNER, |item: &RunStatistics| {
            html! { <OwnerName owner={item.owner.clone()} /> }
        }));
    }
    columns.extend(result_columns(words, own_zone));
    let view = ListView {
        list,
        loading: &loading,
        words,
        id: |item| item.run.id,
        name: |item| item.run.mailing_title.clone(),
        columns,
        search: Some(texts::SEARCH_TITLE),
        chips: completed_chips(words),
        beside: as_file(words, list, call, texts::CHIP_RUNS_OF_OPEN),
        bulk: None,
        empty: no_runs(words),
    };
    view.draw()
}

fn run_cell(item: &RunStatistics) -> Html {
    let run = &item.run;
    html! {
        <Link to={Route::Run { id: run.id }} class="row-main">
            <b><TimeText at={run.planned_for} /></b>
            <span>{ run.subject.clone() }</span>
        </Link>
    }
}

fn result_columns<'a>(words: Words, zone: AttrValue) -> [Column<'a, RunStatistics>; 3] {
    [
        Column::new(texts::DELIVERIES_HEAD, move |item: &RunStatistics| {
            let run = &item.run;
            html! { { words.number(run.audience.unwrap_or_else(|| run.counts.total())) } }
        })
        .figures(),
        Column::new(texts::RESULT, |item: &RunStatistics| {
            html! { <RunResult run={item.run.clone()} /> }
        }),
        Column::new(texts::FINISHED_AT, |item: &RunStatistics| {
            html! { if let Some(at) = item.run.finished_at { <Stamp {at} /> } }
        })
        .in_zone(zone),
    ]
}

fn no_runs(words: Words) -> Html {
    html! { <Empty icon={Icon::Clock} title={words.say(texts::NO_RUNS)} sentence={words.say(texts::NO_RUNS_HINT)} /> }
}
