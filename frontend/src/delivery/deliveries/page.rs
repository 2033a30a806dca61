//! One recipient's letter: what happened to it, try by try.

use contract::delivery::{DeliveryDetail, DeliveryState};
use yew::prelude::*;

use super::story::{delivery_pill, tries};
use crate::client::use_loaded;
use crate::delivery::words::states::goes_to;
use crate::delivery::{calls, texts};
use crate::i18n::{Text, Words, use_words};
use crate::mailings::texts::MAILINGS;
use crate::routes::Route;
use crate::ui::{
    Code, CopyButton, Crumb, Fact, Facts, Link, PageHead, skeleton, use_every, use_zone,
};

const LIVE_MS: u32 = 2_000;

#[derive(PartialEq, Properties)]
pub struct DeliveryPageProps {
    pub id: i64,
}

#[component]
pub fn DeliveryPage(props: &DeliveryPageProps) -> Html {
    let words = use_words();
    let zone = use_zone();
    let loading = use_loaded(calls::DELIVERY.of(props.id));
    let open = loading.value().is_some_and(|detail| {
        matches!(
            detail.delivery.state,
            DeliveryState::Queued | DeliveryState::Sending
        )
    });
    use_every(LIVE_MS, open, loading.reload.clone());
    loading.show(skeleton(6), |answer| {
        let detail = &answer.value;
        let delivery = &detail.delivery;
        let called = called(detail);
        let (_, status) = delivery_pill(words, delivery, &zone);
        html! {
            <>
                <PageHead crumbs={crumbs(words, detail)} title={words.fill(title(detail), &[("name", &called)])}
                    {status} sentence={html! { { detail.subject.clone() } }} />
                <div class="with-aside">
                    <section class="panel main-column">
                        <h2>{ words.say(texts::STORY) }</h2>
                        <ol class="story">
                            { tries(words, detail, &zone) }
                        </ol>
                    </section>
                    <aside class="aside"><section class="panel"><Facts facts={facts(words, detail)} /></section></aside>
                </div>
            </>
        }
    })
}

fn called(detail: &DeliveryDetail) -> String {
    let name = detail.delivery.recipient_name.trim();
    if name.is_empty() {
        goes_to(&detail.delivery)
    } else {
        name.to_owned()
    }
}

const fn title(detail: &DeliveryDetail) -> Text {
    match detail.sms_text {
        Some(_) => texts::DELIVERY_TITLE_SMS,
        None => texts::DELIVERY_TITLE,
    }
}

fn crumbs(words: Words, detail: &DeliveryDetail) -> Vec<Crumb> {
    let delivery = &detail.delivery;
    vec![
        Crumb {
            text: words.say(MAILINGS),
            to: Route::Mailings,
        },
        Crumb {
            text: detail.mailing_title.clone().into(),
            to: Route::Mailing {
                id: delivery.mailing_id,
            },
        },
        Crumb {
            text: words.say(texts::RUN),
            to: Route::Run {
                id: delivery.run_id,
            },
        },
    ]
}

fn facts(words: Words, detail: &DeliveryDetail) -> Vec<Fact> {
    let DeliveryDetail {
        delivery,
        mailing_title,
        subject,
        message_id,
        sms_text,
        tries: _,
    } = detail;
    let recipient = match delivery.recipient_id {
        Some(id) => {
            html! { <Link to={Route::Recipient { id }}>{ goes_to(delivery) }</Link> }
        }
        None => html! {
            <>
                { goes_to(delivery) }
                <p class="muted small">{ words.say(texts::RECIPIENT_GONE) }</p>
            </>
        },
    };
    let mailing = html! {
        <Link to={Route::Mailing { id: delivery.mailing_id }}>{ mailing_title.clone() }</Link>
    };
    let is_letter = !message_id.is_empty();
    let message_id = html! {
        <>
            <span class="copyable"><Code text={message_id.clone()} /><CopyButton copy={message_id.clone()} /></span>
            <p class="muted small">{ words.say(texts::MESSAGE_ID_HINT) }</p>
        </>
    };
    let mut facts = vec![
        Fact::new(words.say(texts::RECIPIENT), recipient),
        Fact::new(words.say(texts::MAILING), mailing),
        Fact::new(words.say(texts::SUBJECT), html! { { subject.clone() } }),
    ];
    if let Some(text) = sms_text {
        let text = html! { <span class="lines">{ text.clone() }</span> };
        facts.push(Fact::new(words.say(texts::SMS_TEXT), text));
    }
    if is_letter {
        facts.push(Fact::new(words.say(texts::MESSAGE_ID), message_id));
    }
    if delivery.possible_copies > 0 {
        let copies = html! {
            <>
                { words.count(texts::COPIES_COUNTED, delivery.possible_copies) }
                <p class="muted small">{ words.say(texts::COPIES_HINT) }</p>
            </>
        };
        facts.push(Fact::new(words.say(texts::COPIES), copies));
    }
    facts
}
