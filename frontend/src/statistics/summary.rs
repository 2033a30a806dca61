//! The summary: figures, deliveries per day, and the mail servers' answers.

use contract::statistics::Statistics;
use yew::prelude::*;

use super::answers::Answers;
use super::daily::Daily;
use super::figures::FiguresPanel;
use super::view::{days, narrowed, of_whom};
use super::{CsvButton, calls, texts};
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::ui::list::List;
use crate::ui::{skeleton, use_zone};

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
    let waiting = html! { <section class="panel">{ skeleton(5) }</section> };
    html! {
        <div class="report">
            { loading.show(waiting, |answer| html! { <FiguresPanel figures={answer.value.figures} /> }) }
            <Daily call={daily} title={words.say(title.text())} />
            { loading.show_also(|answer| html! {
                <Answers answers={answer.value.answers.clone()}>
                    <CsvButton<Statistics> {call} what={words.say(texts::BY_ANSWER)} />
                </Answers>
            }) }
        </div>
    }
}
