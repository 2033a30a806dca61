//! Asking before a link is sent or sessions are ended; what all such dialogs share.

use contract::accounts::users::UserDetail;
use serde::de::DeserializeOwned;
use yew::prelude::*;

use crate::client::{Call, use_act};
use crate::i18n::texts::CANCEL;
use crate::i18n::{Saying, use_words};
use crate::ui::{Button, Dialog, Look, Notice, Tone, use_toasts};
use crate::users::texts::dialogs as texts;
use crate::users::{called, calls};

#[derive(PartialEq, Properties)]
pub struct AccountDialogProps {
    pub detail: UserDetail,
    pub changed: Callback<()>,
    pub on_close: Callback<()>,
}

#[derive(Properties)]
pub struct ActDialogProps<T> {
    pub call: Call<T>,
    pub title: AttrValue,
    /// What the button does.
    pub act: AttrValue,
    /// What is told when it is done.
    pub said: Saying,
    pub changed: Callback<()>,
    pub on_close: Callback<()>,
    pub children: Html,
}

impl<T> PartialEq for ActDialogProps<T> {
    fn eq(&self, other: &Self) -> bool {
        self.call == other.call
            && self.title == other.title
            && self.act == other.act
            && self.said == other.said
            && self.changed == other.changed
            && self.on_close == other.on_close
            && self.children == other.children
    }
}

/// Asks, does one thing, and tells that it is done. Nothing is lost by it, so its button is no warning.
#[component]
pub fn ActDialog<T: DeserializeOwned + 'static>(props: &ActDialogProps<T>) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let act = use_act();
    let confirm = {
        let (act, call, said) = (act.clone(), props.call.clone(), props.said.clone());
        let (changed, close) = (props.changed.clone(), props.on_close.clone());
        Callback::from(move |()| {
            let (toasts, changed, close) = (toasts.clone(), changed.clone(), close.clone());
            let said = said.clone();
            act.run(call.clone(), move |_| {
                toasts.done(said);
                close.emit(());
                changed.emit(());
            });
        })
    };
    let actions = html! {
        <>
            <Button text={words.say(CANCEL)} onclick={props.on_close.clone()} disabled={act.is_busy()} />
            <Button look={Look::Primary} text={props.act.clone()} onclick={confirm} disabled={act.is_busy()} />
        </>
    };
    html! {
        <Dialog title={props.title.clone()} on_close={props.on_close.clone()} {actions}>
            { props.children.clone() }
            if let Some(failure) = act.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&failure.saying()) }</Notice>
            }
        </Dialog>
    }
}

#[component]
pub fn LinkDialog(props: &AccountDialogProps) -> Html {
    let words = use_words();
    let user = &props.detail.user;
    html! {
        <ActDialog<()> call={calls::PASSWORD_LINK.of(user.id)} title={words.fill(texts::LINK_TITLE, &[("name", &called(user))])}
            act={words.say(texts::LINK_ACT)} said={Saying::Filled(texts::LINK_SENT, vec![("email", user.email.clone())])}
            changed={props.changed.clone()} on_close={props.on_close.clone()}>
            <p>{ words.fill(texts::LINK_BODY, &[("email", &user.email)]) }</p>
        </ActDialog<()>>
    }
}

#[component]
pub fn SignOutDialog(props: &AccountDialogProps) -> Html {
    let words = use_words();
    let name = called(&props.detail.user);
    html! {
        <ActDialog<()> call={calls::END_SESSIONS.of(props.detail.user.id)} title={words.fill(texts::SIGN_OUT_TITLE, &[("name", &name)])}
            act={words.say(texts::SIGN_OUT_ACT)} said={Saying::Filled(texts::SIGNED_OUT_NOW, vec![("name", name.clone())])}
            changed={props.changed.clone()} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::SIGN_OUT_BODY) }</p>
        </ActDialog<()>>
    }
}
