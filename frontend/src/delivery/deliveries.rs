//! Everybody's letter of one run: who, how it stands, what the server said.

use contract::delivery::{Counts, DeliveryState, DeliveryView, RunState, RunView};
use yew::prelude::*;

use super::{calls, state_words, texts};
use crate::client::use_loaded;
use crate::i18n::texts::ALL;
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::ui::list::{Chip, Column, ListView, use_list};
use crate::ui::{Code, Empty, Icon, Link, Pill, Stamp, use_every};

/// While letters go out, the rows follow; slower than the bar, so that one can read.
const LIVE_MS: u32 = 2_000;

#[derive(PartialEq, Properties)]
pub struct DeliveriesProps {
    pub run: RunView,
    pub zone: AttrValue,
}

#[component]
pub fn Deliveries(props: &DeliveriesProps) -> Html {
    let words = use_words();
    let list = use_list();
    let call = calls::DELIVERIES
        .of(props.run.id)
        .query("state", &list.address.filter);
    let loading = use_loaded(list.page(call));
    let unfinished = props.run.state != RunState::Finished;
    use_every(LIVE_MS, unfinished, loading.reload.clone());
    {
        // The last letters have changed with the run's end.
        let reload = loading.reload.clone();
        use_effect_with(props.run.state, move |state| {
            if *state == RunState::Finished {
                reload.emit(());
            }
        });
    }
    let zone = props.zone.clone();
    let columns = vec![
        Column::new(texts::RECIPIENT, recipient_cell),
        Column::new(texts::STATE, {
            let zone = zone.clone();
            move |delivery: &DeliveryView| {
                let (tone, text) = state_words::delivery(words, delivery, &zone);
                html! { <Pill {tone} {text} /> }
            }
        }),
        Column::new(texts::SERVER_WORDS, move |delivery: &DeliveryView| {
            answer(words, delivery)
        }),
        Column::new(
            texts::TRIES,
            |delivery: &DeliveryView| html! { { delivery.attempts } },
        )
        .figures(),
        Column::new(texts::WHEN, {
            let zone = zone.clone();
            move |delivery: &DeliveryView| {
                html! { <Stamp at={delivery.updated_at} zone={zone.clone()} /> }
            }
        })
        .in_zone(zone),
    ];
    let preparing = props.run.state == RunState::Planning;
    let (title, sentence) = if preparing {
        (texts::PREPARING, texts::PREPARING_HINT)
    } else {
        (texts::NO_DELIVERIES, texts::NO_DELIVERIES_HINT)
    };
    let view = ListView {
        list: &list,
        loading: &loading,
        words,
        id: |delivery| delivery.id,
        name: |delivery| delivery.recipient_email.clone(),
        columns,
        search: Some(texts::SEARCH_ADDRESS),
        chips: chips(words, &props.run.counts),
        beside: Html::default(),
        bulk: None,
        empty: html! {
            <Empty icon={Icon::Inbox} title={words.say(title)} sentence={words.say(sentence)} />
        },
    };
    view.draw()
}

fn recipient_cell(delivery: &DeliveryView) -> Html {
    let name = delivery.recipient_name.trim();
    html! {
        <Link to={Route::Delivery { id: delivery.id }} class="row-main">
            if name.is_empty() {
                <b>{ delivery.recipient_email.clone() }</b>
            } else {
                <b>{ name.to_owned() }</b>
                <span>{ delivery.recipient_email.clone() }</span>
            }
        </Link>
    }
}

/// The server's words, or why there are none.
fn answer(words: Words, delivery: &DeliveryView) -> Html {
    match (&delivery.reason, &delivery.response) {
        (Some(reason), _) => {
            html! { <span class="muted">{ words.say(state_words::end_reason(*reason)) }</span> }
        }
        (None, Some(response)) => {
            html! { <Code text={state_words::answer(delivery.smtp_code, response)} /> }
        }
        (None, None) => html! { <span class="muted">{ "—" }</span> },
    }
}

/// A chip for all and for each state that somebody is in.
fn chips(words: Words, counts: &Counts) -> Vec<Chip> {
    let all = Chip {
        filter: "",
        text: words.say(ALL),
        count: Some(counts.total()),
    };
    let order = [
        DeliveryState::Failed,
        DeliveryState::Unknown,
        DeliveryState::Skipped,
        DeliveryState::Sent,
        DeliveryState::Queued,
        DeliveryState::Sending,
    ];
    let there = order.into_iter().filter(|state| counts.of(*state) > 0);
    let chips = there.map(|state| Chip {
        filter: state_words::state_key(state),
        text: words.say(state_words::state(state).1),
        count: Some(counts.of(state)),
    });
    std::iter::once(all).chain(chips).collect()
}
