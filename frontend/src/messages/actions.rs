//! What can be done with a saved message: sending it to oneself, a copy, deleting it.

use contract::messages::MessageView;
use contract::problem::InUse;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::to_oneself::{ToOneself, Way};
use super::{calls, texts};
use crate::client::{CallError, use_act, use_client};
use crate::i18n::texts::{DELETE, DUPLICATE};
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::session::use_person;
use crate::ui::{Button, ConfirmDialog, Icon, use_asking, use_go, use_toasts};

#[derive(PartialEq, Properties)]
pub struct DuplicateMessageProps {
    pub id: i64,
}

#[component]
pub fn DuplicateMessage(props: &DuplicateMessageProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let id = props.id;
    let onclick = Callback::from(move |()| {
        let (client, toasts, go) = (client.clone(), toasts.clone(), go.clone());
        spawn_local(async move {
            match client.call(calls::DUPLICATE.of(id)).await {
                Ok(copy) => {
                    toasts.done(texts::DUPLICATED);
                    go.to(Route::Message { id: copy.value.id });
                }
                Err(error) => toasts.failed(error.saying()),
            }
        });
    });
    html! { <Button icon={Icon::Copy} text={words.say(DUPLICATE)} {onclick} /> }
}

#[derive(PartialEq, Properties)]
pub struct MessageActionsProps {
    pub message: MessageView,
    /// What stands on the screen is not what is saved.
    pub unsaved: bool,
}

#[component]
pub fn MessageActions(props: &MessageActionsProps) -> Html {
    let words = use_words();
    let sends_sms = use_person().is_some_and(|person| person.instance.sends_sms);
    let deleting = use_asking::<()>();
    let (id, unsaved) = (props.message.id, props.unsaved);
    html! {
        <>
            <ToOneself {id} {unsaved} way={Way::Letter} />
            if sends_sms && props.message.sms_text.is_some() {
                <ToOneself {id} {unsaved} way={Way::Sms} />
            }
            <Button icon={Icon::Trash} text={words.say(DELETE)} onclick={deleting.ask(())} />
            if unsaved {
                <p class="page-actions-note muted small" role="status">{ words.say(texts::TEST_SAVED_ALONE) }</p>
            }
            if deleting.is_open() {
                <DeleteMessage message={props.message.clone()} on_close={deleting.close} />
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct DeleteMessageProps {
    message: MessageView,
    on_close: Callback<()>,
}

#[component]
fn DeleteMessage(props: &DeleteMessageProps) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let go = use_go();
    let act = use_act();
    let MessageView { id, subject, .. } = props.message.clone();
    let on_confirm = {
        let (act, subject) = (act.clone(), subject.clone());
        Callback::from(move |()| {
            let (toasts, go, subject) = (toasts.clone(), go.clone(), subject.clone());
            act.run(calls::DELETE.of(id), move |_| {
                toasts.done(Saying::Filled(texts::DELETED, vec![("subject", subject)]));
                go.saved(Route::Messages);
            });
        })
    };
    let failure = act.failure();
    html! {
        <ConfirmDialog title={words.say(texts::DELETE_TITLE)} act={words.say(texts::DELETE_ACT)} busy={act.is_busy()}
            failure={failure.clone()} {on_confirm} on_close={props.on_close.clone()}>
            <p>{ words.fill(texts::DELETE_GOES, &[("subject", &subject)]) }</p>
            <p class="muted">{ words.say(texts::DELETE_STAYS) }</p>
            if let Some(in_use) = failure.as_ref().and_then(CallError::in_use) {
                <UsedBy in_use={in_use.clone()} />
            }
        </ConfirmDialog>
    }
}

#[derive(PartialEq, Properties)]
struct UsedByProps {
    in_use: InUse,
}

/// Which mailings stand in the way.
#[component]
fn UsedBy(props: &UsedByProps) -> Html {
    let words = use_words();
    let InUse { mailings, others } = &props.in_use;
    let titles: Vec<&str> = mailings
        .iter()
        .map(|mailing| mailing.title.as_str())
        .collect();
    html! {
        <>
            if !titles.is_empty() {
                <p>{ words.fill(texts::IN_USE_BY, &[("titles", &titles.join(", "))]) }</p>
            }
            if *others > 0 {
                <p>{ words.count(texts::OTHERS_USE, *others) }</p>
            }
        </>
    }
}
