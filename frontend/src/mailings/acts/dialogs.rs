//! Asking before a mailing is sent, stopped or deleted.

use contract::delivery::RunState;
use contract::mailings::{Channel, MailingView, StopMailing};
use yew::prelude::*;

use crate::client::use_act;
use crate::delivery;
use crate::i18n::texts::CANCEL;
use crate::i18n::{Words, use_words};
use crate::mailings::calls;
use crate::mailings::texts::details as texts;
use crate::mailings::texts::{MESSAGE_GONE, RECIPIENTS};
use crate::routes::Route;
use crate::ui::form::{TextField, use_unguarded_form};
use crate::ui::{Button, ConfirmDialog, Dialog, Icon, Look, Notice, Tone, use_go, use_toasts};

#[derive(PartialEq, Properties)]
pub struct ActDialogProps {
    pub mailing: MailingView,
    pub changed: Callback<()>,
    pub on_close: Callback<()>,
}

/// Sending is no loss, but it cannot be taken back: it says to how many.
#[component]
pub fn SendDialog(props: &ActDialogProps) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let act = use_act();
    let mailing = &props.mailing;
    let confirm = {
        let (act, toasts) = (act.clone(), toasts.clone());
        let (changed, close) = (props.changed.clone(), props.on_close.clone());
        let call = calls::SEND.of(mailing.id);
        Callback::from(move |()| {
            let (toasts, changed, close) = (toasts.clone(), changed.clone(), close.clone());
            act.run(call.clone(), move |_| {
                toasts.done(texts::SENT_NOW);
                close.emit(());
                changed.emit(());
            });
        })
    };
    let subject = mailing
        .message
        .as_ref()
        .map_or_else(|| words.say(MESSAGE_GONE), |m| m.title.clone().into());
    let whom = words.count(RECIPIENTS, mailing.audience.count);
    let body = match mailing.channel {
        Channel::Email => texts::SEND_BODY,
        Channel::Sms => texts::SEND_BODY_SMS,
    };
    let waits = mailing
        .last_run
        .as_ref()
        .is_some_and(delivery::waits_for_retries);
    let actions = html! {
        <>
            <Button text={words.say(CANCEL)} onclick={props.on_close.clone()} disabled={act.is_busy()} />
            <Button look={Look::Primary} icon={Icon::Send} text={words.say(texts::SEND_NOW)} onclick={confirm} disabled={act.is_busy()} />
        </>
    };
    html! {
        <Dialog title={words.say(texts::SEND_TITLE)} on_close={props.on_close.clone()} {actions}>
            <p>{ words.fill(body, &[("subject", &subject), ("whom", &whom)]) }</p>
            if let Some(without) = mailing.audience.without_phone.filter(|without| *without > 0) {
                <Notice tone={Tone::Skipped}>{ words.count(texts::WITHOUT_PHONE, without) }</Notice>
            }
            if waits {
                <p class="muted">{ words.say(texts::SEND_SUPERSEDES) }</p>
            }
            if let Some(failure) = act.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&failure.saying()) }</Notice>
            }
        </Dialog>
    }
}

#[component]
pub fn StopDialog(props: &ActDialogProps) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let act = use_act();
    let form = use_unguarded_form(StopMailing::default(), |stop| stop.check().map(drop));
    let confirm = {
        let (act, toasts, form) = (act.clone(), toasts.clone(), form.clone());
        let (changed, close) = (props.changed.clone(), props.on_close.clone());
        let id = props.mailing.id;
        Callback::from(move |()| {
            let (toasts, changed, close) = (toasts.clone(), changed.clone(), close.clone());
            act.run(calls::stop(id, form.draft()), move |_| {
                toasts.done(texts::STOPPED_NOW);
                close.emit(());
                changed.emit(());
            });
        })
    };
    html! {
        <ConfirmDialog title={words.say(texts::STOP_TITLE)} act={words.say(texts::STOP_ACT)} busy={act.is_busy()}
            failure={act.failure()} on_confirm={confirm} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::STOP_BODY) }</p>
            { losses(words, &props.mailing) }
            <TextField label={texts::STOP_REASON} optional=true hint={words.say(texts::STOP_REASON_HINT)}
                bound={form.bind("reason", |stop| stop.reason.clone(), |stop, reason| stop.reason = reason)} />
        </ConfirmDialog>
    }
}

#[derive(PartialEq, Properties)]
pub struct DeleteDialogProps {
    pub mailing: MailingView,
    pub etag: Option<String>,
    pub on_close: Callback<()>,
}

#[component]
pub fn DeleteDialog(props: &DeleteDialogProps) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let go = use_go();
    let act = use_act();
    let MailingView { id, title, .. } = &props.mailing;
    let confirm = {
        let act = act.clone();
        let call = calls::DELETE.of(*id).if_match(props.etag.as_deref());
        Callback::from(move |()| {
            let (toasts, go) = (toasts.clone(), go.clone());
            act.run(call.clone(), move |_| {
                toasts.done(texts::DELETED_NOW);
                go.to(Route::Mailings);
            });
        })
    };
    html! {
        <ConfirmDialog title={words.fill(texts::DELETE_TITLE, &[("title", title)])} act={words.say(texts::DELETE_ACT)}
            busy={act.is_busy()} failure={act.failure()} on_confirm={confirm} on_close={props.on_close.clone()}>
            { losses(words, &props.mailing) }
        </ConfirmDialog>
    }
}

/// What goes with it, and what stays.
fn losses(words: Words, mailing: &MailingView) -> Html {
    let waiting = mailing
        .last_run
        .as_ref()
        .filter(|run| run.state != RunState::Finished);
    let waiting = waiting.map_or(0, |run| delivery::waiting(&run.counts));
    let planned = mailing.next_run_at.is_some();
    html! {
        <ul class="losses">
            if planned {
                <li>{ words.say(texts::LOSES_PLAN) }</li>
            }
            if waiting > 0 {
                <li>{ words.count(texts::LOSES_QUEUED, waiting) }</li>
            }
            if mailing.runs > 0 {
                <li>{ words.count(texts::KEEPS_RUNS, mailing.runs) }</li>
            } else {
                <li>{ words.say(texts::KEEPS_NOTHING) }</li>
            }
        </ul>
    }
}
