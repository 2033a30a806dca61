//! Deleting recipients: one, or those selected in the list.

use contract::recipients::RecipientView;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{called, calls, texts};
use crate::client::{CallError, use_client};
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::ui::list::List;
use crate::ui::{ActDialog, Button, ConfirmDialog, Icon, use_go, use_toasts};

#[derive(PartialEq, Properties)]
pub struct DeleteRecipientProps {
    pub recipient: RecipientView,
    pub etag: Option<String>,
    pub on_close: Callback<()>,
}

/// Asks, and deletes one recipient.
#[component]
pub fn DeleteRecipient(props: &DeleteRecipientProps) -> Html {
    let words = use_words();
    let go = use_go();
    let name = called(&props.recipient);
    let call = calls::DELETE
        .of(props.recipient.id)
        .if_match(props.etag.as_deref());
    let on_done = Callback::from(move |_| go.to(Route::Recipients));
    html! {
        <ActDialog<()> {call} title={words.fill(texts::DELETE_TITLE, &[("name", &name)])} act={words.say(texts::DELETE_ACT)}
            said={Saying::Filled(texts::DELETED, vec![("name", name)])} {on_done} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::DELETE_GOES) }</p>
            <p class="muted">{ words.say(texts::DELETE_STAYS) }</p>
        </ActDialog<()>>
    }
}

#[derive(PartialEq, Properties)]
pub struct DeleteSelectedProps {
    pub list: List,
    pub reload: Callback<()>,
}

/// The button over a list with selected rows, and the dialog behind it.
#[component]
pub fn DeleteSelected(props: &DeleteSelectedProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let asking = use_state(|| false);
    let busy = use_state(|| false);
    let failure = use_state(|| None::<CallError>);
    let count = props.list.selection.count();

    let open = {
        let (asking, failure) = (asking.clone(), failure.clone());
        Callback::from(move |()| {
            failure.set(None);
            asking.set(true);
        })
    };
    let on_close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(false))
    };
    let on_confirm = {
        let (asking, busy, failure) = (asking.clone(), busy.clone(), failure.clone());
        let (list, reload) = (props.list.clone(), props.reload.clone());
        Callback::from(move |()| {
            busy.set(true);
            let (client, toasts, list, reload) =
                (client.clone(), toasts.clone(), list.clone(), reload.clone());
            let (asking, busy, failure) = (asking.clone(), busy.clone(), failure.clone());
            spawn_local(async move {
                let mut deleted = 0;
                let mut refused = None;
                for id in list.selection.ids() {
                    match client.call(calls::DELETE.of(id)).await {
                        Ok(_) => deleted += 1,
                        // Somebody else was faster; it is gone, as was wanted.
                        Err(error) if error.is_not_found() => {}
                        Err(error) => {
                            refused = Some(error);
                            break;
                        }
                    }
                }
                if deleted > 0 {
                    toasts.done(Saying::Counted(texts::BULK_DELETED, deleted));
                    reload.emit(());
                }
                busy.set(false);
                if refused.is_none() {
                    asking.set(false);
                    list.selection.clear();
                }
                failure.set(refused);
            });
        })
    };
    html! {
        <>
            <Button icon={Icon::Trash} text={words.say(texts::BULK_DELETE)} onclick={open} />
            if *asking {
                <ConfirmDialog title={words.count(texts::BULK_TITLE, count)} act={words.count(texts::BULK_ACT, count)}
                    busy={*busy} failure={(*failure).clone()} {on_confirm} {on_close}>
                    <p>{ words.say(texts::BULK_GOES) }</p>
                    <p class="muted">{ words.say(texts::DELETE_STAYS) }</p>
                </ConfirmDialog>
            }
        </>
    }
}
