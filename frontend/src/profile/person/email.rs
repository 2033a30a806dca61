//! The address one signs in with; changing it is confirmed at both addresses.

use contract::accounts::profile::EmailChangeView;
use contract::address::Address;
use contract::problem::FieldErrors;
use yew::prelude::*;

use super::PersonProps;
use crate::accounts::{MailNote, TwoAddresses};
use crate::client::{use_act, use_client, use_loaded};
use crate::i18n::texts::{CANCEL, EDIT};
use crate::i18n::use_words;
use crate::profile::setting::Setting;
use crate::profile::{calls, texts};
use crate::ui::form::{SubmitButton, TextField, use_unguarded_form};
use crate::ui::{Button, Notice, Tone, use_toasts};

#[component]
pub fn EmailSetting(props: &PersonProps) -> Html {
    let words = use_words();
    let pending = use_loaded(calls::EMAIL_CHANGE.call());
    let changing = use_state(|| false);
    let open = {
        let changing = changing.clone();
        Callback::from(move |()| changing.set(true))
    };
    let close = {
        let changing = changing.clone();
        Callback::from(move |()| changing.set(false))
    };
    let begun = {
        let (changing, reload) = (changing.clone(), pending.reload.clone());
        Callback::from(move |()| {
            changing.set(false);
            reload.emit(());
        })
    };
    html! {
        <Setting title={words.say(texts::EMAIL)} sentence={words.say(texts::EMAIL_SENTENCE)}>
            <div class="setting-value">
                <b>{ props.person.me.email.clone() }</b>
                if !*changing && pending.value().is_none() {
                    <Button text={words.say(EDIT)} onclick={open} />
                }
            </div>
            if *changing {
                <NewAddress {begun} {close} />
            } else if let Some(change) = pending.value() {
                <Pending change={change.clone()} given_up={pending.reload.clone()} />
            }
        </Setting>
    }
}

#[derive(PartialEq, Properties)]
struct NewAddressProps {
    begun: Callback<()>,
    close: Callback<()>,
}

#[component]
fn NewAddress(props: &NewAddressProps) -> Html {
    let words = use_words();
    let client = use_client();
    let form = use_unguarded_form(String::new(), check);
    let submit = {
        let (form, begun) = (form.clone(), props.begun.clone());
        Callback::from(move |event: SubmitEvent| {
            let (client, begun) = (client.clone(), begun.clone());
            form.submit(&event, move |email| async move {
                client.call(calls::change_email(email)).await?;
                begun.emit(());
                Ok(())
            });
        })
    };
    html! {
        <form class="form" onsubmit={submit} novalidate=true>
            <TextField label={texts::NEW_EMAIL} kind="email" autocomplete="email" autofocus=true hint={words.say(texts::NEW_EMAIL_HINT)}
                bound={form.bind("email", |email| email.clone(), |draft, email| *draft = email)} />
            if let Some(error) = form.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
            <div class="form-buttons">
                <SubmitButton saving={form.is_saving()} text={texts::SEND_LETTERS} saving_text={texts::SENDING} />
                <Button text={words.say(CANCEL)} onclick={props.close.clone()} />
            </div>
        </form>
    }
}

#[derive(PartialEq, Properties)]
struct PendingProps {
    change: EmailChangeView,
    given_up: Callback<()>,
}

#[component]
fn Pending(props: &PendingProps) -> Html {
    let words = use_words();
    let act = use_act();
    let toasts = use_toasts();
    let give_up = {
        let (act, given_up) = (act.clone(), props.given_up.clone());
        Callback::from(move |()| {
            let (toasts, given_up) = (toasts.clone(), given_up.clone());
            act.run(calls::GIVE_UP_EMAIL.call(), move |_| {
                toasts.done(texts::EMAIL_GIVEN_UP);
                given_up.emit(());
            });
        })
    };
    html! {
        <>
            <p class="muted">{ words.say(texts::EMAIL_PENDING) }</p>
            <TwoAddresses change={props.change.clone()} />
            <MailNote />
            <Button text={words.say(texts::GIVE_UP_EMAIL)} onclick={give_up} disabled={act.is_busy()} />
            if let Some(error) = act.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
        </>
    }
}

#[expect(clippy::ptr_arg, reason = "a form's check takes its draft as it is")]
fn check(email: &String) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    errors.keep("email", Address::parse(email));
    errors.finish()
}
