//! The summary: figures, letters per day, and the mail servers' answers.

use contract::statistics::Statistics;
use yew::prelude::*;

use super::answers::Answers;
use super::daily::Daily;
use super::figures::FiguresPanel;
use super::view::{days, narrowed, of_whom};
use super::{CsvButton, calls};
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::ui::list::List;
use crate::ui::{FailedPanel, use_zone};

#[derive(PartialEq, Properties)]
pub struct SummaryProps {
    pub list: List,
}

#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let words = use_words();
    let own_zone = use_zone();
    let address = &props.list.address;
    let call = narrowed(calls::TOTALS.call(), address, &own_zone);
    let loading = use_loaded(call.clone());
    let (daily, title) = days(address, &own_zone);
    let daily = of_whom(daily, address);
    let value = loading.value();
    html! {
        <div class="report">
            if let Some(error) = loading.error().filter(|_| value.is_none()) {
                <FailedPanel error={error.clone()} again={loading.reload.clone()} />
            } else {
                <FiguresPanel figures={value.map(|totals| totals.figures)} />
            }
            <Daily call={daily} title={words.say(title.text())} />
            if let Some(totals) = value {
                <Answers answers={totals.answers.clone()}>
                    <CsvButton<Statistics> {call} />
                </Answers>
            }
        </div>
    }
}
