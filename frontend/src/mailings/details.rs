//! A mailing's own page: what it is doing, everybody's letter, its runs, its message and its settings.

mod aside;
mod settings;

use chrono::Duration;
use contract::delivery::{RunState, RunView};
use contract::mailings::{MailingStatus, MailingView};
use yew::prelude::*;

use super::acts::Acts;
use super::letter::LetterView;
use super::status::{StatusPill, sentence};
use super::texts::details as texts;
use super::{calls, texts as mailing_texts};
use crate::client::{Answer, use_loaded};
use crate::delivery::{Deliveries, RunPanel, Runs, SendAgain};
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::ui::list::address::TAB;
use crate::ui::list::{List, use_list};
use crate::ui::time::{self, Form, now};
use crate::ui::{
    Crumb, Empty, Icon, Notice, PageHead, Tab, Tabs, Tone, skeleton, use_every, use_zone,
};
use aside::{LetterCard, NextRuns};
use settings::Settings;

/// A run is about to start, or the mailing to be completed: it is looked for often.
const SOON_MS: u32 = 1_500;
/// Another person, or the clock, may change something.
const LATER_MS: u32 = 15_000;

const DELIVERIES: &str = "";
const RUNS: &str = "runs";
const MESSAGE: &str = "message";
const SETTINGS: &str = "settings";

#[derive(PartialEq, Properties)]
pub struct MailingDetailsProps {
    pub id: i64,
}

#[component]
pub fn MailingDetails(props: &MailingDetailsProps) -> Html {
    let words = use_words();
    let list = use_list();
    let zone = use_zone();
    let loading = use_loaded(calls::READ.of(props.id));
    let live_run = use_state(|| None::<RunView>);
    let soon = loading
        .value()
        .is_some_and(|mailing| starts_soon(mailing) || completes_soon(mailing));
    use_every(
        if soon { SOON_MS } else { LATER_MS },
        true,
        loading.reload.clone(),
    );
    let run_changed = {
        let (live_run, reload) = (live_run.clone(), loading.reload.clone());
        Callback::from(move |run: RunView| {
            let before = live_run.as_ref().filter(|before| before.id == run.id);
            let ended = run.state == RunState::Finished
                && before.is_some_and(|before| before.state != RunState::Finished);
            live_run.set(Some(run));
            if ended {
                // With its run a mailing may be completed, or have another next one.
                reload.emit(());
            }
        })
    };
    // What was done may have changed the run: what was seen of it before does not count any more.
    let acted = {
        let (live_run, reload) = (live_run.clone(), loading.reload.clone());
        Callback::from(move |()| {
            live_run.set(None);
            reload.emit(());
        })
    };
    loading.show(skeleton(8), |answer| {
        let Answer {
            value: mailing,
            etag,
        } = answer;
        let run = newest(mailing, live_run.as_ref());
        // The dialogs count what goes; the run was looked at later than the mailing.
        let mailing = &MailingView {
            last_run: run.clone(),
            ..mailing.clone()
        };
        html! {
            <>
                <PageHead crumbs={vec![crumb(words)]} title={mailing.title.clone()}
                    status={html! { <StatusPill mailing={mailing.clone()} /> }}
                    sentence={html! { { sentence(words, mailing, now()) } }}>
                    <Acts mailing={mailing.clone()} etag={etag.clone()} changed={acted.clone()} />
                </PageHead>
                { stopped_notice(words, mailing, &zone) }
                <div class="with-aside">
                    <div class="main-column">
                        { latest_run(words, mailing, run.as_ref(), run_changed) }
                        { tabs(words, mailing, &list) }
                        { tab(mailing, run, &list, acted.clone()) }
                    </div>
                    <aside class="aside">
                        <NextRuns mailing={mailing.clone()} />
                        <LetterCard mailing={mailing.clone()} />
                    </aside>
                </div>
            </>
        }
    })
}

pub fn crumb(words: Words) -> Crumb {
    Crumb {
        text: words.say(mailing_texts::MAILINGS),
        to: Route::Mailings,
    }
}

/// The latest run as it was seen last: the panel looks at it more often than the page reads the mailing.
fn newest(mailing: &MailingView, live: Option<&RunView>) -> Option<RunView> {
    let last = mailing.last_run.as_ref()?;
    Some(
        live.filter(|live| live.id == last.id)
            .unwrap_or(last)
            .clone(),
    )
}

fn starts_soon(mailing: &MailingView) -> bool {
    let goes = matches!(
        mailing.status,
        MailingStatus::Created | MailingStatus::Running
    );
    let soon = now() + Duration::seconds(5);
    goes && mailing.next_run_at.is_some_and(|at| at <= soon)
}

