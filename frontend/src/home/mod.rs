//! The start page: what Golub is, in one sentence and one picture, and the way in.

mod example;
pub mod texts;

use contract::accounts::sign_up::SignUp;
use yew::prelude::*;

use crate::client::use_loaded;
use crate::frame::LanguageButton;
use crate::frame::texts::{DARK_THEME, LIGHT_THEME};
use crate::i18n::{Text, use_words};
use crate::instance::{BrandLink, use_face};
use crate::routes::Route;
use crate::session::texts::SIGN_IN;
use crate::session::{calls, use_person};
use crate::theme::{Theme, use_theme};
use crate::ui::{Icon, IconView, Link, Notice, Tone, use_taken, use_title};
pub use example::ExampleMailing;

/// Says in the address that one has just deleted one's account.
pub const GOODBYE: &str = "goodbye";

const REASONS: [(Icon, Text, Text); 3] = [
    (Icon::CalendarEvent, texts::ON_TIME, texts::ON_TIME_TEXT),
    (Icon::EnvelopePaper, texts::ONE_EACH, texts::ONE_EACH_TEXT),
    (Icon::ListCheck, texts::PROOF, texts::PROOF_TEXT),
];

#[component]
pub fn Home() -> Html {
    let words = use_words();
    let signed_in = use_person().is_some();
    use_title(words.say(texts::HEADLINE));
    let name = use_face().name;
    let goodbye = use_taken(GOODBYE).is_some();
    let instance = use_loaded(calls::INSTANCE.call());
    let sign_up = instance.value().map(|instance| instance.sign_up);
    let (to, step) = match sign_up {
        _ if signed_in => (Route::Overview, texts::OPEN),
        Some(SignUp::Open) => (Route::SignUp, texts::GET_STARTED),
        Some(SignUp::Invited | SignUp::Closed) | None => (Route::SignIn, texts::GET_STARTED),
    };
    html! {
        <div class="home">
            <PublicHead {signed_in} />
            <main id="main">
                if goodbye {
                    <div class="goodbye"><Notice tone={Tone::Sent}>{ words.say(texts::GOODBYE) }</Notice></div>
                }
                <section class="hero">
                    <div>
                        <h1>{ words.say(texts::HEADLINE) }</h1>
                        <p class="hero-sentence">{ words.say(texts::SENTENCE) }</p>
                        <Link {to} class="button button-primary button-large">{ words.fill(step, &[("name", &name)]) }</Link>
                    </div>
                    <ExampleMailing />
                </section>
                <section class="reasons">
                    { for REASONS.iter().map(|(icon, title, text)| html! {
                        <div class="reason">
                            <IconView icon={*icon} />
                            <h2>{ words.say(*title) }</h2>
                            <p class="muted">{ words.say(*text) }</p>
                        </div>
                    }) }
                </section>
            </main>
            <footer class="home-foot muted">{ words.say(texts::FOOT) }</footer>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct PublicHeadProps {
    signed_in: bool,
}

#[component]
fn PublicHead(props: &PublicHeadProps) -> Html {
    let words = use_words();
    let (theme, switch_theme) = use_theme();
    let (theme_icon, theme_text) = match theme {
        Theme::Light => (Icon::Moon, words.say(DARK_THEME)),
        Theme::Dark => (Icon::Sun, words.say(LIGHT_THEME)),
    };
    let (to, text) = if props.signed_in {
        (Route::Overview, texts::OPEN)
    } else {
        (Route::SignIn, SIGN_IN)
    };
    let name = use_face().name;
    html! {
        <header class="public-head">
            <BrandLink to={Route::Home} size=32 />
            <nav>
                <a class="public-link" href="/api/docs">{ words.say(texts::API) }</a>
                <button type="button" class="public-link" onclick={switch_theme.reform(|_: MouseEvent| ())}
                    aria-label={theme_text.clone()} title={theme_text}><IconView icon={theme_icon} /></button>
                <LanguageButton class="public-link" />
                <Link {to} class="button">{ words.fill(text, &[("name", &name)]) }</Link>
            </nav>
        </header>
    }
}
