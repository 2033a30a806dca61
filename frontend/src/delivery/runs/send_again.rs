//! Sending again what failed: which kinds of failure, and, apart from them, what may have arrived.

use std::rc::Rc;

use contract::delivery::{FailureClass, RunState, RunView};
use contract::mailings::{Channel, MailingStatus, MailingView, Retried, RetryMailing};
use contract::permissions::Permission;
use yew::prelude::*;

use crate::client::Answer;
use crate::delivery::deliveries::failures::{Failures, use_failures};
use crate::delivery::words::classes;
use crate::delivery::{calls, texts};
use crate::i18n::{Saying, use_words};
use crate::session::{Person, use_person};
use crate::ui::time::now;
use crate::ui::{ActDialog, Button, Icon, Look, use_asking, use_toasts};

#[derive(PartialEq, Properties)]
pub struct SendAgainProps {
    pub mailing: MailingView,
    pub run: RunView,
    pub changed: Callback<()>,
}

/// A button, where there is something to send again and this person may.
#[component]
pub fn SendAgain(props: &SendAgainProps) -> Html {
    let words = use_words();
    let person = use_person();
    let asking = use_asking::<()>();
    let may = person.is_some_and(|person| may_send_again(&person, &props.mailing, &props.run));
    if !may {
        return Html::default();
    }
    html! {
        <>
            <Button icon={Icon::ArrowRepeat} text={words.say(texts::SEND_AGAIN)} onclick={asking.ask(())} />
            if asking.is_open() {
                <SendAgainDialog run={props.run.clone()} changed={props.changed.clone()} on_close={asking.close} />
            }
        </>
    }
}

fn may_send_again(person: &Person, mailing: &MailingView, run: &RunView) -> bool {
    let own = mailing.owner.id == person.me.id && person.may(Permission::KeepOwnMailings);
    let is_latest = mailing
        .last_run
        .as_ref()
        .is_some_and(|last| last.id == run.id);
    let over = mailing.ends_at.is_some_and(|ends_at| ends_at <= now());
    (own || person.may(Permission::SendAnyMailing))
        && is_latest
        && run.state != RunState::Planning
        && run.pruned_at.is_none()
        && run.counts.failed + run.counts.unknown > 0
        && mailing.stopped.is_none()
        && mailing.status != MailingStatus::Paused
        && !over
}

#[derive(PartialEq, Properties)]
struct DialogProps {
    run: RunView,
    changed: Callback<()>,
    on_close: Callback<()>,
}

#[component]
fn SendAgainDialog(props: &DialogProps) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let (channel, counts) = (props.run.channel, props.run.counts);
    let failures = use_failures(props.run.id, counts.failed);
    // What a person has changed; until then what most likely helps is chosen.
    let changed_choice = use_state(|| None::<Vec<FailureClass>>);
    let unknown = use_state(|| false);
    let chosen = match &*changed_choice {
        Some(chosen) => chosen.clone(),
        None => likely(&failures),
    };
    let asked = asked(&failures, &chosen, *unknown, props.run.id);
    let count =
        wanted(&failures, &chosen, counts.failed) + if *unknown { counts.unknown } else { 0 };
    let on_done = {
        let changed = props.changed.clone();
        Callback::from(move |answer: Rc<Answer<Retried>>| {
            for saying in told(channel, &answer.value) {
                toasts.done(saying);
            }
            changed.emit(());
        })
    };
    let class_row = |(class, count): &(FailureClass, u64)| {
        let (class, is_chosen) = (*class, chosen.contains(class));
        let flip = {
            let (changed_choice, chosen) = (changed_choice.clone(), chosen.clone());
            Callback::from(move |_: Event| changed_choice.set(Some(flipped(&chosen, class))))
        };
        let id = format!("again-{}", classes::class_key(class));
        html! {
            <li class="again-row">
                <input type="checkbox" class="form-check-input" id={id.clone()} checked={is_chosen} onchange={flip} />
                <label for={id}>
                    <b>{ words.say(classes::class(class)) }</b>
                    <span class="muted small">{ words.say(classes::advice(channel, class)) }</span>
                </label>
                <span class="figures">{ words.number(*count) }</span>
            </li>
        }
    };
    let flip_unknown = {
        let unknown = unknown.clone();
        Callback::from(move |_: Event| unknown.set(!*unknown))
    };
    let again = match channel {
        Channel::Email => texts::SEND_AGAIN_ACT,
        Channel::Sms => texts::SMS_AGAIN_ACT,
    };
    html! {
        <ActDialog<Retried> call={calls::retry(props.run.mailing_id, &asked)} title={words.say(texts::SEND_AGAIN_TITLE)}
            act={words.count(again, count)} look={Look::Primary} icon={Icon::Send} disabled={count == 0} {on_done} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::SEND_AGAIN_BODY) }</p>
            <ul class="again">
                { for failures.iter().map(class_row) }
                if counts.unknown > 0 {
                    <li class="again-row again-unknown">
                        <input type="checkbox" class="form-check-input" id="again-unknown" checked={*unknown} onchange={flip_unknown} />
                        <label for="again-unknown">
                            <b>{ words.say(texts::ALSO_UNKNOWN) }</b>
                            <span class="muted small">{ words.say(texts::ALSO_UNKNOWN_HINT) }</span>
                        </label>
                        <span class="figures">{ words.number(counts.unknown) }</span>
                    </li>
                }
            </ul>
            <p class="muted small">{ words.say(texts::SEND_AGAIN_LEAVES) }</p>
        </ActDialog<Retried>>
    }
}

