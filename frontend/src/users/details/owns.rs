//! What a user owns, with the ways to it, and what became of their letters.

use contract::accounts::profile::GoesWithAccount;
use contract::accounts::users::LetterCounts;
use contract::delivery::Counts;
use yew::prelude::*;

use crate::delivery::{Legend, result_bar};
use crate::i18n::{Plural, use_words};
use crate::routes::Route;
use crate::ui::{Link, ResultBar};
use crate::users::OWNER;
use crate::users::texts::details as texts;

#[derive(PartialEq, Properties)]
pub struct LettersProps {
    pub letters: LetterCounts,
}

#[component]
pub fn Letters(props: &LettersProps) -> Html {
    let words = use_words();
    let LetterCounts {
        sent,
        failed,
        queued,
        skipped,
        unknown,
    } = props.letters;
    let counts = Counts {
        queued,
        sending: 0,
        sent,
        failed,
        skipped,
        unknown,
    };
    let all = sent + failed + queued + skipped + unknown;
    html! {
        <section class="panel">
            <div class="panel-head">
                <h2>{ words.say(texts::LETTERS) }</h2>
            </div>
            if all == 0 {
                <p class="muted">{ words.say(texts::NO_LETTERS) }</p>
            } else {
                <div class="letters-bar"><ResultBar parts={result_bar(words, &counts)} /></div>
                <Legend {counts} audience={None::<u64>} />
            }
        </section>
    }
}

#[derive(PartialEq, Properties)]
pub struct OwnsProps {
    pub user_id: i64,
    pub owns: GoesWithAccount,
}

#[component]
pub fn Owns(props: &OwnsProps) -> Html {
    let words = use_words();
    let GoesWithAccount {
        recipients,
        messages,
        mailings,
        running_mailings: _,
    } = props.owns;
    let card = |n: u64, counted: Plural, to: Route| {
        // The number stands large and alone; the word after it keeps the form that the number asks for.
        let number = words.number(n);
        let said = words.count(counted, n);
        let word = said.trim_start_matches(number.as_str()).trim().to_owned();
        html! {
            <Link {to} narrowed={vec![(OWNER, props.user_id.to_string())]} class="panel figure-card">
                <b class="figures">{ number }</b><span class="muted">{ word }</span>
            </Link>
        }
    };
    html! {
        <div class="figures-row figures-three" role="group" aria-label={words.say(texts::OWNS)}>
            { card(mailings, texts::MAILINGS, Route::Mailings) }
            { card(messages, texts::MESSAGES, Route::Messages) }
            { card(recipients, texts::RECIPIENTS, Route::Recipients) }
        </div>
    }
}
