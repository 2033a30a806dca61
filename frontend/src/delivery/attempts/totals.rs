//! The sums over a report.

use contract::delivery::AttemptTotals;
use yew::prelude::*;

use crate::delivery::texts;
use crate::i18n::use_words;
use crate::ui::Tone;

#[derive(PartialEq, Properties)]
pub struct TotalsProps {
    /// None while they are not known.
    pub totals: Option<AttemptTotals>,
}

#[component]
pub fn Totals(props: &TotalsProps) -> Html {
    let words = use_words();
    let AttemptTotals {
        attempts,
        succeeded,
        failed,
        unknown,
        letters,
        capped: _,
    } = props.totals.unwrap_or_default();
    let shown = |n: u64| match props.totals {
        Some(_) => words.number(n),
        None => "…".to_owned(),
    };
    let figure = |tone: Option<Tone>, n: u64, text| {
        html! {
            <div class={classes!(tone.map(Tone::class), (n == 0).then_some("is-zero"))}>
                <b>{ shown(n) }</b><span>{ words.say(text) }</span>
            </div>
        }
    };
    html! {
        <section class="panel totals">
            <div class="legend figures">
                { figure(None, attempts, texts::TOTAL_ATTEMPTS) }
                { figure(Some(Tone::Sent), succeeded, texts::TOTAL_SUCCEEDED) }
                { figure(Some(Tone::Failed), failed, texts::TOTAL_FAILED) }
                { figure(Some(Tone::Unknown), unknown, texts::TOTAL_UNKNOWN) }
                <div class="legend-total"><b>{ shown(letters) }</b><span>{ words.say(texts::TOTAL_LETTERS) }</span></div>
            </div>
        </section>
    }
}
