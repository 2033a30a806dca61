//! The screen behind the link: opening it changes nothing, since mail programs and scanners open links by themselves.

use contract::unsubscribing::UnsubscribingView;
use yew::prelude::*;

use super::{calls, texts};
use crate::accounts::{Doorway, NotAsked, Taken};
use crate::client::{Operation, use_act, use_loaded_if};
use crate::i18n::{Text, Words, use_words};
use crate::ui::{Button, Look, Notice, Tone, skeleton, use_query};

#[component]
pub fn Unsubscribe() -> Html {
    let words = use_words();
    // The token stays in the address, so that the page can be read again.
    let token = use_query("token");
    let loading = use_loaded_if(token.as_ref().map(|token| calls::READ.of(token)));
    let act = use_act();
    let is_undone = use_state(|| false);
    let Some(token) = token else {
        return dead(words);
    };
    let Some(view) = loading.value() else {
        return match loading
            .error()
            .cloned()
            .map(|error| Taken::<()>::from(Err(error)))
        {
            Some(Taken::Failed(error)) => {
                html! { <NotAsked {error} again={loading.reload.clone()} /> }
            }
            Some(_) => dead(words),
            None => {
                html! { <Doorway title={words.say(texts::CHECKING)} sentence="">{ skeleton(2) }</Doorway> }
            }
        };
    };
    let run = |operation: &Operation<()>, undoes: bool| {
        let (act, is_undone, reload) = (act.clone(), is_undone.clone(), loading.reload.clone());
        let call = operation.of(&token);
        Callback::from(move |()| {
            let (is_undone, reload) = (is_undone.clone(), reload.clone());
            act.run(call.clone(), move |_| {
                is_undone.set(undoes);
                reload.emit(());
            });
        })
    };
    let said = |text: Text| {
        let UnsubscribingView {
            email_masked,
            sender_name,
            unsubscribed: _,
        } = view;
        words.fill(text, &[("sender", sender_name), ("email", email_masked)])
    };
    let busy = act.is_busy();
    let failure = act.failure().map(|error| {
        html! { <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice> }
    });
    if view.unsubscribed {
        return html! {
            <Doorway title={words.say(texts::DONE)} sentence={said(texts::DONE_SENTENCE)}>
                <p class="muted">{ words.say(texts::STAYS) }</p>
                { failure }
                <p class="doorway-step">
                    <Button text={words.say(texts::UNDO)} onclick={run(&calls::UNDO, true)} disabled={busy} />
                </p>
            </Doorway>
        };
    }
    let undone = is_undone.then(|| {
        html! { <Notice tone={Tone::Sent}>{ words.say(texts::UNDONE) }</Notice> }
    });
    html! {
        <Doorway title={words.say(texts::TITLE)} sentence={said(texts::SENTENCE)}>
            { undone }
            { failure }
            <p class="doorway-step">
                <Button look={Look::Primary} text={words.say(texts::ACT)} onclick={run(&calls::UNSUBSCRIBE, false)} disabled={busy} />
            </p>
        </Doorway>
    }
}

fn dead(words: Words) -> Html {
    html! { <Doorway title={words.say(texts::DEAD)} sentence={words.say(texts::DEAD_SENTENCE)}>{ Html::default() }</Doorway> }
}
