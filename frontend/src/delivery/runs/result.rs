//! A run's result, small for tables and large with a legend.

use contract::delivery::{Counts, DeliveryState, RunState, RunView};
use yew::prelude::*;

use crate::delivery::texts;
use crate::delivery::words::states;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::ui::{Link, ResultBar};

#[derive(PartialEq, Properties)]
pub struct RunResultProps {
    pub run: RunView,
}

/// For tables: a mini bar, and under it what was sent and what was not.
#[component]
pub fn RunResult(props: &RunResultProps) -> Html {
    let words = use_words();
    let RunView {
        id, counts, state, ..
    } = &props.run;
    let told = [
        DeliveryState::Sent,
        DeliveryState::Failed,
        DeliveryState::Skipped,
        DeliveryState::Unknown,
    ];
    let parts = states::bar(words, counts);
    let shown = states::SHOWN.into_iter().zip(&parts);
    let said: Vec<AttrValue> = shown
        .filter(|(state, part)| {
            *state == DeliveryState::Sent || (told.contains(state) && part.count > 0)
        })
        .map(|(_, part)| part.label.clone())
        .collect();
    let said = match state {
        RunState::Planning => words.say(texts::PLANNING),
        RunState::Sending | RunState::Finished => said.join(", ").into(),
    };
    html! {
        <Link to={Route::Run { id: *id }} class="run-result">
            <ResultBar {parts} mini=true />
            <span class="figures">{ said }</span>
        </Link>
    }
}

#[derive(PartialEq, Properties)]
pub struct LegendProps {
    pub counts: Counts,
    /// How many recipients the run has; none while that is not known.
    pub audience: Option<u64>,
}

/// How many stand where, in figures that one reads from afar.
#[component]
pub fn Legend(props: &LegendProps) -> Html {
    let words = use_words();
    let entry = |state: DeliveryState| {
        let (tone, text) = states::state(state);
        let count = states::count_of(&props.counts, state);
        html! {
            <div class={classes!(tone.class(), (count == 0).then_some("is-zero"))}>
                <b>{ words.number(count) }</b><span>{ words.say(text) }</span>
            </div>
        }
    };
    html! {
        <div class="legend figures">
            { for states::SHOWN.into_iter().map(entry) }
            if let Some(audience) = props.audience {
                <div class="legend-total"><b>{ words.number(audience) }</b><span>{ words.say(texts::TOTAL) }</span></div>
            }
        </div>
    }
}
