//! Sending again what failed: which kinds of failure, and, apart from them, what may have arrived.

use contract::delivery::{FailureClass, RunState, RunView};
use contract::mailings::{Channel, MailingStatus, MailingView, RetryMailing};
use contract::permissions::Permission;
use yew::prelude::*;

use super::failures::{Failures, use_failures};
use super::{calls, classes, texts};
use crate::client::use_act;
use crate::i18n::texts::CANCEL;
use crate::i18n::{Saying, use_words};
use crate::session::{Person, use_person};
use crate::ui::time::now;
use crate::ui::{Button, Dialog, Icon, Look, Notice, Tone, use_toasts};

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
    let asking = use_state(|| false);
    let may = person.is_some_and(|person| may_send_again(&person, &props.mailing, &props.run));
    if !may {
        return Html::default();
    }
    let ask = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(true))
    };
    let on_close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(false))
    };
    html! {
        <>
            <Button icon={Icon::ArrowRepeat} text={words.say(texts::SEND_AGAIN)} onclick={ask} />
            if *asking {
                <SendAgainDialog run={props.run.clone()} changed={props.changed.clone()} {on_close} />
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
    let act = use_act();
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
    let confirm = {
        let (act, toasts) = (act.clone(), toasts.clone());
        let (changed, close) = (props.changed.clone(), props.on_close.clone());
        let call = calls::retry(props.run.mailing_id, &asked);
        Callback::from(move |()| {
            let (toasts, changed, close) = (toasts.clone(), changed.clone(), close.clone());
            act.run(call.clone(), move |answer| {
                let retried = &answer.value;
                toasts.done(if retried.queued == 0 {
                    Saying::Text(texts::NONE_AGAIN)
                } else {
                    let go = match channel {
                        Channel::Email => texts::GO_AGAIN,
                        Channel::Sms => texts::SMS_GO_AGAIN,
                    };
                    Saying::Counted(go, retried.queued)
                });
                if retried.left_out > 0 {
                    let left_out = match channel {
                        Channel::Email => texts::LEFT_OUT,
                        Channel::Sms => texts::SMS_LEFT_OUT,
                    };
                    toasts.done(Saying::Counted(left_out, retried.left_out));
                }
                close.emit(());
                changed.emit(());
            });
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
                <input type="checkbox" class="form-check-input" id={id.clone()} checked={is_chosen} onchange={flip} disabled={act.is_busy()} />
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
    let busy = act.is_busy();
    let again = match channel {
        Channel::Email => texts::SEND_AGAIN_ACT,
        Channel::Sms => texts::SMS_AGAIN_ACT,
    };
    let actions = html! {
        <>
            <Button text={words.say(CANCEL)} onclick={props.on_close.clone()} disabled={busy} />
            <Button look={Look::Primary} icon={Icon::Send} text={words.count(again, count)}
                onclick={confirm} disabled={busy || count == 0} />
        </>
    };
    html! {
        <Dialog title={words.say(texts::SEND_AGAIN_TITLE)} on_close={props.on_close.clone()} {actions}>
            <p>{ words.say(texts::SEND_AGAIN_BODY) }</p>
            <ul class="again">
                { for failures.iter().map(class_row) }
                if counts.unknown > 0 {
                    <li class="again-row again-unknown">
                        <input type="checkbox" class="form-check-input" id="again-unknown" checked={*unknown} onchange={flip_unknown} disabled={busy} />
                        <label for="again-unknown">
                            <b>{ words.say(texts::ALSO_UNKNOWN) }</b>
                            <span class="muted small">{ words.say(texts::ALSO_UNKNOWN_HINT) }</span>
                        </label>
                        <span class="figures">{ words.number(counts.unknown) }</span>
                    </li>
                }
            </ul>
            <p class="muted small">{ words.say(texts::SEND_AGAIN_LEAVES) }</p>
            if let Some(failure) = act.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&failure.saying()) }</Notice>
            }
        </Dialog>
    }
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
