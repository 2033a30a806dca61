//! The overview: where things stand, and the next step for those who have just begun.

pub mod texts;

use contract::permissions::Permission;
use yew::prelude::*;

use crate::client::use_loaded;
use crate::i18n::{Plural, Text, use_words};
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::{Icon, IconView, Link, PageHead, Pill, Tone, skeleton};
use crate::{messages, recipients};

#[component]
pub fn Overview() -> Html {
    let words = use_words();
    let Some(person) = use_person() else {
        return Html::default();
    };
    let name = person.called();
    html! {
        <>
            <PageHead title={words.say(texts::TITLE)} sentence={words.fill(texts::HELLO, &[("name", &name)])} />
            <Steps keeps={person.may(Permission::KeepOwnMailings)} />
        </>
    }
}

#[derive(PartialEq, Properties)]
struct StepsProps {
    /// Keeps mailings of their own.
    keeps: bool,
}

/// What there is, each with the way to it; for those who have none yet, the first step.
#[component]
fn Steps(props: &StepsProps) -> Html {
    let recipients = use_loaded(recipients::calls::LIST.call().query("limit", 1));
    let messages = use_loaded(messages::calls::LIST.call().query("limit", 1));
    let keeps = props.keeps;
    html! {
        <div class="steps">
            { recipients.show(skeleton(3), |answer| html! {
                <StepCard icon={Icon::People} total={answer.value.total} counted={texts::RECIPIENTS} to={Route::Recipients}
                    first={keeps.then_some((texts::STEP_RECIPIENTS, texts::STEP_RECIPIENTS_TEXT, Route::NewRecipient))} />
            }) }
            { messages.show(skeleton(3), |answer| html! {
                <StepCard icon={Icon::Envelope} total={answer.value.total} counted={texts::MESSAGES} to={Route::Messages}
                    first={keeps.then_some((texts::STEP_MESSAGE, texts::STEP_MESSAGE_TEXT, Route::NewMessage))} />
            }) }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct StepCardProps {
    icon: Icon,
    total: u64,
    counted: Plural,
    to: Route,
    /// What to do when there is nothing: title, sentence and where.
    first: Option<(Text, Text, Route)>,
}

#[component]
fn StepCard(props: &StepCardProps) -> Html {
    let words = use_words();
    let StepCardProps {
        icon,
        total,
        counted,
        to,
        first,
    } = props;
    match first {
        Some((title, text, to)) if *total == 0 => html! {
            <Link to={to.clone()} class="panel step">
                <IconView icon={*icon} />
                <b>{ words.say(*title) }</b>
                <span class="muted">{ words.say(*text) }</span>
            </Link>
        },
        _ => html! {
            <Link to={to.clone()} class="panel step">
                <IconView icon={*icon} />
                <b class="figures">{ words.count(*counted, *total) }</b>
                <Pill tone={Tone::Sent} text={words.say(texts::DONE)} />
            </Link>
        },
    }
}