/// Its last run is finished, and nothing more is to come.
fn completes_soon(mailing: &MailingView) -> bool {
    let is_over = |run: &RunView| run.state == RunState::Finished;
    mailing.status == MailingStatus::Running
        && mailing.next_run_at.is_none()
        && mailing.ends_at.is_none()
        && mailing.last_run.as_ref().is_some_and(is_over)
}

fn stopped_notice(words: Words, mailing: &MailingView, zone: &str) -> Html {
    let Some(stopped) = &mailing.stopped else {
        return Html::default();
    };
    let at = time::write(words, stopped.at, zone, Form::Full);
    let time = format!("{at} {zone}");
    html! {
        <Notice tone={Tone::Failed}>
            <b>{ words.fill(texts::STOPPED_NOTICE, &[("by", &stopped.by), ("time", &time)]) }</b>
            if !stopped.reason.is_empty() {
                <p>{ words.fill(texts::STOPPED_REASON, &[("reason", &stopped.reason)]) }</p>
            }
        </Notice>
    }
}

fn latest_run(
    words: Words,
    mailing: &MailingView,
    run: Option<&RunView>,
    changed: Callback<RunView>,
) -> Html {
    if let Some(run) = run {
        let zone = mailing.time_zone.clone();
        return html! { <RunPanel key={run.id.to_string()} run={run.clone()} {zone} {changed} /> };
    }
    let sentence = match (mailing.status, mailing.next_run_at) {
        (MailingStatus::Completed, _) => words.say(texts::FIRST_RUN_NEVER),
        (MailingStatus::Paused, _) => words.say(texts::FIRST_RUN_PAUSED),
        (_, Some(at)) if at > now() => {
            let relative = time::relative(words, at, now());
            words.fill(texts::FIRST_RUN_PLANNED, &[("relative", &relative)])
        }
        _ => words.say(texts::FIRST_RUN_NOW),
    };
    let over = mailing.status == MailingStatus::Completed;
    let title = if over {
        mailing_texts::NEVER_RUN
    } else {
        texts::FIRST_RUN
    };
    html! {
        <section class="panel">
            <Empty icon={Icon::Hourglass} title={words.say(title)} {sentence} />
        </section>
    }
}

fn tabs(words: Words, mailing: &MailingView, list: &List) -> Html {
    let runs = words.fill(texts::RUNS_COUNT, &[("n", &words.number(mailing.runs))]);
    let all = [
        (DELIVERIES, words.say(texts::DELIVERIES)),
        (RUNS, runs),
        (MESSAGE, words.say(texts::MESSAGE)),
        (SETTINGS, words.say(texts::SETTINGS)),
    ];
    // Without a run there is nothing to show in the first two.
    let there = all.into_iter().skip(if mailing.runs > 0 { 0 } else { 2 });
    let tabs: Vec<Tab> = there.map(|(key, text)| Tab { key, text }).collect();
    let on_open = {
        let list = list.clone();
        Callback::from(move |key: &str| list.show(list.address.tab(key)))
    };
    let open = open_tab(mailing, list);
    html! { <Tabs {tabs} {open} {on_open} label={words.say(texts::TABS)} /> }
}

fn open_tab(mailing: &MailingView, list: &List) -> &'static str {
    let open = match list.address.other(TAB) {
        RUNS => RUNS,
        MESSAGE => MESSAGE,
        SETTINGS => SETTINGS,
        _ => DELIVERIES,
    };
    if mailing.runs == 0 && (open == DELIVERIES || open == RUNS) {
        MESSAGE
    } else {
        open
    }
}

fn tab(mailing: &MailingView, run: Option<RunView>, list: &List, changed: Callback<()>) -> Html {
    let zone = mailing.time_zone.clone();
    match (open_tab(mailing, list), run) {
        (RUNS, _) => html! { <Runs mailing_id={mailing.id} {zone} /> },
        (SETTINGS, _) => html! { <Settings mailing={mailing.clone()} /> },
        (DELIVERIES, Some(run)) => {
            let key = run.id.to_string();
            let again =
                html! { <SendAgain mailing={mailing.clone()} run={run.clone()} {changed} /> };
            html! { <Deliveries {key} {run} {zone} beside={again} /> }
        }
        _ => match &mailing.message {
            Some(message) => {
                html! { <section class="panel"><LetterView message_id={message.id} channel={mailing.channel} /></section> }
            }
            None => html! { <section class="panel"><MessageGone /></section> },
        },
    }
}

#[component]
fn MessageGone() -> Html {
    let words = use_words();
    html! { <p class="muted">{ words.say(mailing_texts::MESSAGE_GONE) }</p> }
}
