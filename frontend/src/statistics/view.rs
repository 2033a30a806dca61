//! What the reports look at, as it stands in the address bar: whose letters, and of which days.

use contract::permissions::Permission;
use contract::statistics::{DAYS_LIMIT, DailyStatistics};
use yew::prelude::*;

use super::{calls, texts};
use crate::client::{Call, use_loaded_if};
use crate::delivery::period_filter::{self, PERIOD, PeriodFilter, selected};
use crate::i18n::use_words;
use crate::session::use_may;
use crate::ui::list::List;
use crate::ui::list::address::ListAddress;
use crate::ui::owner_called;

/// Under this name stands whose letters it is about.
pub const WHOSE: &str = "whose";
/// One's own; a number is somebody's id, and nothing is everybody's.
const OWN: &str = "own";

/// A call narrowed to the letters that are looked at.
pub fn of_whom<T>(call: Call<T>, address: &ListAddress) -> Call<T> {
    match address.other(WHOSE) {
        OWN => call.query("scope", OWN),
        id if id.parse::<i64>().is_ok() => call.query("owner_id", id),
        _ => call,
    }
}

/// The same, narrowed to the time that is looked at.
pub fn narrowed<T>(call: Call<T>, address: &ListAddress, own_zone: &str) -> Call<T> {
    let (from, to) = period_filter::asked(address, own_zone);
    of_whom(call, address).query("from", from).query("to", to)
}

/// The same letters and the same time in a report that is opened from this one.
pub fn kept(address: &ListAddress) -> Vec<(&'static str, String)> {
    [WHOSE, PERIOD]
        .into_iter()
        .map(|name| (name, address.other(name).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// The days that are looked at: all of the period, or the last 30 where it has no end or too many.
pub fn days(address: &ListAddress, own_zone: &str) -> (Call<DailyStatistics>, texts::DaysTitle) {
    let call = calls::DAILY.call().query("time_zone", own_zone);
    match period_filter::asked_days(address, own_zone) {
        Some((from, to)) if (to - from).num_days() < DAYS_LIMIT as i64 => {
            let call = call.query("from", from).query("to", to);
            (call, texts::DaysTitle::OfPeriod)
        }
        _ => (call, texts::DaysTitle::Last30),
    }
}

#[derive(PartialEq, Properties)]
pub struct FiltersProps {
    pub list: List,
    /// Whose letters can be chosen, too.
    #[prop_or(true)]
    pub whose: bool,
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Filters(props: &FiltersProps) -> Html {
    let words = use_words();
    let list = &props.list;
    let may = use_may();
    let sees_all = props.whose && may(Permission::SeeEverything);
    let has_own = may(Permission::KeepOwnMailings);
    let whose = list.address.other(WHOSE).to_owned();
    let chosen_id = whose.parse::<i64>().ok();
    let asked = chosen_id.filter(|_| sees_all && may(Permission::BlockUsers));
    let user = use_loaded_if(asked.map(|id| crate::users::calls::READ.of(id)));
    let choose = {
        let list = list.clone();
        Callback::from(move |event: Event| {
            list.show(list.address.with_other(WHOSE, &selected(&event)))
        })
    };
    let name = user.value().map(|user| {
        let user = &user.user;
        owner_called(&contract::listing::Owner {
            id: user.id,
            email: user.email.clone(),
            full_name: user.full_name.clone(),
        })
    });
    html! {
        <div class="report-filters">
            if sees_all {
                <label class="report-filter">
                    <span>{ words.say(texts::WHOSE) }</span>
                    <select class="input" onchange={choose}>
                        <option value="" selected={whose.is_empty()}>{ words.say(texts::EVERYBODYS) }</option>
                        if has_own {
                            <option value={OWN} selected={whose == OWN}>{ words.say(texts::MY_OWN) }</option>
                        }
                        if let Some(id) = chosen_id {
                            <option value={id.to_string()} selected=true>
                                { name.unwrap_or_else(|| words.fill(texts::USER_NUMBER, &[("id", &id)]).to_string()) }
                            </option>
                        }
                    </select>
                </label>
            }
            <PeriodFilter list={list.clone()} />
            { props.children.clone() }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_that_is_opened_looks_at_the_same_time_and_the_same_letters() {
        let address = ListAddress::read("?tab=mailings&period=7d&whose=3&search=x&after=y&page=2");
        let expected = [("whose", "3".to_owned()), ("period", "7d".to_owned())];
        assert_eq!(kept(&address), expected);
        assert_eq!(kept(&ListAddress::read("?tab=mailings")), []);
    }
}
