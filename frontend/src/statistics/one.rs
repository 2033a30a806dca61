//! The report of one mailing, which opens into its runs, and that of one message.

use contract::statistics::{
    MailingStatistics, MailingStatisticsDetail, MessageStatistics, MessageStatisticsDetail,
};
use yew::prelude::*;

use super::answers::Answers;
use super::daily::Daily;
use super::figures::FiguresPanel;
use super::runs::FinishedRuns;
use super::view::{Filters, days, narrowed};
use super::{CsvButton, calls, texts};
use crate::client::use_loaded;
use crate::i18n::use_words;
use crate::mailings::status::status_word;
use crate::routes::Route;
use crate::ui::list::use_list;
use crate::ui::{Crumb, Link, PageHead, Pill, Tone, owner_called, skeleton, use_zone};

#[derive(PartialEq, Properties)]
pub struct ReportProps {
    pub id: i64,
}

#[component]
pub fn MailingReport(props: &ReportProps) -> Html {
    let words = use_words();
    let own_zone = use_zone();
    let list = use_list();
    let call = narrowed(calls::MAILING.of(props.id), &list.address, &own_zone);
    let loading = use_loaded(call.clone());
    let (daily, title) = days(&list.address, &own_zone);
    let daily = daily.query("mailing_id", props.id);
    loading.show(skeleton(6), |answer| {
        let MailingStatisticsDetail { mailing, answers } = &answer.value;
        let MailingStatistics {
            title: called,
            status,
            owner,
            runs,
            figures,
            ..
        } = mailing;
        let (tone, text) = status.map_or((Tone::Queued, texts::MAILING_DELETED), status_word);
        let runs = words.count(texts::RUNS_COUNTED, *runs);
        let sentence = words.fill(texts::OF_OWNER, &[("runs", &runs), ("owner", &owner_called(owner))]);
        html! {
            <>
                <PageHead crumbs={vec![reports(words.say(texts::TITLE))]} title={called.clone()} sentence={html! { { sentence } }}
                    status={html! { <Pill {tone} text={words.say(text)} /> }}>
                    if status.is_some() {
                        <Link to={Route::Mailing { id: props.id }} class="button">{ words.say(texts::OPEN_MAILING) }</Link>
                    }
                </PageHead>
                <Filters list={list.clone()} whose=false />
                <div class="report">
                    <FiguresPanel figures={*figures} />
                    <Daily call={daily.clone()} title={words.say(title.text())} />
                    <Answers answers={answers.clone()}>
                        <CsvButton<MailingStatisticsDetail> call={call.clone()} what={words.say(texts::BY_ANSWER)} />
                    </Answers>
                    <FinishedRuns list={list.clone()} mailing_id={props.id} />
                </div>
            </>
        }
    })
}

#[component]
pub fn MessageReport(props: &ReportProps) -> Html {
    let words = use_words();
    let own_zone = use_zone();
    let list = use_list();
    let call = narrowed(calls::MESSAGE.of(props.id), &list.address, &own_zone);
    let loading = use_loaded(call.clone());
    let (daily, title) = days(&list.address, &own_zone);
    let daily = super::view::of_whom(daily, &list.address).query("message_id", props.id);
    loading.show(skeleton(6), |answer| {
        let MessageStatisticsDetail { message, answers } = &answer.value;
        let MessageStatistics {
            subject,
            deleted,
            owner,
            runs,
            figures,
            ..
        } = message;
        let runs = words.count(texts::RUNS_COUNTED, *runs);
        let sentence = match owner {
            Some(owner) => words.fill(texts::OF_OWNER, &[("runs", &runs), ("owner", &owner_called(owner))]),
            None => runs,
        };
        html! {
            <>
                <PageHead crumbs={vec![reports(words.say(texts::TITLE))]} title={subject.clone()} sentence={html! { { sentence } }}
                    status={html! { if *deleted { <Pill tone={Tone::Queued} text={words.say(texts::MESSAGE_DELETED)} /> } }}>
                    if !*deleted {
                        <Link to={Route::Message { id: props.id }} class="button">{ words.say(texts::OPEN_MESSAGE) }</Link>
                    }
                </PageHead>
                <Filters list={list.clone()} />
                <div class="report">
                    <FiguresPanel figures={*figures} />
                    <Daily call={daily.clone()} title={words.say(title.text())} />
                    <Answers answers={answers.clone()}>
                        <CsvButton<MessageStatisticsDetail> {call} what={words.say(texts::BY_ANSWER)} />
                    </Answers>
                </div>
            </>
        }
    })
}

fn reports(text: AttrValue) -> Crumb {
    Crumb {
        text,
        to: Route::Reports,
    }
}
