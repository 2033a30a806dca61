//! The report of attempts: sums, and every try with the server's words. What it looks at stands in the address bar.

mod filters;
pub mod reasons;
mod totals;

use contract::delivery::{AttemptView, Outcome};
use contract::instance::AttemptLog;
use contract::listing::Page;
use contract::permissions::Permission;
use yew::prelude::*;

use super::period_filter;
use crate::client::{Call, use_loaded};
use crate::delivery::words::states;
use crate::delivery::{calls, texts};
use crate::i18n::texts::ALL;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::session::{use_may, use_person};
use crate::statistics::CsvButton;
use crate::ui::list::address::ListAddress;
use crate::ui::list::{Chip, Column, ListView, use_list};
use crate::ui::{Code, Empty, Icon, Link, OwnerName, PageHead, Pill, Stamp, use_zone};
use filters::Filters;
use totals::Totals;

/// Under this name the mailing stands in the address.
const MAILING: &str = "mailing";

#[component]
pub fn AttemptReport() -> Html {
    let words = use_words();
    let person = use_person();
    let may = use_may();
    let own_zone = use_zone();
    let list = use_list();
    let address = &list.address;
    let all = narrowed(calls::ATTEMPTS.call(), address, &own_zone);
    let all = all.query("outcome", &address.filter);
    let loading = use_loaded(list.page(all.clone()));
    let sums = narrowed(calls::TOTALS.call(), address, &own_zone).query("search", &address.search);
    // The chips choose among outcomes, so their counts are those of all.
    let totals = use_loaded(sums.clone());
    let shown = use_loaded(sums.query("outcome", &address.filter));

    let sees_everything = may(Permission::SeeEverything);
    let is_open = person.is_some_and(|person| person.instance.attempt_log == AttemptLog::Everyone);
    let sees_others = sees_everything || is_open;
    let masked = is_open && !sees_everything;

    let mut columns = vec![
        Column::new(texts::STATE, move |attempt: &AttemptView| {
            let (tone, text) = states::outcome(attempt.outcome);
            html! { <Pill {tone} text={words.say(text)} /> }
        }),
        Column::new(texts::SERVER_WORDS, |attempt: &AttemptView| {
            html! { <Code text={states::answer(attempt.smtp_code, &attempt.response)} /> }
        }),
        Column::new(texts::RECIPIENT, |attempt: &AttemptView| {
            html! {
                <Link to={Route::Delivery { id: attempt.delivery_id }} class="row-main">
                    <b>{ states::went_to(attempt) }</b>
                    <span>{ attempt.subject.clone() }</span>
                </Link>
            }
        }),
        Column::new(texts::MAILING, |attempt: &AttemptView| {
            html! { <Link to={Route::Mailing { id: attempt.mailing_id }}>{ attempt.mailing_title.clone() }</Link> }
        }),
    ];
    if sees_others {
        columns.push(Column::new(texts::OWNER, |attempt: &AttemptView| {
            html! { <OwnerName owner={attempt.owner.clone()} /> }
        }));
    }
    columns.push(
        Column::new(texts::WHEN, |attempt: &AttemptView| {
            html! { <Stamp at={attempt.at} /> }
        })
        .in_zone(own_zone.clone()),
    );
    let counted = totals.value();
    let chip = |outcome: Option<Outcome>| Chip {
        filter: outcome.map(states::outcome_key).unwrap_or_default(),
        text: words.say(outcome.map_or(ALL, |outcome| states::outcome(outcome).1)),
        count: counted.map(|totals| match outcome {
            None => totals.attempts,
            Some(Outcome::Succeeded) => totals.succeeded,
            Some(Outcome::Failed) => totals.failed,
            Some(Outcome::Unknown) => totals.unknown,
        }),
    };
    let outcomes = [
        None,
        Some(Outcome::Succeeded),
        Some(Outcome::Failed),
        Some(Outcome::Unknown),
    ];
    let view = ListView {
        list: &list,
        loading: &loading,
        words,
        id: |attempt| attempt.id,
        name: states::went_to,
        columns,
        search: Some(texts::SEARCH_ATTEMPTS),
        chips: outcomes.map(chip).to_vec(),
        beside: html! {
            <CsvButton<Page<AttemptView>> call={all.query("search", &address.search)} what={words.say(texts::ATTEMPTS)} />
        },
        bulk: None,
        empty: html! {
            <Empty icon={Icon::ListCheck} title={words.say(texts::NO_ATTEMPTS)} sentence={words.say(texts::NO_ATTEMPTS_HINT)} />
        },
    };
    let sentence = if masked {
        texts::EVERYONES
    } else {
        texts::ATTEMPTS_SENTENCE
    };
    html! {
        <>
            <PageHead title={words.say(texts::ATTEMPTS)} sentence={html! { { words.say(sentence) } }} />
            <Totals totals={shown.value().copied()} />
            <Filters list={list.clone()} />
            { view.draw() }
        </>
    }
}

/// The call with what the report is narrowed to, apart from outcome and search.
fn narrowed<T>(call: Call<T>, address: &ListAddress, own_zone: &str) -> Call<T> {
    let (from, to) = period_filter::asked(address, own_zone);
    call.query("mailing_id", address.other(MAILING))
        .query("from", from)
        .query("to", to)
}
