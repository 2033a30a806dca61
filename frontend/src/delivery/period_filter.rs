//! Choosing the days that a report or a log looks at; they stand in the address bar.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::period::Period;
use super::texts;
use crate::i18n::use_words;
use crate::ui::list::List;
use crate::ui::list::address::ListAddress;
use crate::ui::time::now;
use crate::ui::zone;

/// Under this name the period stands in the address.
pub const PERIOD: &str = "period";

/// The instants from which on and before which, as a query has them; empty where there is no such end.
pub fn asked(address: &ListAddress, own_zone: &str) -> (String, String) {
    let today = zone::local(now(), own_zone).date();
    let period = Period::read(address.other(PERIOD));
    let (from, to) = period.instants(today, |day| zone::midnight(day, own_zone));
    let text = |at: Option<DateTime<Utc>>| {
        at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
            .unwrap_or_default()
    };
    (text(from), text(to))
}

/// The first and the last of its days, where it has a first.
pub fn asked_days(address: &ListAddress, own_zone: &str) -> Option<(NaiveDate, NaiveDate)> {
    let today = zone::local(now(), own_zone).date();
    Period::read(address.other(PERIOD)).dates(today)
}

#[derive(PartialEq, Properties)]
pub struct PeriodFilterProps {
    pub list: List,
}

#[component]
pub fn PeriodFilter(props: &PeriodFilterProps) -> Html {
    let words = use_words();
    let list = &props.list;
    let period = Period::read(list.address.other(PERIOD));
    let show = {
        let list = list.clone();
        Callback::from(move |value: String| list.show(list.address.with_other(PERIOD, &value)))
    };
    let choose_period = show.reform(|event: Event| selected(&event));
    let between = |from_changed: bool| {
        let (show, period) = (show.clone(), period.clone());
        Callback::from(move |event: Event| {
            let day = entered(&event).parse().ok();
            let (from, to) = match &period {
                Period::Between { from, to } => (*from, *to),
                _ => (None, None),
            };
            let period = if from_changed {
                Period::Between { from: day, to }
            } else {
                Period::Between { from, to: day }
            };
            show.emit(period.word());
        })
    };
    let periods = [
        (String::new(), texts::ANY_TIME),
        (Period::Today.word(), texts::TODAY),
        (Period::Days(7).word(), texts::LAST_7),
        (Period::Days(30).word(), texts::LAST_30),
    ];
    let is_between = matches!(period, Period::Between { .. });
    let days = match &period {
        Period::Between { from, to } => [*from, *to].map(|day| day.map(|day| day.to_string())),
        _ => [None, None],
    };
    let [from, to] = days.map(Option::unwrap_or_default);
    html! {
        <>
            <label class="report-filter">
                <span>{ words.say(texts::PERIOD) }</span>
                <select class="input" onchange={choose_period}>
                    { for periods.into_iter().map(|(word, text)| html! {
                        <option value={word.clone()} selected={!is_between && period.word() == word}>{ words.say(text) }</option>
                    }) }
                    <option value=".." selected={is_between}>{ words.say(texts::OTHER_PERIOD) }</option>
                </select>
            </label>
            if is_between {
                <label class="report-filter">
                    <span>{ words.say(texts::FROM_DAY) }</span>
                    <input type="date" class="input" value={from} onchange={between(true)} />
                </label>
                <label class="report-filter">
                    <span>{ words.say(texts::TO_DAY) }</span>
                    <input type="date" class="input" value={to} onchange={between(false)} />
                </label>
            }
        </>
    }
}

/// The value chosen in the select that an event comes from.
pub fn selected(event: &Event) -> String {
    let select = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    select.map(|select| select.value()).unwrap_or_default()
}

fn entered(event: &Event) -> String {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}
