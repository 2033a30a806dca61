//! The start page: what Golub is, in one sentence and one picture, what it does now in three figures, something to
//! read, and the way in.

pub mod calls;
mod example;
pub mod texts;

use contract::accounts::sign_up::SignUp;
use contract::blog::ArticleCard;
use contract::home::HomeView;
use yew::prelude::*;

use crate::blog::Cards;
use crate::client::{Loading, use_loaded};
use crate::frame::PublicFrame;
use crate::i18n::{Text, use_words};
use crate::instance::use_face;
use crate::routes::Route;
use crate::session;
use crate::session::use_person;
use crate::ui::{Icon, IconView, Link, Notice, Tone, skeleton, use_every, use_taken, use_title};
pub use example::ExampleMailing;

/// Says in the address that one has just deleted one's account.
pub const GOODBYE: &str = "goodbye";

/// The service itself counts no more often.
const COUNTED_EVERY_MS: u32 = 60_000;

const REASONS: [(Icon, Text, Text); 3] = [
    (Icon::CalendarEvent, texts::ON_TIME, texts::ON_TIME_TEXT),
    (Icon::EnvelopePaper, texts::ONE_EACH, texts::ONE_EACH_TEXT),
    (Icon::ListCheck, texts::PROOF, texts::PROOF_TEXT),
];

#[component]
pub fn Home() -> Html {
    let words = use_words();
    use_title(words.say(texts::HEADLINE));
    let goodbye = use_taken(GOODBYE).is_some();
    let home = use_loaded(calls::HOME.call());
    use_every(COUNTED_EVERY_MS, true, home.reload.clone());
    let articles = use_first_articles(&home);
    html! {
        <PublicFrame>
            if goodbye {
                <div class="goodbye"><Notice tone={Tone::Sent}>{ words.say(texts::GOODBYE) }</Notice></div>
            }
            <Hero />
            { home.show(skeleton(3), |answer| html! {
                <>
                    { figures(words, &answer.value) }
                    if !articles.is_empty() {
                        <section class="from-blog" aria-labelledby="from-blog">
                            <div class="from-blog-head">
                                <h2 id="from-blog">{ words.say(texts::FROM_BLOG) }</h2>
                                <Link to={Route::Blog}>{ words.say(texts::ALL_ARTICLES) }</Link>
                            </div>
                            <Cards {articles} level=3 />
                        </section>
                    }
                </>
            }) }
            <section class="reasons" aria-label={words.say(texts::REASONS)}>
                { for REASONS.iter().map(|(icon, title, text)| html! {
                    <div class="reason">
                        <IconView icon={*icon} />
                        <h2>{ words.say(*title) }</h2>
                        <p class="muted">{ words.say(*text) }</p>
                    </div>
                }) }
            </section>
        </PublicFrame>
    }
}

#[component]
fn Hero() -> Html {
    let words = use_words();
    let signed_in = use_person().is_some();
    let name = use_face().name;
    let instance = use_loaded(session::calls::INSTANCE.call());
    let sign_up = instance.value().map(|instance| instance.sign_up);
    let (to, step) = match sign_up {
        _ if signed_in => (Route::Overview, texts::OPEN),
        Some(SignUp::Open) => (Route::SignUp, texts::GET_STARTED),
        Some(SignUp::Invited | SignUp::Closed) | None => (Route::SignIn, texts::GET_STARTED),
    };
    html! {
        <section class="hero">
            <div>
                <h1>{ words.say(texts::HEADLINE) }</h1>
                <p class="hero-sentence">{ words.say(texts::SENTENCE) }</p>
                <Link {to} class="button button-primary button-large">{ words.fill(step, &[("name", &name)]) }</Link>
            </div>
            <ExampleMailing />
        </section>
    }
}

fn figures(words: crate::i18n::Words, home: &HomeView) -> Html {
    let HomeView {
        mailings,
        running,
        unique_recipients,
        articles: _,
    } = home;
    let figures = [
        (*mailings, texts::MAILINGS),
        (*running, texts::RUNNING),
        (*unique_recipients, texts::UNIQUE_RECIPIENTS),
    ];
    html! {
        <section class="home-figures" aria-label={words.say(texts::FIGURES)}>
            { for figures.iter().map(|(count, text)| html! {
                <p class="panel"><b class="figures">{ words.number(*count) }</b><span class="muted">{ words.say(*text) }</span></p>
            }) }
        </section>
    }
}

/// The service chooses anew each time; under a reader's eyes they stay what they are.
#[hook]
fn use_first_articles(home: &Loading<HomeView>) -> Vec<ArticleCard> {
    let first = use_mut_ref(|| None::<Vec<ArticleCard>>);
    let mut first = first.borrow_mut();
    if first.is_none() {
        *first = home.value().map(|home| home.articles.clone());
    }
    first.clone().unwrap_or_default()
}
