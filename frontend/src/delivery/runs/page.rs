//! One run by itself: its bar, and everybody's letter.

use contract::delivery::RunView;
use yew::prelude::*;

use crate::client::{use_loaded, use_loaded_if};
use crate::delivery::words::states;
use crate::delivery::{Deliveries, RunPanel, SendAgain, calls, texts};
use crate::i18n::use_words;
use crate::mailings::{self, texts::MAILINGS};
use crate::routes::Route;
use crate::ui::time::{self, Form};
use crate::ui::{Crumb, PageHead, skeleton, use_zone};

#[derive(PartialEq, Properties)]
pub struct RunPageProps {
    pub id: i64,
}

#[component]
pub fn RunPage(props: &RunPageProps) -> Html {
    let words = use_words();
    let zone = use_zone();
    let loading = use_loaded(calls::RUN.of(props.id));
    let mailing = use_loaded_if(
        loading
            .value()
            .map(|run| mailings::calls::READ.of(run.mailing_id)),
    );
    let newest = use_state(|| None);
    let changed = {
        let newest = newest.clone();
        Callback::from(move |run| newest.set(Some(run)))
    };
    let acted = {
        let (newest, run, mailing) = (
            newest.clone(),
            loading.reload.clone(),
            mailing.reload.clone(),
        );
        Callback::from(move |()| {
            newest.set(None);
            run.emit(());
            mailing.emit(());
        })
    };
    // A mailing that is deleted since has nothing to send again.
    let again = |run: &RunView| match mailing.value() {
        Some(mailing) => {
            html! { <SendAgain mailing={mailing.clone()} run={run.clone()} changed={acted.clone()} /> }
        }
        None => Html::default(),
    };
    loading.show(skeleton(6), |answer| {
        let run = (*newest).clone().unwrap_or_else(|| answer.value.clone());
        let planned = time::write(words, run.planned_for, &zone, Form::Full);
        let crumbs = vec![
            Crumb {
                text: words.say(MAILINGS),
                to: Route::Mailings,
            },
            Crumb {
                text: run.mailing_title.clone().into(),
                to: Route::Mailing { id: run.mailing_id },
            },
        ];
        let trigger = words.say(states::trigger(run.trigger));
        html! {
            <>
                <PageHead {crumbs} title={words.fill(texts::RUN_TITLE, &[("time", &planned)])}
                    sentence={html! { { format!("{} · {trigger}", run.subject) } }} />
                <RunPanel run={answer.value.clone()} zone={zone.clone()} {changed} />
                <Deliveries beside={again(&run)} {run} zone={zone.clone()} />
            </>
        }
    })
}
