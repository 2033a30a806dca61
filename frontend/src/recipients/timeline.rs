//! What happened to a recipient, the newest first: every letter with its tries, and what became of the address.

use contract::delivery::DeliveryDetail;
use contract::recipients::Suppression;
use contract::timeline::{TimelineItem, TimelineKind};
use yew::prelude::*;

use super::{calls, texts};
use crate::client::use_loaded;
use crate::delivery::{answer, delivery_pill, ending, tries};
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::ui::time::Form;
use crate::ui::{Button, Code, Link, TimeText, Tone, skeleton, use_zone};

/// Letters to a page.
const PAGE: u64 = 20;

#[derive(PartialEq, Properties)]
pub struct TimelineProps {
    pub recipient_id: i64,
}

#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let words = use_words();
    html! {
        <section class="panel">
            <h2>{ words.say(texts::TIMELINE) }</h2>
            <TimelinePart recipient_id={props.recipient_id} after="" />
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct PartProps {
    recipient_id: i64,
    /// Where it begins; empty for the newest.
    after: AttrValue,
}

/// One page, and, when asked for, those behind it.
#[component]
fn TimelinePart(props: &PartProps) -> Html {
    let words = use_words();
    let zone = use_zone();
    let goes_on = use_state(|| false);
    let call = calls::TIMELINE
        .of(props.recipient_id)
        .query("limit", PAGE)
        .query("after", &props.after);
    let loading = use_loaded(call);
    let more = {
        let goes_on = goes_on.clone();
        Callback::from(move |()| goes_on.set(true))
    };
    loading.show(skeleton(4), |answer| {
        let page = &answer.value;
        if page.items.is_empty() && props.after.is_empty() {
            return html! { <p class="muted">{ words.say(texts::TIMELINE_EMPTY) }</p> };
        }
        html! {
            <>
                <ol class="story timeline">{ for page.items.iter().map(|item| entry(words, item, &zone)) }</ol>
                if let Some(next) = &page.next {
                    if *goes_on {
                        <TimelinePart recipient_id={props.recipient_id} after={next.clone()} />
                    } else {
                        <p class="timeline-more"><Button text={words.say(texts::TIMELINE_MORE)} onclick={more.clone()} /></p>
                    }
                }
            </>
        }
    })
}

fn entry(words: Words, item: &TimelineItem, zone: &AttrValue) -> Html {
    let TimelineItem {
        kind,
        at,
        delivery,
        suppression,
    } = item;
    let time = html! {
        <span class="muted small"><TimeText at={*at} form={Form::Full} zone={zone.clone()} /></span>
    };
    let (tone, content) = match (kind, delivery, suppression) {
        (TimelineKind::Delivery, Some(detail), _) => letter(words, detail, time, zone),
        (TimelineKind::Suppressed, _, Some(suppression)) => {
            (Tone::Failed, refused(words, suppression, time))
        }
        (TimelineKind::Unsubscribed, ..) => (
            Tone::Skipped,
            html! { <div class="story-head"><b>{ words.say(texts::UNSUBSCRIBED_THEN) }</b>{ time }</div> },
        ),
        // A kind that says nothing more.
        _ => return Html::default(),
    };
    html! { <li class={classes!("story-entry", tone.class())}>{ content }</li> }
}

fn letter(words: Words, detail: &DeliveryDetail, time: Html, zone: &AttrValue) -> (Tone, Html) {
    let id = detail.delivery.id;
    let (tone, pill) = delivery_pill(words, &detail.delivery, zone);
    let story = if detail.tries.is_empty() {
        ending(words, detail, zone).map(|said| html! { <p>{ said }</p> })
    } else {
        let count = words.count(texts::TIMELINE_TRIES, detail.tries.len() as u64);
        Some(html! {
            <details class="timeline-tries">
                <summary>{ count }</summary>
                <ol class="story">{ tries(words, detail, zone) }</ol>
            </details>
        })
    };
    let content = html! {
        <>
            <div class="story-head">
                <Link to={Route::Delivery { id }}><b>{ detail.mailing_title.clone() }</b></Link>
                { pill }
                if detail.sms_text.is_some() {
                    <span class="tag">{ "SMS" }</span>
                }
                { time }
            </div>
            <p class="muted">{ detail.sms_text.as_ref().unwrap_or(&detail.subject).clone() }</p>
            { story }
        </>
    };
    (tone, content)
}

fn refused(words: Words, suppression: &Suppression, time: Html) -> Html {
    let Suppression {
        at: _,
        code,
        response,
        delivery_id: _,
    } = suppression;
    html! {
        <>
            <div class="story-head"><b>{ words.say(texts::REFUSED_THEN) }</b>{ time }</div>
            <Code text={answer(*code, response)} />
        </>
    }
}
