//! The start page: what Golub is, in one sentence and one picture, what it does now in three figures, something to
//! read, and the way in.

pub mod calls;
mod example;
pub mod texts;

use contract::blog::ArticleCard;
use contract::home::HomeView;
use yew::prelude::*;

use crate::blog::Cards;
use crate::client::{Loading, use_loaded};
use crate::frame::PublicFrame;
use crate::i18n::{Text, Words, use_words};
use crate::instance::use_face;
use crate::routes::Route;
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
    let (to, step) = match signed_in {
        true => (Route::Overview, texts::OPEN),
        false => (Route::SignIn, texts::GET_STARTED),
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

fn figures(words: Words, home: &HomeView) -> Html {
    let HomeView {
        mailings,
        running,
        unique_recipients,
        articles: _,
    } = home;
    let figures = [
        words.count_apart(texts::MAILINGS, *mailings),
        words.count_apart(texts::RUNNING, *running),
        words.count_apart(texts::UNIQUE_RECIPIENTS, *unique_recipients),
    ];
    html! {
        <section class="home-figures" aria-label={words.say(texts::FIGURES)}>
            { for figures.into_iter().map(|(number, counted)| html! {
                <p class="panel"><b class="figures">{ number }</b><span class="muted">{ counted }</span></p>
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn figures_are_told_in_the_form_that_their_number_asks_for() {
        let russian = Words {
            language: Language::Ru,
        };
        let said = |plural, n| {
            let (number, counted) = russian.count_apart(plural, n);
            format!("{number}|{counted}")
        };
        assert_eq!(said(texts::RUNNING, 1), "1|запущена сейчас");
        assert_eq!(said(texts::MAILINGS, 3), "3|рассылки всего");
        let many = said(texts::UNIQUE_RECIPIENTS, 12_345);
        assert_eq!(many, "12\u{202f}345|уникальных получателей");
        let english = Words {
            language: Language::En,
        };
        let (_, counted) = english.count_apart(texts::MAILINGS, 1);
        assert_eq!(counted, "mailing in all");
    }
}
