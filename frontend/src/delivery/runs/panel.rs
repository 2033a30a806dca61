//! One run as it goes: bar, legend, letters per second, time left, and what it waits for.

use contract::delivery::progress::{HeldBecause, Progress};
use contract::delivery::{Counts, RunState, RunView};
use contract::mailings::Channel;
use yew::prelude::*;

use super::live::{self, Live, use_live};
use crate::client::use_loaded;
use crate::delivery::words::states;
use crate::delivery::{Legend, calls, texts};
use crate::i18n::{Text, Words, use_words};
use crate::ui::time::{self, Form, now};
use crate::ui::{Icon, IconView, Notice, Pill, ResultBar, Tone, use_every, use_moving};

/// Where nothing is told live, a look now and then is enough.
const FALLBACK_MS: u32 = 5_000;

#[derive(PartialEq, Properties)]
pub struct RunPanelProps {
    pub run: RunView,
    /// The zone of the mailing.
    pub zone: AttrValue,
    /// Told when what is shown of the run has changed.
    #[prop_or_default]
    pub changed: Callback<RunView>,
    /// A link to the run's own page, or nothing.
    #[prop_or_default]
    pub beside: Html,
}

#[component]
pub fn RunPanel(props: &RunPanelProps) -> Html {
    let words = use_words();
    let loading = use_loaded(calls::RUN.of(props.run.id));
    // The screen may have read the run a moment ago; what moves is read anew here.
    let read = match loading.value() {
        Some(read) if read.id == props.run.id => read,
        _ => &props.run,
    };
    let live = use_live(read.mailing_id, read.state != RunState::Finished);
    let told = live.of(read.id);
    let run = live::newer(read, told);
    let unfinished = run.state != RunState::Finished;
    {
        // Letters that are sent again open a run that was finished; and its end brings its times.
        let reload = loading.reload.clone();
        let shown = (run.state, run.counts);
        let first = use_mut_ref(|| true);
        use_effect_with((props.run.clone(), run.state), move |(given, state)| {
            let is_other = (given.state, given.counts) != shown;
            if !first.replace(false) && (is_other || *state == RunState::Finished) {
                reload.emit(());
            }
        });
    }
    use_every(
        FALLBACK_MS,
        unfinished && (told.is_none() || live.is_away),
        loading.reload.clone(),
    );
    {
        let changed = props.changed.clone();
        use_effect_with(run.clone(), move |run| changed.emit(run.clone()));
    }

    let planned = time::write(words, run.planned_for, &props.zone, Form::Full);
    let away = told.is_some_and(|told| told.held_because == Some(HeldBecause::MailServersAway));
    html! {
        <>
        if unfinished && away {
            <Notice tone={Tone::Skipped}>{ for told.map(|told| servers_away(words, run.channel, told, &props.zone)) }</Notice>
        }
        <section class="panel run-panel">
            <div class="run-panel-head">
                <h2>{ words.fill(texts::RUN_TITLE, &[("time", &planned)]) }
                    <span class="muted">{ props.zone.clone() }</span></h2>
                if unfinished {
                    { pill(words, &run, told) }
                }
                <span class="run-pace" aria-live="off">{ for pace(words, &run, told) }</span>
                { props.beside.clone() }
            </div>
            <MovingResult counts={run.counts} audience={run.audience} />
            if unfinished {
                { waits(words, run.channel, &live, told, &props.zone) }
            }
        </section>
        </>
    }
}

#[derive(PartialEq, Properties)]
struct MovingResultProps {
    counts: Counts,
    audience: Option<u64>,
}

/// Bar and legend, which run after the figures that are told.
#[component]
fn MovingResult(props: &MovingResultProps) -> Html {
    let words = use_words();
    let Counts {
        queued,
        sending,
        sent,
        failed,
        skipped,
        unknown,
    } = props.counts;
    let all = queued + sending + sent + failed + skipped + unknown;
    let [all, sent, failed, skipped, unknown] = use_moving([all, sent, failed, skipped, unknown]);
    let counts = Counts {
        // What is left, so that the sum holds on the way too.
        queued: all.saturating_sub(sent + failed + skipped + unknown),
        sending: 0,
        sent,
        failed,
        skipped,
        unknown,
    };
    html! {
        <>
            <ResultBar parts={states::bar(words, &counts)} />
            <Legend {counts} audience={props.audience} />
        </>
    }
}

/// Does nothing happen until a retry is due?
fn is_still(run: &RunView, told: Option<&Progress>) -> bool {
    match told {
        Some(told) => told.next_try_at.is_some_and(|at| at > told.at),
        None => states::waits_for_retries(run),
    }
}

