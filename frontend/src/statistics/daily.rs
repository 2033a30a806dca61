//! The panel with the chart of days.

use contract::statistics::DailyStatistics;
use yew::prelude::*;

use super::chart::Chart;
use super::{CsvButton, calls, texts};
use crate::client::{Call, use_loaded};
use crate::i18n::use_words;
use crate::routes::Route;
use crate::ui::{Link, skeleton};

#[derive(PartialEq, Properties)]
pub struct DailyProps {
    pub call: Call<DailyStatistics>,
    pub title: AttrValue,
}

/// Letters per day, with the table as a file.
#[component]
pub fn Daily(props: &DailyProps) -> Html {
    let loading = use_loaded(props.call.clone());
    html! {
        <section class="panel daily">
            <div class="panel-head">
                <h2>{ props.title.clone() }</h2>
                <CsvButton<DailyStatistics> call={props.call.clone()} what={props.title.clone()} />
            </div>
            { loading.show(skeleton(6), |answer| html! { <Chart daily={answer.value.clone()} /> }) }
        </section>
    }
}

/// The last 30 days, on the overview: one's own, or everybody's for those who see everything.
#[component]
pub fn Letters30Days() -> Html {
    let words = use_words();
    let loading = use_loaded(calls::DAILY.call());
    html! {
        <section class="panel daily">
            <div class="panel-head">
                <h2>{ words.say(texts::LAST_30_DAYS) }</h2>
                <Link to={Route::Reports}>{ words.say(texts::ALL_REPORTS) }</Link>
            </div>
            { loading.show(skeleton(6), |answer| html! { <Chart daily={answer.value.clone()} /> }) }
        </section>
    }
}
