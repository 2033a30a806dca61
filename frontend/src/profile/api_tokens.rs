//! The tab about API tokens: keys for programs, each with as little as it needs.

mod calls;
mod expiry;
mod make;
mod scopes;
mod texts;
mod tokens_stay;

use contract::accounts::api_tokens::ApiTokenView;
use yew::prelude::*;

use crate::client::use_loaded;
use crate::i18n::{Saying, Words, use_words};
use crate::ui::time::now;
use crate::ui::{ActDialog, Button, Empty, Icon, IconView, Look, TimeText, skeleton, use_asking};
use make::MakeToken;
pub use tokens_stay::TokensStay;

#[derive(Clone, PartialEq)]
enum Asking {
    Make,
    Delete(ApiTokenView),
}

#[component]
pub fn ApiTokensTab() -> Html {
    let words = use_words();
    let loading = use_loaded(calls::LIST.call());
    let asking = use_asking::<Asking>();
    let make = asking.ask(Asking::Make);
    let new_token = html! { <Button look={Look::Primary} icon={Icon::Plus} text={words.say(texts::NEW_TOKEN)} onclick={make} /> };
    let token = |token: &ApiTokenView| {
        let delete = asking.ask(Asking::Delete(token.clone()));
        let expired = token.expires_at.is_some_and(|at| at <= now());
        let ending = html! { <code>{ format!("…{}", token.ending) }</code> };
        html! {
            <li key={token.id.to_string()} class="key">
                <span class={classes!("told-icon", if expired { "tone-failed" } else { "tone-queued" })}><IconView icon={Icon::Key} /></span>
                <div class="key-words">
                    <div class="key-title"><b>{ token.name.clone() }</b><span class="muted small">{ ending }</span></div>
                    <span class="scopes">
                        { for token.scopes.iter().map(|scope| html! { <span class="tag">{ words.say(scopes::name(*scope)) }</span> }) }
                    </span>
                    <span class="muted small">{ used(words, token) }{ " · " }{ holds(words, token, expired) }</span>
                </div>
                <Button icon={Icon::Trash} text={words.say(crate::i18n::texts::DELETE)} onclick={delete} />
            </li>
        }
    };
    html! {
        <section class="panel narrow">
            { loading.show(skeleton(5), |answer| {
                let tokens = &answer.value;
                if tokens.is_empty() {
                    return html! {
                        <Empty icon={Icon::Key} title={words.say(texts::TOKENS_EMPTY)} sentence={words.say(texts::TOKENS_EMPTY_SENTENCE)}>
                            { new_token.clone() }
                        </Empty>
                    };
                }
                html! {
                    <>
                        <div class="panel-head">
                            <div>
                                <h2>{ words.say(texts::TOKENS_TITLE) }</h2>
                                <p class="muted">
                                    { words.say(texts::TOKENS_SENTENCE) }{ " " }
                                    <a href="/api/docs" target="_blank" rel="noopener">{ words.say(texts::API_DOCS) }</a>
                                </p>
                            </div>
                            { new_token.clone() }
                        </div>
                        <ul class="keys">{ for tokens.iter().map(token) }</ul>
                    </>
                }
            }) }
            { match asking.now {
                None => Html::default(),
                Some(Asking::Make) => html! { <MakeToken done={loading.reload.clone()} on_close={asking.close} /> },
                Some(Asking::Delete(ApiTokenView { id, name, .. })) => html! {
                    <ActDialog<()> call={calls::DELETE.of(id)} title={words.fill(texts::DELETE_TITLE, &[("name", &name)])}
                        act={words.say(texts::DELETE_ACT)} said={Saying::Filled(texts::DELETED, vec![("name", name)])}
                        on_done={loading.reload.reform(|_| ())} on_close={asking.close}>
                        <p>{ words.say(texts::DELETE_BODY) }</p>
                    </ActDialog<()>>
                },
            } }
        </section>
    }
}

fn used(words: Words, token: &ApiTokenView) -> Html {
    match token.last_used_at {
        Some(at) => {
            html! { <>{ words.say(texts::USED) }{ " " }<TimeText {at} relative=true /></> }
        }
        None => html! { { words.say(texts::NEVER_USED) } },
    }
}

fn holds(words: Words, token: &ApiTokenView, expired: bool) -> Html {
    match token.expires_at {
        Some(_) if expired => {
            html! { <b class="tone-failed mark">{ words.say(texts::HAS_EXPIRED) }</b> }
        }
        Some(at) => html! { <>{ words.say(texts::EXPIRES) }{ " " }<TimeText {at} /></> },
        None => html! { { words.say(texts::HOLDS_FOREVER) } },
    }
}
