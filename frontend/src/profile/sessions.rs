//! The tab about sessions: where one is signed in, and how to end that.

use contract::accounts::sessions::SessionView;
use yew::prelude::*;

use super::keys::{calls, texts};
use super::tokens_stay::TokensStay;
use super::user_agent;
use crate::client::{Call, use_act, use_loaded};
use crate::i18n::{Saying, Text, use_words};
use crate::ui::{
    Button, ConfirmDialog, Icon, IconView, Pill, TimeText, Tone, skeleton, use_toasts,
};

#[derive(Clone, PartialEq)]
enum Asking {
    One(SessionView),
    Others(u64),
}

#[component]
pub fn SessionsTab() -> Html {
    let words = use_words();
    let loading = use_loaded(calls::SESSIONS.call());
    let asking = use_state(|| None::<Asking>);
    let ask = {
        let asking = asking.setter();
        Callback::from(move |what: Asking| asking.set(Some(what)))
    };
    let on_close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(None))
    };
    let session = |session: &SessionView| {
        let end = {
            let session = session.clone();
            ask.reform(move |()| Asking::One(session.clone()))
        };
        let icon = if user_agent::is_handheld(&session.user_agent) {
            Icon::Phone
        } else {
            Icon::Laptop
        };
        html! {
            <li key={session.id.to_string()} class="key">
                <span class={classes!("told-icon", if session.current { "tone-sent" } else { "tone-queued" })}><IconView {icon} /></span>
                <div class="key-words">
                    <div class="key-title">
                        <b title={session.user_agent.clone()}>{ user_agent::in_words(words, &session.user_agent) }</b>
                        if session.current {
                            <Pill tone={Tone::Sent} text={words.say(texts::THIS_ONE)} />
                        }
                    </div>
                    <span class="muted small">
                        { words.fill(texts::FROM_ADDRESS, &[("client", &session.client)]) }{ " · " }
                        { words.say(texts::SINCE) }{ " " }<TimeText at={session.created_at} />
                    </span>
                    <span class="muted small">{ words.say(texts::LAST_USED) }{ " " }<TimeText at={session.last_used_at} relative=true /></span>
                </div>
                if !session.current {
                    <Button text={words.say(texts::END)} onclick={end} />
                }
            </li>
        }
    };
    html! {
        <section class="panel narrow">
            { loading.show(skeleton(5), |answer| {
                let sessions = &answer.value;
                let others = sessions.iter().filter(|session| !session.current).count() as u64;
                let end_others = ask.reform(move |()| Asking::Others(others));
                html! {
                    <>
                        <div class="panel-head">
                            <div>
                                <h2>{ words.say(texts::SESSIONS_TITLE) }</h2>
                                <p class="muted">{ words.say(texts::SESSIONS_SENTENCE) }</p>
                            </div>
                            if others > 0 {
                                <Button icon={Icon::BoxArrowRight} text={words.say(texts::END_OTHERS)} onclick={end_others} />
                            }
                        </div>
                        <ul class="keys">{ for sessions.iter().map(session) }</ul>
                    </>
                }
            }) }
            { match (*asking).clone() {
                None => Html::default(),
                Some(Asking::One(session)) => {
                    let device = user_agent::in_words(words, &session.user_agent);
                    html! {
                        <EndDialog call={calls::END_SESSION.of(session.id)} title={words.fill(texts::END_TITLE, &[("device", &device)])}
                            act={texts::END_ACT} said={Saying::from(texts::ENDED)} done={loading.reload.clone()} {on_close} />
                    }
                }
                Some(Asking::Others(n)) => html! {
                    <EndDialog call={calls::END_OTHERS.call()} title={words.count(texts::END_OTHERS_TITLE, n)}
                        act={texts::END_OTHERS_ACT} said={Saying::from(texts::OTHERS_ENDED)} done={loading.reload.clone()} {on_close}>
                        <TokensStay />
                    </EndDialog>
                },
            } }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct EndDialogProps {
    call: Call<()>,
    title: AttrValue,
    act: Text,
    said: Saying,
    done: Callback<()>,
    on_close: Callback<()>,
    #[prop_or_default]
    children: Html,
}

#[component]
fn EndDialog(props: &EndDialogProps) -> Html {
    let words = use_words();
    let toasts = use_toasts();
    let act = use_act();
    let confirm = {
        let (act, call, said) = (act.clone(), props.call.clone(), props.said.clone());
        let (done, close) = (props.done.clone(), props.on_close.clone());
        Callback::from(move |()| {
            let (toasts, done, close) = (toasts.clone(), done.clone(), close.clone());
            let said = said.clone();
            act.run(call.clone(), move |_| {
                toasts.done(said);
                close.emit(());
                done.emit(());
            });
        })
    };
    html! {
        <ConfirmDialog title={props.title.clone()} act={words.say(props.act)} busy={act.is_busy()} failure={act.failure()}
            on_confirm={confirm} on_close={props.on_close.clone()}>
            <p>{ words.say(texts::END_BODY) }</p>
            { props.children.clone() }
        </ConfirmDialog>
    }
}
