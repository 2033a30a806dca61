//! Deleting one's account: what goes with it, one's own address typed to be sure, and goodbye.

use contract::accounts::profile::GoesWithAccount;
use yew::prelude::*;
use yew_router::prelude::*;

use super::setting::Setting;
use super::{calls, texts};
use crate::client::{use_act, use_loaded};
use crate::home::GOODBYE;
use crate::i18n::texts::CANCEL;
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::session::{use_person, use_session};
use crate::ui::form::{Bound, TextField};
use crate::ui::{Button, Dialog, Icon, Look, Notice, Tone, skeleton};

#[component]
pub fn DeletionSetting() -> Html {
    let words = use_words();
    let asking = use_state(|| false);
    let ask = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(true))
    };
    let on_close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(false))
    };
    html! {
        <Setting title={words.say(texts::DELETE_ACCOUNT)} sentence={words.say(texts::DELETE_SENTENCE)} danger=true>
            <Button icon={Icon::Trash} text={words.say(texts::DELETE_OPEN)} onclick={ask} />
            if *asking {
                <DeletionDialog {on_close} />
            }
        </Setting>
    }
}

#[derive(PartialEq, Properties)]
struct DeletionDialogProps {
    on_close: Callback<()>,
}

#[component]
fn DeletionDialog(props: &DeletionDialogProps) -> Html {
    let words = use_words();
    let session = use_session();
    let navigator = use_navigator();
    let act = use_act();
    let owns = use_loaded(calls::OWNS.call());
    let typed = use_state(String::new);
    let email = use_person()
        .map(|person| person.me.email.clone())
        .unwrap_or_default();
    let delete = {
        let act = act.clone();
        Callback::from(move |()| {
            let (session, navigator) = (session.clone(), navigator.clone());
            act.run(calls::DELETE.call(), move |_| {
                // Home first: the gate of this screen would lead to sign-in.
                if let Some(navigator) = navigator {
                    let _ = navigator.push_with_query(&Route::Home, [(GOODBYE, "1")]);
                }
                if let Some(session) = session {
                    session.leave();
                }
            });
        })
    };
    let change = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    let bound = Bound {
        name: "delete-email",
        id: "delete-email".into(),
        value: (*typed).clone().into(),
        errors: Vec::new(),
        change,
        blur: Callback::noop(),
        disabled: act.is_busy(),
    };
    let actions = html! {
        <>
            <Button text={words.say(CANCEL)} onclick={props.on_close.clone()} disabled={act.is_busy()} />
            <Button look={Look::Danger} text={words.say(texts::DELETE_ACT)} onclick={delete}
                disabled={act.is_busy() || !is_own(&typed, &email)} />
        </>
    };
    html! {
        <Dialog title={words.say(texts::DELETE_TITLE)} on_close={props.on_close.clone()} {actions}>
            { owns.show(skeleton(3), |answer| goes(words, answer.value)) }
            <TextField label={texts::TYPE_EMAIL} {bound} hint={email.clone()} />
            if let Some(error) = act.failure() {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
        </Dialog>
    }
}

fn goes(words: Words, owns: GoesWithAccount) -> Html {
    let GoesWithAccount {
        recipients,
        messages,
        mailings,
        running_mailings,
    } = owns;
    let counted = [
        (texts::GO_RECIPIENTS, recipients),
        (texts::GO_MESSAGES, messages),
        (texts::GO_MAILINGS, mailings),
    ];
    html! {
        <>
            <p>{ words.say(texts::GO_TITLE) }</p>
            <ul>
                <li>{ words.say(texts::GO_PROFILE) }</li>
                { for counted.into_iter().filter(|(_, n)| *n > 0).map(|(text, n)| html! { <li>{ words.count(text, n) }</li> }) }
            </ul>
            if running_mailings > 0 {
                <Notice tone={Tone::Failed}>{ words.count(texts::GO_RUNNING, running_mailings) }</Notice>
            }
            <p class="muted">{ words.say(texts::GO_STAYS) }</p>
        </>
    }
}

/// The domain may be written in another case, and spaces are slips.
fn is_own(typed: &str, email: &str) -> bool {
    !email.is_empty() && typed.trim().to_lowercase() == email.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ones_own_address_opens_the_way() {
        assert!(is_own(" Anna@Example.org ", "anna@example.org"));
        assert!(!is_own("", ""));
        assert!(!is_own("anna@example", "anna@example.org"));
    }
}
