//! What became of letters: runs, deliveries, and every attempt with the mail server's words.

mod attempts;
pub mod calls;
mod deliveries;
mod period;
pub mod period_filter;
mod runs;
pub mod texts;
mod words;

use contract::delivery::{Counts, DeliveryState, Outcome};

use crate::i18n::Text;

pub use attempts::AttemptReport;
pub use attempts::reasons;
pub use deliveries::{Deliveries, DeliveryPage, delivery_pill, ending, tries};
pub use runs::{Legend, RunPage, RunPanel, RunResult, Runs, SendAgain};
pub use words::classes::class as class_text;
pub use words::states::{
    SHOWN as SHOWN_STATES, answer, bar as result_bar, outcome as outcome_tone_and_text,
    run as run_tone_and_text, state as state_tone_and_text, waits_for_retries,
};
use words::{codes, states};

/// What a refusal means in plain words, by its code and what the server said.
pub fn refusal_meaning(code: Option<u16>, answer: &str) -> Text {
    codes::explain(Outcome::Failed, None, code, codes::enhanced_in(answer))
}

/// How many wait for a try, the first or another.
pub fn waiting(counts: &Counts) -> u64 {
    states::count_of(counts, DeliveryState::Queued)
}
