//! One run as it goes: bar, legend, letters per second, time left.

use chrono::Duration;
use contract::delivery::{Counts, DeliveryState, RunState, RunView};
use yew::prelude::*;

use super::pace::Pace;
use super::{Legend, calls, state_words, texts};
use crate::client::use_loaded;
use crate::i18n::{Words, use_words};
use crate::ui::time::{self, Form, now};
use crate::ui::{Pill, ResultBar, Tone, use_every};

const LIVE_MS: u32 = 1_000;
/// When only retries are left, a look now and then is enough.
const STILL_MS: u32 = 5_000;
const STILL_AFTER: Duration = Duration::seconds(3);

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
    let run = match loading.value() {
        Some(read) if read.id == props.run.id => read.clone(),
        _ => props.run.clone(),
    };
    let unfinished = run.state != RunState::Finished;
    let pace = use_mut_ref(Pace::default);
    let moved_at = use_mut_ref(|| None);
    {
        let moved_at = moved_at.clone();
        let first = use_mut_ref(|| true);
        use_effect_with(run.counts, move |_| {
            // What is seen first may have stood so for hours.
            if !first.replace(false) {
                *moved_at.borrow_mut() = Some(now());
            }
        });
    }
    {
        let (pace, changed) = (pace.clone(), props.changed.clone());
        use_effect_with(loading.clone(), move |loading| {
            if let Some(run) = loading.value() {
                pace.borrow_mut().see(now(), settled(&run.counts));
                changed.emit(run.clone());
            }
        });
    }
    let moved = (*moved_at.borrow()).unwrap_or(run.started_at);
    let still = state_words::waits_for_retries(&run) && now() - moved > STILL_AFTER;
    use_every(
        if still { STILL_MS } else { LIVE_MS },
        unfinished,
        loading.reload.clone(),
    );

    let planned = time::write(words, run.planned_for, &props.zone, Form::Full);
    let said = progress(words, &run, &pace.borrow(), still);
    html! {
        <section class="panel run-panel">
            <div class="run-panel-head">
                <h2>{ words.fill(texts::RUN_TITLE, &[("time", &planned)]) }
                    <span class="muted">{ format!(" {}", props.zone) }</span></h2>
                if unfinished {
                    <Pill tone={Tone::Running} text={words.say(if still { texts::WAITS_FOR_RETRY } else { texts::BEING_SENT })} />
                }
                <span class="run-pace" aria-live="off">{ said }</span>
                { props.beside.clone() }
            </div>
            <ResultBar parts={state_words::bar(words, &run.counts)} />
            <Legend counts={run.counts} audience={run.audience} />
        </section>
    }
}

/// Seconds; a run that took longer has most likely waited for retries.
const FIRST_RETRY: i64 = 60;

/// Those that are done with, one way or another.
fn settled(counts: &Counts) -> u64 {
    counts.total() - state_words::count_of(counts, DeliveryState::Queued)
}

fn progress(words: Words, run: &RunView, pace: &Pace, still: bool) -> String {
    if run.state == RunState::Finished {
        let seconds = run
            .finished_at
            .map_or(0, |at| (at - run.started_at).num_seconds());
        let letters = words.count(texts::LETTERS_COUNTED, run.counts.sent);
        let took = time::span(words, seconds.max(1).unsigned_abs());
        let text = if seconds < FIRST_RETRY {
            texts::TOOK
        } else {
            texts::TOOK_WITH_RETRIES
        };
        let took = words.fill(text, &[("time", &took)]);
        return format!("{letters} {took}");
    }
    let rest = state_words::count_of(&run.counts, DeliveryState::Queued);
    let rate = pace.per_second().filter(|_| !still);
    let mut said = Vec::new();
    if let Some(rate) = rate {
        let rate = if rate >= 10.0 {
            words.number(rate.round() as u64)
        } else {
            format!("{rate:.1}")
        };
        said.push(words.fill(texts::PER_SECOND, &[("rate", &rate)]));
        if let Some(seconds) = pace.seconds_left(rest) {
            let left = time::span(words, seconds);
            said.push(words.fill(texts::TIME_LEFT, &[("time", &left)]));
        }
    }
    said.join(" · ")
}