fn pill(words: Words, run: &RunView, told: Option<&Progress>) -> Html {
    let (tone, text) = if told.is_some_and(|told| told.held_because.is_some()) {
        (Tone::Skipped, texts::HELD)
    } else if run.state == RunState::Planning {
        (Tone::Running, texts::PLANNING)
    } else if is_still(run, told) {
        (Tone::Queued, texts::WAITS_FOR_RETRY)
    } else {
        (Tone::Running, texts::BEING_SENT)
    };
    html! { <Pill {tone} text={words.say(text)} /> }
}

/// Seconds; a run that took longer has most likely waited for retries.
const FIRST_RETRY: i64 = 60;

/// How fast it goes and how long it takes, or how long it took: a line each.
fn pace(words: Words, run: &RunView, told: Option<&Progress>) -> Vec<Html> {
    let per_second = match run.channel {
        Channel::Email => texts::PER_SECOND,
        Channel::Sms => texts::SMS_PER_SECOND,
    };
    let (first, second) = if run.state == RunState::Finished {
        (None, took(words, run))
    } else {
        let told = told.filter(|told| told.held_because.is_none());
        let speed = told.and_then(|told| told.letters_per_second);
        let speed = speed.filter(|speed| *speed > 0.0);
        let left = told.filter(|_| speed.is_some() && !is_still(run, told));
        let left = left.and_then(|told| told.seconds_left);
        (
            speed.map(|speed| words.fill(per_second, &[("rate", &words.rate(speed))])),
            left.filter(|seconds| *seconds > 0).map(|seconds| {
                words.fill(texts::TIME_LEFT, &[("time", &time::span(words, seconds))])
            }),
        )
    };
    [
        first.map(|text| html! { <b>{ text }</b> }),
        second.map(|text| html! { <span>{ text }</span> }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn took(words: Words, run: &RunView) -> Option<AttrValue> {
    let seconds = (run.finished_at? - run.started_at).num_seconds();
    let counted = match run.channel {
        Channel::Email => texts::LETTERS_COUNTED,
        Channel::Sms => texts::SMS_COUNTED,
    };
    let letters = words.count(counted, run.counts.sent);
    let took = time::span(words, seconds.max(1).unsigned_abs());
    let text = if seconds < FIRST_RETRY {
        texts::TOOK
    } else {
        texts::TOOK_WITH_RETRIES
    };
    let took = words.fill(text, &[("time", &took)]);
    Some(format!("{letters} {took}").into())
}

/// What it waits for, in a sentence.
fn waits(words: Words, channel: Channel, live: &Live, told: Option<&Progress>, zone: &str) -> Html {
    let line = |tone: Tone, icon: Icon, text: AttrValue| {
        html! { <p class={classes!("run-waits", tone.class())} role="status"><IconView {icon} />{ text }</p> }
    };
    if live.is_away {
        return line(
            Tone::Queued,
            Icon::ArrowRepeat,
            words.say(texts::RECONNECTING),
        );
    }
    let Some(told) = told else {
        return Html::default();
    };
    let clock = |at| time::write(words, at, zone, Form::Clock);
    let held = |text: Text| line(Tone::Skipped, Icon::Pause, words.say(text));
    match (told.held_because, told.held_until, told.next_try_at) {
        (Some(HeldBecause::Paused), ..) => held(texts::HELD_PAUSED),
        (Some(HeldBecause::OwnerBlocked), ..) => held(texts::HELD_OWNER),
        // That is said above the panel.
        (Some(HeldBecause::MailServersAway), ..) => Html::default(),
        (Some(HeldBecause::BudgetUsedUp), until, _) => {
            let (held, held_until) = match channel {
                Channel::Email => (texts::HELD_BUDGET, texts::HELD_BUDGET_UNTIL),
                Channel::Sms => (texts::HELD_SMS_BUDGET, texts::HELD_SMS_BUDGET_UNTIL),
            };
            let said = match until.filter(|until| *until > told.at) {
                Some(at) => words.fill(held_until, &[("time", &clock(at))]),
                None => words.say(held),
            };
            line(Tone::Skipped, Icon::Hourglass, said)
        }
        (None, _, Some(at)) if at > told.at => {
            let relative = time::relative(words, at, now());
            let arguments: [(&str, &dyn std::fmt::Display); 2] =
                [("relative", &relative), ("time", &clock(at))];
            line(
                Tone::Queued,
                Icon::Clock,
                words.fill(texts::NEXT_DUE, &arguments),
            )
        }
        _ => Html::default(),
    }
}

fn servers_away(words: Words, channel: Channel, told: &Progress, zone: &str) -> AttrValue {
    let (held, held_until) = match channel {
        Channel::Email => (texts::HELD_SERVERS, texts::HELD_SERVERS_UNTIL),
        Channel::Sms => (texts::HELD_SMS, texts::HELD_SMS_UNTIL),
    };
    match told.held_until.filter(|until| *until > told.at) {
        Some(until) => {
            let time = time::write(words, until, zone, Form::Clock);
            words.fill(held_until, &[("time", &time)])
        }
        None => words.say(held),
    }
}
