//! Deleting one's account: what goes with it, one's own address typed to be sure, and goodbye.

use contract::accounts::profile::GoesWithAccount;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::client::use_loaded;
use crate::home::GOODBYE;
use crate::i18n::{Words, use_words};
use crate::profile::setting::Setting;
use crate::profile::{calls, texts};
use crate::routes::Route;
use crate::session::{use_person, use_session};
use crate::ui::{ActDialog, Button, Icon, Notice, Tone, TypeToConfirm, skeleton, use_asking};

#[component]
pub fn DeletionSetting() -> Html {
    let words = use_words();
    let asking = use_asking::<()>();
    html! {
        <Setting title={words.say(texts::DELETE_ACCOUNT)} sentence={words.say(texts::DELETE_SENTENCE)} danger=true>
            <Button icon={Icon::Trash} text={words.say(texts::DELETE_OPEN)} onclick={asking.ask(())} />
            if asking.is_open() {
                <DeletionDialog on_close={asking.close} />
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
    let owns = use_loaded(calls::OWNS.call());
    let is_meant = use_state_eq(|| false);
    let email = use_person()
        .map(|person| person.me.email.clone())
        .unwrap_or_default();
    let on_done = Callback::from(move |_| {
        // Home first: the gate of this screen would lead to sign-in.
        if let Some(navigator) = &navigator {
            let _ = navigator.push_with_query(&Route::Home, [(GOODBYE, "1")]);
        }
        if let Some(session) = &session {
            session.leave();
        }
    });
    let meant = {
        let is_meant = is_meant.setter();
        Callback::from(move |typed| is_meant.set(typed))
    };
    html! {
        <ActDialog<()> call={calls::DELETE.call()} title={words.say(texts::DELETE_TITLE)} act={words.say(texts::DELETE_ACT)}
            disabled={!*is_meant} {on_done} on_close={props.on_close.clone()}>
            { owns.show(skeleton(3), |answer| goes(words, answer.value)) }
            <TypeToConfirm id="delete-email" label={words.say(texts::TYPE_EMAIL)} hint={email.clone()} {email} {meant} />
        </ActDialog<()>>
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
