//! Deleting an account: says what goes with it, and wants its address typed.

use contract::accounts::profile::GoesWithAccount;
use contract::accounts::users::UserDetail;
use yew::prelude::*;

use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::ui::{ActDialog, TypeToConfirm, use_go};
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
    let go = use_go();
    let is_meant = use_state_eq(|| false);
    let user = &props.detail.user;
    let name = called(user);
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
    let meant = {
        let is_meant = is_meant.setter();
        Callback::from(move |typed| is_meant.set(typed))
    };
    let on_done = Callback::from(move |_| go.to(Route::Users));
    html! {
        <ActDialog<()> call={calls::DELETE.of(user.id).if_match(props.etag.as_deref())}
            title={words.fill(texts::DELETE_TITLE, &[("name", &name)])} act={words.say(texts::DELETE_ACT)} disabled={!*is_meant}
            said={Saying::Filled(texts::DELETED_NOW, vec![("name", name.clone())])} {on_done} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::DELETE_GOES) }</p>
            <ul class="losses">
                { for goes.into_iter().filter(|(n, _)| *n > 0).map(|(n, counted)| html! { <li>{ words.count(counted, n) }</li> }) }
                if running_mailings > 0 {
                    <li>{ words.count(texts::GOES_RUNNING, running_mailings) }</li>
                }
                <li>{ words.say(texts::DELETE_KEYS) }</li>
            </ul>
            <p class="muted">{ words.say(texts::DELETE_STAYS) }</p>
            <TypeToConfirm id="confirm-email" label={words.fill(texts::DELETE_CONFIRM, &[("email", &user.email)])}
                email={user.email.clone()} {meant} />
        </ActDialog<()>>
    }
}
