//! The mailings that are running, with their latest result.

use contract::listing::Page;
use contract::mailings::MailingView;
use yew::prelude::*;

use super::texts;
use crate::client::Loading;
use crate::delivery::RunResult;
use crate::i18n::use_words;
use crate::mailings::status::schedule;
use crate::routes::Route;
use crate::ui::{Link, skeleton};

#[derive(PartialEq, Properties)]
pub struct RunningProps {
    pub loading: Loading<Page<MailingView>>,
}

#[component]
pub fn Running(props: &RunningProps) -> Html {
    let words = use_words();
    let row = |mailing: &MailingView| {
        html! {
            <li key={mailing.id.to_string()}>
                <div>
                    <Link to={Route::Mailing { id: mailing.id }} class="row-main">
                        <b>{ mailing.title.clone() }</b>
                        <span>{ schedule(words, mailing) }</span>
                    </Link>
                </div>
                <div class="today-result">
                    if let Some(run) = &mailing.last_run {
                        <RunResult run={run.clone()} />
                    } else {
                        <span class="muted">{ words.say(texts::NOT_RUN_YET) }</span>
                    }
                </div>
            </li>
        }
    };
    html! {
        <section class="panel today">
            <h2>{ words.say(texts::RUNNING) }</h2>
            { props.loading.show(skeleton(3), |answer| {
                let mailings = &answer.value.items;
                if mailings.is_empty() {
                    html! { <p class="muted">{ words.say(texts::NOTHING_RUNS) }</p> }
                } else {
                    html! { <ul>{ for mailings.iter().map(row) }</ul> }
                }
            }) }
        </section>
    }
}
