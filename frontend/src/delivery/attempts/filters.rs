//! Which mailing and which days a report looks at.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{MAILING, PERIOD};
use crate::client::use_loaded;
use crate::delivery::period::Period;
use crate::delivery::texts;
use crate::i18n::use_words;
use crate::mailings;
use crate::ui::list::List;

const MAILINGS_SHOWN: u64 = 200;

#[derive(PartialEq, Properties)]
pub struct FiltersProps {
    pub list: List,
}

#[component]
pub fn Filters(props: &FiltersProps) -> Html {
    let words = use_words();
    let list = &props.list;
    let mailings = use_loaded(mailings::calls::LIST.call().query("limit", MAILINGS_SHOWN));
    let chosen = list.address.other(MAILING).to_owned();
    let period = Period::read(list.address.other(PERIOD));
    let show = |name: &'static str| {
        let list = list.clone();
        Callback::from(move |value: String| list.show(list.address.with_other(name, &value)))
    };
    let choose_mailing = show(MAILING).reform(|event: Event| selected(&event));
    let choose_period = {
        let show = show(PERIOD);
        Callback::from(move |event: Event| show.emit(selected(&event)))
    };
    let between = |from_changed: bool| {
        let (show, period) = (show(PERIOD), period.clone());
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
    let items = mailings
        .value()
        .map(|page| page.items.as_slice())
        .unwrap_or_default();
    html! {
        <div class="report-filters">
            <label class="report-filter">
                <span>{ words.say(texts::MAILING) }</span>
                <select class="input" onchange={choose_mailing}>
                    <option value="" selected={chosen.is_empty()}>{ words.say(texts::ANY_MAILING) }</option>
                    { for items.iter().map(|mailing| html! {
                        <option value={mailing.id.to_string()} selected={chosen == mailing.id.to_string()}>{ mailing.title.clone() }</option>
                    }) }
                </select>
            </label>
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
        </div>
    }
}

fn selected(event: &Event) -> String {
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
