//! Blocking somebody, which takes a reason, and letting them in again.

use contract::accounts::users::{NewBlock, UserDetail};
use yew::prelude::*;

use super::dialogs::AccountDialogProps;
use crate::i18n::{Saying, Text, use_words};
use crate::ui::form::{TextField, use_unguarded_form};
use crate::ui::{ActDialog, Look};
use crate::users::texts::dialogs as texts;
use crate::users::{called, calls};

const SUGGESTED: [Text; 6] = [
    texts::REASON_SPAM,
    texts::REASON_COMPLAINTS,
    texts::REASON_BOUNCES,
    texts::REASON_FRAUD,
    texts::REASON_TAKEN_OVER,
    texts::REASON_LEFT,
];

#[component]
pub fn BlockDialog(props: &AccountDialogProps) -> Html {
    let words = use_words();
    let begun = NewBlock {
        reason: String::new(),
    };
    let form = use_unguarded_form(begun, |block| block.check().map(drop));
    let name = called(&props.detail.user);
    let ready = {
        let form = form.clone();
        Callback::from(move |()| form.is_valid())
    };
    let suggestion = |text: Text| {
        let reason = words.say(text);
        let take = {
            let (form, reason) = (form.clone(), reason.clone());
            Callback::from(move |_: MouseEvent| {
                let reason = reason.to_string();
                form.change("reason", move |block| block.reason = reason);
            })
        };
        let on = form.draft().reason == *reason;
        html! { <button type="button" class="chip chip-wraps" aria-pressed={on.to_string()} onclick={take}>{ reason }</button> }
    };
    let running = props.detail.owns.running_mailings;
    html! {
        <ActDialog<UserDetail> call={calls::block(props.detail.user.id, form.draft())}
            title={words.fill(texts::BLOCK_TITLE, &[("name", &name)])} act={words.say(texts::BLOCK_ACT)} {ready}
            said={Saying::Filled(texts::BLOCKED_NOW, vec![("name", name.clone())])}
            on_done={props.changed.reform(|_| ())} on_close={props.on_close.clone()}>
            <ul class="losses">
                <li>{ words.say(texts::BLOCK_OUT) }</li>
                if running > 0 {
                    <li>{ words.count(texts::BLOCK_RUNNING, running) }</li>
                }
                <li>{ words.say(texts::BLOCK_MAILINGS) }</li>
                <li>{ words.say(texts::BLOCK_TOLD) }</li>
                <li>{ words.say(texts::BLOCK_STAYS) }</li>
            </ul>
            // A form, so that the focus goes to what is missing.
            <form class="form" novalidate=true onsubmit={|event: SubmitEvent| event.prevent_default()}>
                <TextField label={texts::BLOCK_REASON} rows=2 autofocus=true hint={words.say(texts::BLOCK_REASON_HINT)}
                    bound={form.bind("reason", |block| block.reason.clone(), |block, reason| block.reason = reason)} />
                <div class="chips" role="group" aria-label={words.say(texts::SUGGESTIONS)}>{ for SUGGESTED.into_iter().map(suggestion) }</div>
            </form>
        </ActDialog<UserDetail>>
    }
}

#[component]
pub fn UnblockDialog(props: &AccountDialogProps) -> Html {
    let words = use_words();
    let name = called(&props.detail.user);
    html! {
        <ActDialog<UserDetail> call={calls::UNBLOCK.of(props.detail.user.id)}
            title={words.fill(texts::UNBLOCK_TITLE, &[("name", &name)])} act={words.say(texts::UNBLOCK)}
            said={Saying::Filled(texts::UNBLOCKED_NOW, vec![("name", name.clone())])}
            look={Look::Primary} on_done={props.changed.reform(|_| ())} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::UNBLOCK_BODY) }</p>
        </ActDialog<UserDetail>>
    }
}
