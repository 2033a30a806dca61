//! A card for staff: every mail server, how it stands, and how much of its budgets is used.

use chrono::{DateTime, Utc};
use contract::mail_servers::{
    BreakerCause, BreakerState, BudgetPeriod, BudgetView, MailServerDetails, MailServerView,
};
use yew::prelude::*;

use super::{calls, texts};
use crate::client::use_loaded;
use crate::i18n::{Text, Words, use_words};
use crate::notices::sms;
use crate::ui::time::{self, Form, now, relative};
use crate::ui::{BarPart, Code, Pill, ResultBar, Tone, skeleton, use_every, use_zone};

const REFRESH_MS: u32 = 10_000;

#[component]
pub fn MailServers() -> Html {
    let words = use_words();
    let zone = use_zone();
    let loading = use_loaded(calls::LIST.call());
    use_every(REFRESH_MS, true, loading.reload.clone());
    html! {
        <section class="panel">
            <h2>{ words.say(texts::TITLE) }</h2>
            { loading.show(skeleton(3), |answer| html! {
                <ul class="servers">
                    { for answer.value.items.iter().map(|server| row(words, server, &zone)) }
                    { for answer.value.sms.iter().map(|service| row(words, service, &zone)) }
                </ul>
            }) }
        </section>
    }
}

fn row(words: Words, server: &MailServerView, zone: &str) -> Html {
    let (tone, text) = standing(server, now());
    let since = match server.since {
        Some(since) => relative(words, since, now()),
        None => words.say(texts::NEVER_USED),
    };
    let budgets = server
        .details
        .as_ref()
        .map_or(&[][..], |details| &details.budgets);
    html! {
        <li key={server.name.clone()}>
            <div class="server-head">
                <b>{ called(words, &server.name) }</b>
                <Pill {tone} text={words.say(text)} />
                <span class="muted small">{ since }</span>
            </div>
            if let Some(details) = &server.details {
                { trouble(words, server, details, zone) }
            }
            <div class="budgets">{ for budgets.iter().map(|budget| bar(words, budget, zone)) }</div>
        </li>
    }
}

/// The SMS service has a name of its own, which no mail server may have.
const SMS: &str = "sms";

/// What a server is called.
pub fn called(words: Words, name: &str) -> AttrValue {
    match name {
        SMS => words.say(texts::SMS_SERVICE),
        name => name.to_owned().into(),
    }
}

/// What the code means that the service's words begin with.
fn sms_meaning(trouble: &str) -> Option<Text> {
    let (code, _) = trouble.split_once(' ')?;
    sms::meaning(code.parse().ok()?)
}

/// How it stands, in a word.
fn standing(server: &MailServerView, now: DateTime<Utc>) -> (Tone, Text) {
    match server.state {
        BreakerState::Open => (Tone::Failed, texts::AWAY),
        BreakerState::HalfOpen => (Tone::Running, texts::TRIED),
        BreakerState::Closed if server.free_at.is_some_and(|at| at > now) => {
            (Tone::Skipped, texts::USED_UP)
        }
        BreakerState::Closed => (Tone::Sent, texts::WORKS),
    }
}

/// Why it does not work, what it said, and when it is tried again.
fn trouble(words: Words, server: &MailServerView, details: &MailServerDetails, zone: &str) -> Html {
    if server.state == BreakerState::Closed {
        return Html::default();
    }
    let is_sms = server.name == SMS;
    let why = details.cause.map(|cause| match cause {
        BreakerCause::Connection if is_sms => texts::SMS_AWAY,
        BreakerCause::Refusals if is_sms => texts::SMS_REFUSALS,
        BreakerCause::Connection => texts::AWAY_CONNECTION,
        BreakerCause::Refusals => texts::AWAY_REFUSALS,
    });
    let trouble = details.trouble.as_deref();
    let meaning = trouble.filter(|_| is_sms).and_then(sms_meaning);
    let again = match server.retry_at {
        Some(at) if at > now() => {
            let (relative, time) = (
                relative(words, at, now()),
                time::write(words, at, zone, Form::Clock),
            );
            let again = if is_sms {
                texts::SMS_TRIED_AGAIN
            } else {
                texts::TRIED_AGAIN
            };
            words.fill(again, &[("relative", &relative), ("time", &time)])
        }
        Some(_) if is_sms => words.say(texts::SMS_TRIED_SOON),
        Some(_) => words.say(texts::TRIED_SOON),
        None => AttrValue::default(),
    };
    html! {
        <>
            if let Some(meaning) = meaning {
                <p><b>{ words.say(meaning) }</b></p>
            }
            if let Some(why) = why {
                <p>{ words.say(why) }{ " " }{ again }</p>
            }
            if let Some(trouble) = trouble {
                <Code text={trouble.to_owned()} />
            }
        </>
    }
}

fn bar(words: Words, budget: &BudgetView, zone: &str) -> Html {
    let BudgetView {
        per,
        limit,
        used,
        free_at,
    } = budget;
    let period = match per {
        BudgetPeriod::Second => texts::PER_SECOND,
        BudgetPeriod::Hour => texts::PER_HOUR,
        BudgetPeriod::Day => texts::PER_DAY,
    };
    let numbers = [words.number(*used), words.number(*limit)];
    let said = words.fill(
        texts::USED,
        &[("used", &numbers[0]), ("limit", &numbers[1])],
    );
    let is_full = used >= limit;
    let tone = if is_full {
        Tone::Skipped
    } else {
        Tone::Running
    };
    let parts = vec![
        BarPart {
            tone,
            count: *used,
            label: said.clone(),
        },
        BarPart {
            tone: Tone::Queued,
            count: limit.saturating_sub(*used),
            label: AttrValue::default(),
        },
    ];
    let goes_on = free_at.filter(|at| is_full && *at > now()).map(|at| {
        let time = time::write(words, at, zone, Form::Clock);
        words.fill(texts::GOES_ON, &[("time", &time)])
    });
    html! {
        <div class="budget">
            <span class="muted small">{ words.say(period) }</span>
            <span class="small figures">{ said }</span>
            <ResultBar {parts} mini=true />
            if let Some(goes_on) = goes_on {
                <span class="muted small">{ goes_on }</span>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(state: BreakerState, free_in: Option<i64>) -> MailServerView {
        MailServerView {
            name: "main".to_owned(),
            state,
            since: None,
            retry_at: None,
            free_at: free_in
                .map(|seconds| DateTime::UNIX_EPOCH + chrono::Duration::seconds(seconds)),
            details: None,
        }
    }

    #[test]
    fn what_the_sms_service_said_is_told_in_plain_words() {
        assert_eq!(sms_meaning("201 Мало денег"), sms::meaning(201));
        assert_eq!(sms_meaning("the SMS service cannot be reached"), None);
        assert_eq!(sms_meaning("201"), None);
    }

    #[test]
    fn a_server_without_room_works_but_says_so() {
        let told = |server: MailServerView| standing(&server, DateTime::UNIX_EPOCH).1;
        assert_eq!(told(server(BreakerState::Closed, None)), texts::WORKS);
        assert_eq!(told(server(BreakerState::Closed, Some(-5))), texts::WORKS);
        assert_eq!(told(server(BreakerState::Closed, Some(60))), texts::USED_UP);
        assert_eq!(told(server(BreakerState::Open, Some(60))), texts::AWAY);
    }
}
