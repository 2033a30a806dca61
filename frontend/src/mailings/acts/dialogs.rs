//! Asking before a mailing is sent, stopped or deleted.

use contract::delivery::{RunState, RunView};
use contract::mailings::{Channel, MailingView, StopMailing};
use yew::prelude::*;

use crate::delivery;
use crate::i18n::{Saying, Words, use_words};
use crate::mailings::calls;
use crate::mailings::texts::details as texts;
use crate::mailings::texts::{MESSAGE_GONE, RECIPIENTS};
use crate::routes::Route;
use crate::ui::form::{TextField, use_unguarded_form};
use crate::ui::{ActDialog, Icon, Look, Notice, Tone, use_go};

#[derive(PartialEq, Properties)]
pub struct MailingDialogProps {
    pub mailing: MailingView,
    pub changed: Callback<()>,
    pub on_close: Callback<()>,
}

/// Sending is no loss, but it cannot be taken back: it says to how many.
#[component]
pub fn SendDialog(props: &MailingDialogProps) -> Html {
    let words = use_words();
    let mailing = &props.mailing;
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
    html! {
        <ActDialog<RunView> call={calls::SEND.of(mailing.id)} title={words.say(texts::SEND_TITLE)} act={words.say(texts::SEND_NOW)}
            look={Look::Primary} icon={Icon::Send} said={Saying::from(texts::SENT_NOW)}
            on_done={props.changed.reform(|_| ())} on_close={props.on_close.clone()}>
            <p>{ words.fill(body, &[("subject", &subject), ("whom", &whom)]) }</p>
            if let Some(without) = mailing.audience.without_phone.filter(|without| *without > 0) {
                <Notice tone={Tone::Skipped}>{ words.count(texts::WITHOUT_PHONE, without) }</Notice>
            }
            if waits {
                <p class="muted">{ words.say(texts::SEND_SUPERSEDES) }</p>
            }
        </ActDialog<RunView>>
    }
}

#[component]
pub fn StopDialog(props: &MailingDialogProps) -> Html {
    let words = use_words();
    let form = use_unguarded_form(StopMailing::default(), |stop| stop.check().map(drop));
    html! {
        <ActDialog<MailingView> call={calls::stop(props.mailing.id, form.draft())} title={words.say(texts::STOP_TITLE)}
            act={words.say(texts::STOP_ACT)} said={Saying::from(texts::STOPPED_NOW)}
            on_done={props.changed.reform(|_| ())} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::STOP_BODY) }</p>
            { losses(words, &props.mailing) }
            <TextField label={texts::STOP_REASON} optional=true hint={words.say(texts::STOP_REASON_HINT)}
                bound={form.bind("reason", |stop| stop.reason.clone(), |stop, reason| stop.reason = reason)} />
        </ActDialog<MailingView>>
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
    let go = use_go();
    let MailingView { id, title, .. } = &props.mailing;
    let on_done = Callback::from(move |_| go.to(Route::Mailings));
    html! {
        <ActDialog<()> call={calls::DELETE.of(*id).if_match(props.etag.as_deref())} title={words.fill(texts::DELETE_TITLE, &[("title", title)])}
            act={words.say(texts::DELETE_ACT)} said={Saying::from(texts::DELETED_NOW)} {on_done} on_close={props.on_close.clone()}>
            { losses(words, &props.mailing) }
        </ActDialog<()>>
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
