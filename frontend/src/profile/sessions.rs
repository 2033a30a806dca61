//! The tab about sessions: where one is signed in, and how to end that.

mod calls;
mod texts;
mod user_agent;

use contract::accounts::sessions::SessionView;
use yew::prelude::*;

use super::api_tokens::TokensStay;
use crate::client::use_loaded;
use crate::i18n::{Saying, use_words};
use crate::ui::{ActDialog, Button, Icon, IconView, Pill, TimeText, Tone, skeleton, use_asking};

#[derive(Clone, PartialEq)]
enum Asking {
    One(SessionView),
    Others(u64),
}

#[component]
pub fn SessionsTab() -> Html {
    let words = use_words();
    let loading = use_loaded(calls::LIST.call());
    let asking = use_asking::<Asking>();
    let on_done = loading.reload.reform(|_| ());
    let session = |session: &SessionView| {
        let end = asking.ask(Asking::One(session.clone()));
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
                let end_others = asking.ask(Asking::Others(others));
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
            { match asking.now {
                None => Html::default(),
                Some(Asking::One(session)) => {
                    let device = user_agent::in_words(words, &session.user_agent);
                    html! {
                        <ActDialog<()> call={calls::END.of(session.id)} title={words.fill(texts::END_TITLE, &[("device", &device)])}
                            act={words.say(texts::END_ACT)} said={Saying::from(texts::ENDED)} {on_done} on_close={asking.close}>
                            <p>{ words.say(texts::END_BODY) }</p>
                        </ActDialog<()>>
                    }
                }
                Some(Asking::Others(n)) => html! {
                    <ActDialog<()> call={calls::END_OTHERS.call()} title={words.count(texts::END_OTHERS_TITLE, n)}
                        act={words.say(texts::END_OTHERS_ACT)} said={Saying::from(texts::OTHERS_ENDED)} {on_done} on_close={asking.close}>
                        <p>{ words.say(texts::END_BODY) }</p>
                        <TokensStay />
                    </ActDialog<()>>
                },
            } }
        </section>
    }
}
