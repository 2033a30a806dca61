//! States of the ledger as words and colours, the same on every screen.

use contract::delivery::{
    AttemptView, Counts, DeliveryState, DeliveryView, EndReason, Outcome, RunState, RunView,
    Trigger,
};
use yew::AttrValue;

use crate::delivery::texts;
use crate::i18n::{Text, Words};
use crate::ui::time::{self, Form};
use crate::ui::{BarPart, Tone};

/// States in the order in which bars and legends show them; "sending" is shown as queued.
pub const SHOWN: [DeliveryState; 5] = [
    DeliveryState::Sent,
    DeliveryState::Failed,
    DeliveryState::Skipped,
    DeliveryState::Unknown,
    DeliveryState::Queued,
];

pub const fn state(state: DeliveryState) -> (Tone, Text) {
    match state {
        DeliveryState::Queued => (Tone::Queued, texts::QUEUED),
        DeliveryState::Sending => (Tone::Running, texts::SENDING),
        DeliveryState::Sent => (Tone::Sent, texts::SENT),
        DeliveryState::Failed => (Tone::Failed, texts::FAILED),
        DeliveryState::Skipped => (Tone::Skipped, texts::SKIPPED),
        DeliveryState::Unknown => (Tone::Unknown, texts::UNKNOWN),
    }
}

/// The word on the wire, for filters.
pub const fn state_key(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Queued => "queued",
        DeliveryState::Sending => "sending",
        DeliveryState::Sent => "sent",
        DeliveryState::Failed => "failed",
        DeliveryState::Skipped => "skipped",
        DeliveryState::Unknown => "unknown",
    }
}

/// A delivery's state in a word; one that was tried before says when it is tried again.
pub fn delivery(words: Words, delivery: &DeliveryView, zone: &str) -> (Tone, AttrValue) {
    let (tone, text) = state(delivery.state);
    if delivery.state == DeliveryState::Queued && delivery.attempts > 0 {
        let time = time::write(words, delivery.due_at, zone, Form::Clock);
        return (tone, words.fill(texts::RETRY_AT, &[("time", &time)]));
    }
    (tone, words.say(text))
}

pub const fn end_reason(reason: EndReason) -> Text {
    match reason {
        EndReason::Stopped => texts::SKIPPED_STOPPED,
        EndReason::WindowOver => texts::SKIPPED_WINDOW_OVER,
        EndReason::Superseded => texts::SKIPPED_SUPERSEDED,
        EndReason::RecipientDeleted => texts::SKIPPED_RECIPIENT_DELETED,
        EndReason::Suppressed => texts::SKIPPED_SUPPRESSED,
        EndReason::Unsubscribed => texts::SKIPPED_UNSUBSCRIBED,
        EndReason::NoPhone => texts::SKIPPED_NO_PHONE,
        EndReason::Expired => texts::FAILED_EXPIRED,
        EndReason::GaveUp => texts::FAILED_GAVE_UP,
    }
}

/// Where it goes: an SMS to a number, a letter to an address.
pub fn goes_to(delivery: &DeliveryView) -> String {
    let phone = delivery.recipient_phone.as_ref();
    phone.unwrap_or(&delivery.recipient_email).clone()
}

/// Where it went.
pub fn went_to(attempt: &AttemptView) -> String {
    let phone = attempt.recipient_phone.as_ref();
    phone.unwrap_or(&attempt.recipient_email).clone()
}

/// The server's words with its code before them, as it said them.
pub fn answer(smtp_code: Option<u16>, response: &str) -> String {
    match smtp_code {
        Some(code) if !response.starts_with(&code.to_string()) => format!("{code} {response}"),
        _ => response.to_owned(),
    }
}

pub const fn trigger(trigger: Trigger) -> Text {
    match trigger {
        Trigger::Schedule => texts::BY_SCHEDULE,
        Trigger::Manual => texts::BY_HAND,
        Trigger::Cli => texts::BY_COMMAND,
        Trigger::Api => texts::BY_API,
    }
}

pub const fn outcome(outcome: Outcome) -> (Tone, Text) {
    match outcome {
        Outcome::Succeeded => (Tone::Sent, texts::SUCCEEDED),
        Outcome::Failed => (Tone::Failed, texts::REFUSED),
        Outcome::Unknown => (Tone::Unknown, texts::LOST),
    }
}

pub const fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded => "succeeded",
        Outcome::Failed => "failed",
        Outcome::Unknown => "unknown",
    }
}

pub const fn run(run: &RunView) -> (Tone, Text) {
    match run.state {
        RunState::Planning => (Tone::Running, texts::PLANNING),
        RunState::Sending if waits_for_retries(run) => (Tone::Queued, texts::WAITS_FOR_RETRY),
        RunState::Sending => (Tone::Running, texts::BEING_SENT),
        RunState::Finished => (Tone::Queued, texts::FINISHED),
    }
}

/// Whether nobody holds a letter of it, though some are done with and some are left.
pub const fn waits_for_retries(run: &RunView) -> bool {
    let Counts {
        queued,
        sending,
        sent,
        failed,
        skipped,
        unknown,
    } = run.counts;
    let is_sent = matches!(run.state, RunState::Sending);
    is_sent && sending == 0 && queued > 0 && sent + failed + skipped + unknown > 0
}

/// How many stand in a shown state.
pub const fn count_of(counts: &Counts, state: DeliveryState) -> u64 {
    match state {
        DeliveryState::Queued => counts.queued + counts.sending,
        DeliveryState::Sending => counts.sending,
        DeliveryState::Sent => counts.sent,
        DeliveryState::Failed => counts.failed,
        DeliveryState::Skipped => counts.skipped,
        DeliveryState::Unknown => counts.unknown,
    }
}

/// A run's result as the parts of a bar.
pub fn bar(words: Words, counts: &Counts) -> Vec<BarPart> {
    let part = |state_shown| {
        let count = count_of(counts, state_shown);
        let text = match state_shown {
            DeliveryState::Queued | DeliveryState::Sending => texts::COUNT_QUEUED,
            DeliveryState::Sent => texts::COUNT_SENT,
            DeliveryState::Failed => texts::COUNT_FAILED,
            DeliveryState::Skipped => texts::COUNT_SKIPPED,
            DeliveryState::Unknown => texts::COUNT_UNKNOWN,
        };
        let label = words.fill(text, &[("n", &words.number(count))]);
        BarPart {
            tone: state(state_shown).0,
            count,
            label,
        }
    };
    SHOWN.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn the_bar_shows_every_recipient() {
        let counts = Counts {
            queued: 10,
            sending: 2,
            sent: 5,
            failed: 1,
            skipped: 3,
            unknown: 4,
        };
        let parts = bar(
            Words {
                language: Language::Ru,
            },
            &counts,
        );
        let shown: u64 = parts.iter().map(|part| part.count).sum();
        assert_eq!(shown, counts.total());
        assert_eq!(parts[0].label, "5 отправлено");
        assert_eq!(parts[4].label, "12 в очереди");
    }

    #[test]
    fn an_answer_begins_with_its_code_once() {
        assert_eq!(
            answer(Some(550), "5.1.1 No such user"),
            "550 5.1.1 No such user"
        );
        assert_eq!(
            answer(Some(550), "550 5.1.1 No such user"),
            "550 5.1.1 No such user"
        );
        assert_eq!(answer(None, "connection refused"), "connection refused");
    }

    #[test]
    fn filters_use_the_words_on_the_wire() {
        for state in DeliveryState::ALL {
            assert_eq!(
                serde_json::to_value(state).expect("a word"),
                state_key(state)
            );
        }
    }
}
