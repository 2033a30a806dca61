//! What became of letters: runs, deliveries, and every attempt with the mail server's words.

mod attempts;
pub mod calls;
mod classes;
mod codes;
mod deliveries;
mod delivery_page;
mod failures;
mod live;
mod period;
pub mod period_filter;
pub mod reasons;
mod result;
mod run_page;
mod run_panel;
mod runs;
mod send_again;
mod state_words;
mod story;
pub mod texts;

use contract::delivery::{Counts, DeliveryState, Outcome};
use contract::listing::Owner;

use crate::i18n::Text;

pub use attempts::AttemptReport;
pub use classes::class as class_text;
pub use deliveries::Deliveries;
pub use delivery_page::DeliveryPage;
pub use result::{Legend, RunResult};
pub use run_page::RunPage;
pub use run_panel::RunPanel;
pub use runs::Runs;
pub use send_again::SendAgain;
pub use state_words::{
    SHOWN as SHOWN_STATES, answer, bar as result_bar, outcome as outcome_tone_and_text,
    run as run_tone_and_text, state as state_tone_and_text, waits_for_retries,
};
pub use story::{delivery_pill, ending, tries};

/// What a refusal means in plain words, by its code and what the server said.
pub fn refusal_meaning(code: Option<u16>, answer: &str) -> Text {
    codes::explain(Outcome::Failed, None, code, codes::enhanced_in(answer))
}

/// The name, or the address of somebody without one.
pub fn owner_called(owner: &Owner) -> String {
    let name = owner.full_name.trim();
    if name.is_empty() {
        owner.email.clone()
    } else {
        name.to_owned()
    }
}

/// The name with the address, or the address alone.
pub fn owner_with_address(owner: &Owner) -> String {
    match owner.full_name.trim() {
        "" => owner.email.clone(),
        name => format!("{name} <{}>", owner.email),
    }
}

/// How many wait for a try, the first or another.
pub fn waiting(counts: &Counts) -> u64 {
    state_words::count_of(counts, DeliveryState::Queued)
}
