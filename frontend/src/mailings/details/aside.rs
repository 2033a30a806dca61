//! Beside a mailing: when it runs next, and what it sends.

use contract::mailings::{Channel, Instants, MailingStatus, MailingView, Schedule};
use yew::prelude::*;

use crate::client::{Call, use_loaded_if};
use crate::i18n::use_words;
use crate::mailings::excerpt::excerpt;
use crate::mailings::schedule_words::explicit;
use crate::mailings::texts::form::NO_SMS_TEXT;
use crate::mailings::texts::{MESSAGE_GONE, details as texts};
use crate::mailings::{calendar_words, calls};
use crate::messages;
use crate::routes::Route;
use crate::ui::time::{self, Form};
use crate::ui::{Link, skeleton, zone};

const SHOWN: u64 = 5;

#[derive(PartialEq, Properties)]
pub struct AsideProps {
    pub mailing: MailingView,
}

#[component]
pub fn NextRuns(props: &AsideProps) -> Html {
    let words = use_words();
    let mailing = &props.mailing;
    let loading = use_loaded_if(coming(mailing));
    if mailing.next_run_at.is_none() || mailing.status == MailingStatus::Completed {
        return Html::default();
    }
    let zone_name = &mailing.time_zone;
    let under = match mailing.ends_at {
        Some(end) => {
            let end = time::write(words, end, zone_name, Form::Full);
            words.fill(texts::ZONE_UNTIL, &[("zone", zone_name), ("end", &end)])
        }
        None => zone_name.clone().into(),
    };
    html! {
        <section class="panel">
            <h2>{ words.say(texts::NEXT_RUNS) }</h2>
            { loading.show(skeleton(3), |answer| html! {
                <ol class="coming">
                    { for answer.value.instants.iter().map(|at| {
                        let shown = zone::local(*at, zone_name);
                        html! {
                            <li>
                                <span>{ calendar_words::day_with_weekday(words, shown.date()) }</span>
                                <time datetime={at.to_rfc3339()}>{ shown.format("%H:%M").to_string() }</time>
                            </li>
                        }
                    }) }
                </ol>
            }) }
            <p class="muted small">{ under }</p>
        </section>
    }
}

/// Asks for the runs from the next one on.
fn coming(mailing: &MailingView) -> Option<Call<Instants>> {
    let starts_at = mailing.next_run_at?;
    let start = zone::local(mailing.starts_at, &mailing.time_zone);
    let schedule = Schedule {
        starts_at,
        ends_at: mailing.ends_at,
        time_zone: mailing.time_zone.clone(),
        recurrence: explicit(&mailing.recurrence, start),
    };
    Some(calls::preview_runs(schedule, SHOWN))
}

#[component]
pub fn LetterCard(props: &AsideProps) -> Html {
    let words = use_words();
    let message = props.mailing.message.clone();
    let by_sms = props.mailing.channel == Channel::Sms;
    let title = if by_sms { texts::SMS } else { texts::LETTER };
    let loading = use_loaded_if(
        message
            .as_ref()
            .map(|message| messages::calls::READ.of(message.id)),
    );
    html! {
        <section class="panel letter-card">
            <h2>{ words.say(title) }</h2>
            if let Some(message) = message {
                { loading.show(skeleton(3), |answer| html! {
                    <>
                        <b>{ answer.value.subject.clone() }</b>
                        <p class="muted small letter-card-body">{ match &answer.value.sms_text {
                            _ if !by_sms => excerpt(&answer.value.body, answer.value.format),
                            Some(text) => text.clone(),
                            None => words.say(NO_SMS_TEXT).to_string(),
                        } }</p>
                    </>
                }) }
                <Link to={Route::Message { id: message.id }} class="button button-wide">{ words.say(texts::OPEN_MESSAGE) }</Link>
            } else {
                <p class="muted">{ words.say(MESSAGE_GONE) }</p>
            }
        </section>
    }
}
