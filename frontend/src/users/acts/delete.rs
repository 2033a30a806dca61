//! Deleting an account: says what goes with it, and wants its address typed.

use contract::accounts::profile::GoesWithAccount;
use contract::accounts::users::UserDetail;
use contract::problem::FieldErrors;
use yew::prelude::*;

use crate::client::use_act;
use crate::i18n::texts::CANCEL;
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::ui::form::{FieldFrame, use_unguarded_form};
use crate::ui::{Button, Dialog, Look, Notice, Tone, use_go, use_toasts};
use crate::users::texts::details::{MAILINGS, MESSAGES, RECIPIENTS};
use crate::users::texts::dialogs as texts;
use crate::users::{called, calls};

#[derive(PartialEq, Properties)]
pub struct DeleteDialogProps {
    pub detail: UserDetail,
    pub etag: Option<String>,
    pub on_close: Callback<()>,
}

#[component]
pub fn DeleteDialog(props: &DeleteDialogProps) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let go = use_go();
    let act = use_act();
    let typed = use_unguarded_form(String::new(), |_| Ok::<(), FieldErrors>(()));
    let user = &props.detail.user;
    let name = called(user);
    let is_meant = typed.draft().trim().eq_ignore_ascii_case(&user.email);
    let confirm = {
        let (act, name) = (act.clone(), name.clone());
        let call = calls::DELETE.of(user.id).if_match(props.etag.as_deref());
        Callback::from(move |()| {
            let (toasts, go, name) = (toasts.clone(), go.clone(), name.clone());
            act.run(call.clone(), move |_| {
                toasts.done(Saying::Filled(texts::DELETED_NOW, vec![("name", name)]));
                go.to(Route::Users);
            });
        })
    };
    let actions = html! {
        <>
            <Button text={words.say(CANCEL)} onclick={props.on_close.clone()} disabled={act.is_busy()} />
            <Button look={Look::Danger} text={words.say(texts::DELETE_ACT)} onclick={confirm} disabled={act.is_busy() || !is_meant} />
        </>
    };
    let GoesWithAccount {
        recipients,
        messages,
        mailings,
        running_mailings,
    } = props.detail.owns;
    let goes = [
        (recipients, RECIPIENTS),
        (messages, MESSAGES),
        (mailings, MAILINGS),
    ];
    let bound = typed.bind("confirm-email", String::clone, |typed, value| {
        *typed = value
    });
    let oninput = {
        let change = bound.change.clone();
        Callback::from(move |event: InputEvent| {
            let input: web_sys::HtmlInputElement = event.target_unchecked_into();
            change.emit(input.value());
        })
    };
    html! {
        <Dialog title={words.fill(texts::DELETE_TITLE, &[("name", &name)])} on_close={props.on_close.clone()} {actions}>
            <p>{ words.say(texts::DELETE_GOES) }</p>
            <ul class="losses">
                { for goes.into_iter().filter(|(n, _)| *n > 0).map(|(n, counted)| html! { <li>{ words.count(counted, n) }</li> }) }
                if running_mailings > 0 {
                    <li>{ words.count(texts::GOES_RUNNING, running_mailings) }</li>
                }
                <li>{ words.say(texts::DELETE_KEYS) }</li>
            </ul>
            <p class="muted">{ words.say(texts::DELETE_STAYS) }</p>
            <FieldFrame label={words.fill(texts::DELETE_CONFIRM, &[("email", &user.email)])} id="confirm-email">
                <input id="confirm-email" class="input" type="text" value={bound.value} {oninput} autocomplete="off" spellcheck="false" />
            </FieldFrame>
            if let Some(failure) = act.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&failure.saying()) }</Notice>
            }
        </Dialog>
    }
}
