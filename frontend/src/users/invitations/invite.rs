//! Inviting another person.

use contract::accounts::sign_up::NewInvitation;
use contract::address::Address;
use contract::problem::FieldErrors;
use yew::prelude::*;

use super::calls;
use crate::client::use_client;
use crate::i18n::texts::CANCEL;
use crate::i18n::{Saying, use_words};
use crate::ui::form::{LanguageField, SubmitButton, TextField, use_unguarded_form};
use crate::ui::{Button, Dialog, Notice, Tone, use_toasts};
use crate::users::texts::invitations as texts;

#[derive(PartialEq, Properties)]
pub struct InviteDialogProps {
    pub done: Callback<()>,
    pub on_close: Callback<()>,
}

#[component]
pub fn InviteDialog(props: &InviteDialogProps) -> Html {
    let words = use_words();
    let client = use_client();
    let toasts = use_toasts();
    let begun = NewInvitation {
        email: String::new(),
        language: words.language,
    };
    let form = use_unguarded_form(begun, check);
    let submit = {
        let form = form.clone();
        let (done, close) = (props.done.clone(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, toasts) = (client.clone(), toasts.clone());
            let (done, close, key) = (done.clone(), close.clone(), form.key());
            form.submit(&event, move |draft| async move {
                client.call(calls::invite(&draft).once(&key)).await?;
                toasts.done(Saying::Filled(
                    texts::INVITED_NOW,
                    vec![("email", draft.email)],
                ));
                close.emit(());
                done.emit(());
                Ok(())
            });
        })
    };
    let choose = {
        let form = form.clone();
        Callback::from(move |language| {
            form.change("language", move |draft| draft.language = language)
        })
    };
    html! {
        <Dialog title={words.say(texts::INVITE_TITLE)} on_close={props.on_close.clone()}>
            <form class="form" onsubmit={submit} novalidate=true>
                <p>{ words.say(texts::INVITE_BODY) }</p>
                <TextField label={texts::EMAIL} kind="email" autofocus=true
                    bound={form.bind("email", |draft| draft.email.clone(), |draft, email| draft.email = email)} />
                <LanguageField label={words.say(texts::LANGUAGE)} value={form.draft().language} change={choose} disabled={form.is_saving()} />
                if let Some(failure) = form.failure() {
                    <Notice tone={Tone::Failed}>{ words.saying(&failure.saying()) }</Notice>
                }
                <div class="form-buttons form-buttons-end">
                    <Button text={words.say(CANCEL)} onclick={props.on_close.clone()} disabled={form.is_saving()} />
                    <SubmitButton saving={form.is_saving()} text={texts::INVITE} />
                </div>
            </form>
        </Dialog>
    }
}

fn check(invitation: &NewInvitation) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    errors.keep("email", Address::parse(&invitation.email));
    errors.finish()
}
