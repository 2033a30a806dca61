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
    } = props.totals.unwrap_or_default();
    let figure = |tone: Option<Tone>, n: u64, text| {
        let shown = if props.totals.is_some() {
            words.number(n)
        } else {
            "…".to_owned()
        };
        html! {
            <div class={classes!(tone.map(Tone::class), (n == 0).then_some("is-zero"))}>
                <b>{ shown }</b><span>{ words.say(text) }</span>
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
                { figure(Some(Tone::Running), letters, texts::TOTAL_LETTERS) }
            </div>
        </section>
    }
}
