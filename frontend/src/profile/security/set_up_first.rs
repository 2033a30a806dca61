//! The one screen of those who must turn on a second factor before anything else.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::set_up::SetUp;
use crate::i18n::use_words;
use crate::instance::Brand;
use crate::profile::texts;
use crate::session::texts::SIGN_OUT;
use crate::session::use_session;
use crate::ui::{Button, Icon, Look, use_title};

#[component]
pub fn SetUpFirst() -> Html {
    let words = use_words();
    let session = use_session();
    use_title(words.say(texts::FIRST_TITLE));
    let done = {
        let session = session.clone();
        Callback::from(move |()| {
            if let Some(session) = session.clone() {
                spawn_local(async move {
                    if session.refresh().await.is_err() {
                        session.start();
                    }
                });
            }
        })
    };
    let leave = Callback::from(move |()| {
        if let Some(session) = &session {
            session.log_out();
        }
    });
    html! {
        <main class="solo" id="main">
            <div class="set-up-alone">
                <Brand size=36 large=true />
                <h1>{ words.say(texts::FIRST_TITLE) }</h1>
                <p class="muted">{ words.say(texts::FIRST_SENTENCE) }</p>
                <section class="panel setting-body"><SetUp {done} at_once=true /></section>
                <p><Button look={Look::Quiet} icon={Icon::BoxArrowRight} text={words.say(SIGN_OUT)} onclick={leave} /></p>
            </div>
        </main>
    }
}