/// What is told when it is done.
fn told(channel: Channel, retried: &Retried) -> Vec<Saying> {
    let (go, left_out) = match channel {
        Channel::Email => (texts::GO_AGAIN, texts::LEFT_OUT),
        Channel::Sms => (texts::SMS_GO_AGAIN, texts::SMS_LEFT_OUT),
    };
    let mut told = vec![match retried.queued {
        0 => Saying::Text(texts::NONE_AGAIN),
        queued => Saying::Counted(go, queued),
    }];
    if retried.left_out > 0 {
        told.push(Saying::Counted(left_out, retried.left_out));
    }
    told
}

/// A refusal for good seldom changes; the rest may well have passed.
fn likely(failures: &Failures) -> Vec<FailureClass> {
    let kinds = failures.iter().map(|(class, _)| *class);
    kinds
        .filter(|class| *class != FailureClass::Permanent)
        .collect()
}

fn flipped(chosen: &[FailureClass], class: FailureClass) -> Vec<FailureClass> {
    let mut flipped: Vec<FailureClass> = chosen.to_vec();
    match flipped.iter().position(|one| *one == class) {
        Some(place) => drop(flipped.remove(place)),
        None => flipped.push(class),
    }
    flipped
}

fn is_all(failures: &Failures, chosen: &[FailureClass]) -> bool {
    failures.iter().all(|(class, _)| chosen.contains(class))
}

/// How many of those that failed.
fn wanted(failures: &Failures, chosen: &[FailureClass], failed: u64) -> u64 {
    if failures.is_empty() || is_all(failures, chosen) {
        // Also those of before kinds were told apart.
        return if failures.is_empty() { 0 } else { failed };
    }
    let chosen = failures.iter().filter(|(class, _)| chosen.contains(class));
    chosen.map(|(_, count)| count).sum()
}

fn asked(failures: &Failures, chosen: &[FailureClass], unknown: bool, run_id: i64) -> RetryMailing {
    let all = !failures.is_empty() && is_all(failures, chosen);
    RetryMailing {
        classes: (!all).then(|| chosen.to_vec()),
        unknown,
        run_id: Some(run_id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILURES: [(FailureClass, u64); 2] =
        [(FailureClass::Transient, 3), (FailureClass::Permanent, 4)];

    #[test]
    fn what_most_likely_helps_is_chosen_first() {
        let failures = FAILURES.to_vec();
        let chosen = likely(&failures);
        assert_eq!(chosen, [FailureClass::Transient]);
        assert_eq!(wanted(&failures, &chosen, 8), 3);
        let asked = asked(&failures, &chosen, false, 7);
        assert_eq!(asked.classes, Some(vec![FailureClass::Transient]));
        assert!(asked.check().is_ok());
    }

    #[test]
    fn all_kinds_are_all_that_failed() {
        let failures = FAILURES.to_vec();
        let all = flipped(&likely(&failures), FailureClass::Permanent);
        assert_eq!(wanted(&failures, &all, 8), 8);
        assert_eq!(asked(&failures, &all, false, 7).classes, None);
        let none = flipped(
            &flipped(&all, FailureClass::Permanent),
            FailureClass::Transient,
        );
        assert_eq!(wanted(&failures, &none, 8), 0);
    }

    #[test]
    fn only_what_may_have_arrived_can_be_sent_again_too() {
        let asked = asked(&Vec::new(), &[], true, 7);
        assert_eq!(asked.classes, Some(Vec::new()));
        assert!(asked.check().is_ok());
    }
}
