//! Dialogs: the browser's own `<dialog>`, which keeps the focus inside, closes by Escape, and gives the focus back.

mod act;
mod asking;
mod type_to_confirm;

use gloo_timers::callback::Timeout;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::{Button, Look, Notice, Tone};
use crate::client::CallError;
use crate::i18n::texts;
use crate::i18n::use_words;
pub use act::ActDialog;
pub use asking::use_asking;
pub use type_to_confirm::TypeToConfirm;

#[derive(PartialEq, Properties)]
pub struct DialogProps {
    pub title: AttrValue,
    /// Closed by Escape or by the screen, which then no longer draws it.
    pub on_close: Callback<()>,
    /// The buttons at its foot.
    #[prop_or_default]
    pub actions: Html,
    #[prop_or_default]
    pub wide: bool,
    pub children: Html,
}

/// Open as long as it is drawn.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let cancelled = props
        .on_close
        .reform(|event: Event| event.prevent_default());
    // A browser closes a dialog at the second Escape, whatever was said to the first one.
    let closed = {
        let (node, on_close) = (node.clone(), props.on_close.clone());
        Callback::from(move |_: Event| {
            on_close.emit(());
            let node = node.clone();
            Timeout::new(0, move || open_again(&node)).forget();
        })
    };
    let class = classes!("dialog", props.wide.then_some("dialog-wide"));
    html! {
        <dialog ref={node} {class} oncancel={cancelled} onclose={closed} aria-label={props.title.clone()}>
            <h2>{ props.title.clone() }</h2>
            <div class="dialog-body">{ props.children.clone() }</div>
            <div class="dialog-actions">{ props.actions.clone() }</div>
        </dialog>
    }
}

/// As long as it is drawn, it is open: some may not be closed by those who see them.
fn open_again(node: &NodeRef) {
    let dialog = node.cast::<HtmlDialogElement>();
    if let Some(dialog) = dialog.filter(|dialog| dialog.is_connected() && !dialog.open()) {
        let _ = dialog.show_modal();
    }
}

#[derive(PartialEq, Properties)]
pub struct ConfirmDialogProps {
    pub title: AttrValue,
    /// What the button does, in words: "Delete recipient".
    pub act: AttrValue,
    /// The other button; without it "Cancel".
    #[prop_or_default]
    pub stay: Option<AttrValue>,
    #[prop_or_default]
    pub busy: bool,
    #[prop_or_default]
    pub failure: Option<CallError>,
    pub on_confirm: Callback<()>,
    pub on_close: Callback<()>,
    /// What will happen.
    pub children: Html,
}

/// Asks before something is lost.
#[component]
pub fn ConfirmDialog(props: &ConfirmDialogProps) -> Html {
    let words = use_words();
    let stay = props
        .stay
        .clone()
        .unwrap_or_else(|| words.say(texts::CANCEL));
    let actions = html! {
        <>
            <Button text={stay} onclick={props.on_close.clone()} disabled={props.busy} />
            <Button look={Look::Danger} text={props.act.clone()} onclick={props.on_confirm.clone()} disabled={props.busy} />
        </>
    };
    html! {
        <Dialog title={props.title.clone()} on_close={props.on_close.clone()} {actions}>
            { props.children.clone() }
            if let Some(failure) = &props.failure {
                <Notice tone={Tone::Failed}>{ words.saying(&failure.saying()) }</Notice>
            }
        </Dialog>
    }
}
