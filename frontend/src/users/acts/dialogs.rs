//! Asking before a link is sent or sessions are ended. Nothing is lost by either.

use contract::accounts::users::UserDetail;
use yew::prelude::*;

use crate::i18n::{Saying, use_words};
use crate::ui::{ActDialog, Look};
use crate::users::texts::dialogs as texts;
use crate::users::{called, calls};

#[derive(PartialEq, Properties)]
pub struct AccountDialogProps {
    pub detail: UserDetail,
    pub changed: Callback<()>,
    pub on_close: Callback<()>,
}

#[component]
pub fn LinkDialog(props: &AccountDialogProps) -> Html {
    let words = use_words();
    let user = &props.detail.user;
    html! {
        <ActDialog<()> call={calls::PASSWORD_LINK.of(user.id)} title={words.fill(texts::LINK_TITLE, &[("name", &called(user))])}
            act={words.say(texts::LINK_ACT)} look={Look::Primary} said={Saying::Filled(texts::LINK_SENT, vec![("email", user.email.clone())])}
            on_done={props.changed.reform(|_| ())} on_close={props.on_close.clone()}>
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
            act={words.say(texts::SIGN_OUT_ACT)} look={Look::Primary} said={Saying::Filled(texts::SIGNED_OUT_NOW, vec![("name", name.clone())])}
            on_done={props.changed.reform(|_| ())} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::SIGN_OUT_BODY) }</p>
        </ActDialog<()>>
    }
}
