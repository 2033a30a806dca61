//! Asking before something is done: the dialog does it, and tells that it is done.

use std::rc::Rc;

use serde::de::DeserializeOwned;
use yew::prelude::*;

use super::Dialog;
use crate::client::{Answer, Call, use_act};
use crate::i18n::texts::CANCEL;
use crate::i18n::{Saying, use_words};
use crate::ui::{Button, Icon, Look, Notice, Tone, use_toasts};

#[derive(Properties)]
pub struct ActDialogProps<T: 'static> {
    pub call: Call<T>,
    pub title: AttrValue,
    /// What the button does, in words: "Delete recipient".
    pub act: AttrValue,
    /// Something is lost by it, unless it is said otherwise.
    #[prop_or(Look::Danger)]
    pub look: Look,
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// There is nothing to do yet.
    #[prop_or_default]
    pub disabled: bool,
    /// Asked before it is done: whether all that it needs is there.
    #[prop_or_else(|| Callback::from(|()| true))]
    pub ready: Callback<(), bool>,
    /// What is told when it is done.
    #[prop_or_default]
    pub said: Option<Saying>,
    /// Hears the answer, once the dialog is closed.
    #[prop_or_default]
    pub on_done: Callback<Rc<Answer<T>>>,
    pub on_close: Callback<()>,
    /// What will happen.
    pub children: Html,
}

impl<T> PartialEq for ActDialogProps<T> {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            call,
            title,
            act,
            look,
            icon,
            disabled,
            ready,
            said,
            on_done,
            on_close,
            children,
        } = self;
        *call == other.call
            && *title == other.title
            && *act == other.act
            && *look == other.look
            && *icon == other.icon
            && *disabled == other.disabled
            && *ready == other.ready
            && *said == other.said
            && *on_done == other.on_done
            && *on_close == other.on_close
            && *children == other.children
    }
}

#[component]
pub fn ActDialog<T: DeserializeOwned + 'static>(props: &ActDialogProps<T>) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let act = use_act();
    let confirm = {
        let (act, call, said) = (act.clone(), props.call.clone(), props.said.clone());
        let (ready, done, close) = (
            props.ready.clone(),
            props.on_done.clone(),
            props.on_close.clone(),
        );
        Callback::from(move |()| {
            if !ready.emit(()) {
                return;
            }
            let (toasts, done, close) = (toasts.clone(), done.clone(), close.clone());
            let said = said.clone();
            act.run(call.clone(), move |answer| {
                if let Some(said) = said {
                    toasts.done(said);
                }
                close.emit(());
                done.emit(answer);
            });
        })
    };
    let busy = act.is_busy();
    let actions = html! {
        <>
            <Button text={words.say(CANCEL)} onclick={props.on_close.clone()} disabled={busy} />
            <Button look={props.look} icon={props.icon} text={props.act.clone()} onclick={confirm} disabled={busy || props.disabled} />
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
