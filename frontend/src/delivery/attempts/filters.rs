//! Which mailing and which days a report looks at.

use yew::prelude::*;

use super::MAILING;
use crate::client::use_loaded;
use crate::delivery::period_filter::{PeriodFilter, selected};
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
    let choose_mailing = {
        let list = list.clone();
        Callback::from(move |event: Event| {
            list.show(list.address.with_other(MAILING, &selected(&event)))
        })
    };
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
            <PeriodFilter list={list.clone()} />
        </div>
    }
}
