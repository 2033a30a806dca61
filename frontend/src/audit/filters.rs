//! What one looks for in the audit log: an act, who did it, to whom, and when.

use contract::audit::Act;
use yew::prelude::*;

use super::groups::{GROUPS, name, word};
use super::texts;
use crate::delivery::period_filter::{PeriodFilter, selected};
use crate::i18n::use_words;
use crate::ui::list::List;
use crate::users::PersonFilter;

/// Under these names the filters stand in the address.
pub const ACT: &str = "act";
pub const ACTOR: &str = "actor";
pub const OWNER: &str = "owner";

#[derive(PartialEq, Properties)]
pub struct FiltersProps {
    pub list: List,
    /// Whose doings these are can be chosen too.
    #[prop_or_default]
    pub people: bool,
}

#[component]
pub fn Filters(props: &FiltersProps) -> Html {
    let words = use_words();
    let list = &props.list;
    let chosen = list.address.other(ACT);
    let choose = {
        let list = list.clone();
        Callback::from(move |event: Event| {
            list.show(list.address.with_other(ACT, &selected(&event)))
        })
    };
    let option = |act: &Act| {
        let word = word(*act);
        let on = word == chosen;
        html! { <option selected={on} value={word}>{ words.say(name(*act)) }</option> }
    };
    let whole = |acts: &[Act]| {
        let all = acts.iter().copied().map(word).collect::<Vec<_>>().join(",");
        let on = all == chosen;
        html! { <option selected={on} value={all}>{ words.say(texts::WHOLE_GROUP) }</option> }
    };
    html! {
        <div class="report-filters log-filters">
            <label class="report-filter">
                <span>{ words.say(texts::ACT) }</span>
                <select class="input" onchange={choose}>
                    <option value="" selected={chosen.is_empty()}>{ words.say(texts::ANY_ACT) }</option>
                    { for GROUPS.iter().map(|(group, acts)| html! {
                        <optgroup label={words.say(*group)}>
                            { whole(acts) }
                            { for acts.iter().map(option) }
                        </optgroup>
                    }) }
                </select>
            </label>
            if props.people {
                <PersonFilter list={list.clone()} name={ACTOR} label={words.say(texts::AS_ACTOR)} />
                <PersonFilter list={list.clone()} name={OWNER} label={words.say(texts::AS_OWNER)} />
            }
            <PeriodFilter list={list.clone()} />
        </div>
    }
}
