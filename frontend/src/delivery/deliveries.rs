//! Everybody's letter of one run: who, how it stands, what the server said.

pub mod failures;
mod page;
mod story;

use contract::delivery::{Counts, DeliveryState, DeliveryView, FailureClass, RunState, RunView};
use contract::listing::Page;
use yew::prelude::*;

use crate::client::use_loaded;
use crate::delivery::words::{classes, states};
use crate::delivery::{calls, texts};
use crate::i18n::texts::ALL;
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::statistics::CsvButton;
use crate::ui::list::{Chip, Column, ListView, use_list};
use crate::ui::time::{self, Form};
use crate::ui::{Code, Empty, Icon, Link, Pill, Stamp, use_every};
use failures::{Failures, use_failures};
pub use page::DeliveryPage;
pub use story::{delivery_pill, ending, tries};

/// While letters go out, the rows follow; slower than the bar, so that one can read.
const LIVE_MS: u32 = 2_000;

#[derive(PartialEq, Properties)]
pub struct DeliveriesProps {
    pub run: RunView,
    pub zone: AttrValue,
    /// What can be done with them: sending again.
    #[prop_or_default]
    pub beside: Html,
}

#[component]
pub fn Deliveries(props: &DeliveriesProps) -> Html {
    let words = use_words();
    let list = use_list();
    let failures = use_failures(props.run.id, props.run.counts.failed);
    let filter = Narrowing::read(&list.address.filter);
    let call = calls::DELIVERIES
        .of(props.run.id)
        .query("state", filter.state())
        .query("class", filter.class());
    let loading = use_loaded(list.page(call.clone()));
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
    if let Some(at) = props.run.pruned_at {
        let date = time::write(words, at, &props.zone, Form::Date);
        let sentence = words.fill(texts::PRUNED_HINT, &[("date", &date)]);
        return html! {
            <section class="panel">
                <Empty icon={Icon::Hourglass} title={words.say(texts::PRUNED)} {sentence} />
            </section>
        };
    }
    let zone = props.zone.clone();
    let columns = vec![
        Column::new(texts::RECIPIENT, recipient_cell),
        Column::new(texts::STATE, {
            let zone = zone.clone();
            move |delivery: &DeliveryView| {
                let (tone, text) = states::delivery(words, delivery, &zone);
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
        name: states::goes_to,
        columns,
        search: Some(texts::SEARCH_ADDRESS),
        chips: chips(words, &props.run.counts, &failures),
        beside: html! {
            <>
                <CsvButton<Page<DeliveryView>> call={call.query("search", &list.address.search)}
                    what={words.say(texts::DELIVERIES_TABLED)} />
                { props.beside.clone() }
            </>
        },
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
                <b>{ states::goes_to(delivery) }</b>
            } else {
                <b>{ name.to_owned() }</b>
                <span>{ states::goes_to(delivery) }</span>
            }
        </Link>
    }
}

/// The server's words, or why there are none.
fn answer(words: Words, delivery: &DeliveryView) -> Html {
    match (&delivery.reason, &delivery.response) {
        (Some(reason), _) => {
            html! { <span class="muted">{ words.say(states::end_reason(*reason)) }</span> }
        }
        (None, Some(response)) => {
            html! { <Code text={states::answer(delivery.smtp_code, response)} /> }
        }
        (None, None) => html! { <span class="muted">{ "—" }</span> },
    }
}

/// What the list is narrowed to: a state, or one kind of failure among what failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Narrowing<'a> {
    State(&'a str),
    Class(&'a str),
}

/// Before the kind, in the address.
const KIND: &str = "failed_";

impl<'a> Narrowing<'a> {
    fn read(filter: &'a str) -> Self {
        match filter.strip_prefix(KIND) {
            Some(class) => Self::Class(class),
            None => Self::State(filter),
        }
    }

    const fn state(self) -> &'a str {
        match self {
            Self::State(state) => state,
            Self::Class(_) => states::state_key(DeliveryState::Failed),
        }
    }

    const fn class(self) -> &'a str {
        match self {
            Self::State(_) => "",
            Self::Class(class) => class,
        }
    }
}

const fn kind_filter(class: FailureClass) -> &'static str {
    match class {
        FailureClass::Transient => "failed_transient",
        FailureClass::Permanent => "failed_permanent",
        FailureClass::Connection => "failed_connection",
        FailureClass::Authentication => "failed_authentication",
        FailureClass::Quota => "failed_quota",
        FailureClass::BrokenProtocol => "failed_broken_protocol",
    }
}

/// A chip for all and for each state that somebody is in; what failed also by its kinds.
fn chips(words: Words, counts: &Counts, failures: &Failures) -> Vec<Chip> {
    let all = Chip {
        filter: "",
        text: words.say(ALL),
        count: Some(counts.total()),
    };
    let of_state = |state| {
        let count = counts.of(state);
        (count > 0).then(|| Chip {
            filter: states::state_key(state),
            text: words.say(states::state(state).1),
            count: Some(count),
        })
    };
    let kinds = failures.iter().map(|(class, count)| Chip {
        filter: kind_filter(*class),
        text: words.say(classes::class(*class)),
        count: Some(*count),
    });
    let others = [
        DeliveryState::Unknown,
        DeliveryState::Skipped,
        DeliveryState::Sent,
        DeliveryState::Queued,
        DeliveryState::Sending,
    ];
    std::iter::once(all)
        .chain(of_state(DeliveryState::Failed))
        .chain(kinds)
        .chain(others.into_iter().filter_map(of_state))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_failure_narrows_what_failed() {
        for class in FailureClass::ALL {
            let narrowing = Narrowing::read(kind_filter(class));
            assert_eq!(narrowing.state(), "failed");
            assert_eq!(narrowing.class(), classes::class_key(class));
        }
        assert_eq!(Narrowing::read("sent"), Narrowing::State("sent"));
        assert_eq!(Narrowing::read("").class(), "");
    }
}
