//! Why letters failed lately: the newest failures by what they mean.

use contract::delivery::{AttemptView, Outcome};
use yew::prelude::*;

use crate::client::use_loaded;
use crate::delivery::words::{codes, states};
use crate::delivery::{calls, texts};
use crate::i18n::{Text, use_words};
use crate::routes::Route;
use crate::ui::time::{now, relative};
use crate::ui::{Code, Link, skeleton};

/// So many failures are looked at, and so many reasons told.
const LOOKED_AT: u64 = 100;
const TOLD: usize = 4;

/// One reason, how often it was met, and its newest example.
#[derive(Clone, Debug, PartialEq)]
struct Reason<'a> {
    meaning: Text,
    count: u64,
    newest: &'a AttemptView,
}

#[component]
pub fn LastFailures() -> Html {
    let words = use_words();
    let failed = states::outcome_key(Outcome::Failed);
    let loading = use_loaded(
        calls::ATTEMPTS
            .call()
            .query("outcome", failed)
            .query("limit", LOOKED_AT),
    );
    let entry = |reason: Reason<'_>| {
        let newest = reason.newest;
        let count = words.count(texts::TIMES, reason.count);
        let when = relative(words, newest.at, now());
        html! {
            <li key={newest.id.to_string()}>
                <div>
                    <b>{ words.say(reason.meaning) }</b>
                    <Code text={states::answer(newest.smtp_code, &newest.response)} />
                    <span class="muted small">
                        <Link to={Route::Delivery { id: newest.delivery_id }}>{ states::went_to(newest) }</Link>
                        { format!(" · {when}") }
                    </span>
                </div>
                <span class="reason-count">{ count }</span>
            </li>
        }
    };
    html! {
        <section class="panel reasons-panel">
            <div class="panel-head">
                <h2>{ words.say(texts::LAST_FAILURES) }</h2>
                <Link to={Route::Attempts}>{ words.say(texts::ALL_ATTEMPTS) }</Link>
            </div>
            { loading.show(skeleton(3), |answer| {
                let reasons = by_meaning(&answer.value.items);
                if reasons.is_empty() {
                    return html! { <p class="muted">{ words.say(texts::NO_FAILURES) }</p> };
                }
                html! { <ul class="reason-list">{ for reasons.into_iter().take(TOLD).map(entry) }</ul> }
            }) }
        </section>
    }
}

/// The attempts, newest first, by what they mean; the most frequent meaning first.
fn by_meaning(attempts: &[AttemptView]) -> Vec<Reason<'_>> {
    let mut reasons: Vec<Reason<'_>> = Vec::new();
    for attempt in attempts {
        let meaning = codes::meaning(attempt);
        match reasons.iter_mut().find(|reason| reason.meaning == meaning) {
            Some(reason) => reason.count += 1,
            None => reasons.push(Reason {
                meaning,
                count: 1,
                newest: attempt,
            }),
        }
    }
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    reasons
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use contract::listing::Owner;

    use super::*;

    fn refused(id: i64, code: u16, response: &str) -> AttemptView {
        AttemptView {
            id,
            delivery_id: id,
            run_id: 1,
            mailing_id: 1,
            mailing_title: String::new(),
            number: 1,
            at: DateTime::UNIX_EPOCH,
            outcome: Outcome::Failed,
            class: None,
            server: None,
            smtp_code: Some(code),
            enhanced_code: None,
            response: response.to_owned(),
            milliseconds: 5,
            recipient_email: String::new(),
            recipient_phone: None,
            subject: String::new(),
            owner: Owner {
                id: 1,
                email: String::new(),
                full_name: String::new(),
            },
        }
    }

    #[test]
    fn failures_are_counted_by_what_they_mean() {
        let attempts = [
            refused(3, 552, "5.2.2 Mailbox full"),
            refused(2, 550, "5.1.1 No such user"),
            refused(1, 550, "5.1.1 <x@example.org>: unknown"),
        ];
        let reasons = by_meaning(&attempts);
        let told: Vec<(u64, i64)> = reasons.iter().map(|r| (r.count, r.newest.id)).collect();
        assert_eq!(told, [(2, 2), (1, 3)]);
    }
}
