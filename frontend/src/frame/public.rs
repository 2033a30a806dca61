//! The frame around what anybody may see: a head with the way in, and a foot.

use yew::prelude::*;

use super::LanguageButton;
use super::texts;
use crate::i18n::use_words;
use crate::instance::BrandLink;
use crate::routes::Route;
use crate::session::texts::SIGN_IN;
use crate::session::use_person;
use crate::theme::{Theme, use_theme};
use crate::ui::{Icon, IconView, Link};

/// Where the articles can be subscribed to.
pub const FEED: &str = "/api/v1/blog/feed.xml";

#[derive(PartialEq, Properties)]
pub struct PublicFrameProps {
    /// The blog is open.
    #[prop_or_default]
    pub in_blog: bool,
    pub children: Html,
}

#[component]
pub fn PublicFrame(props: &PublicFrameProps) -> Html {
    let words = use_words();
    html! {
        <div class="public">
            <a class="skip" href="#main">{ words.say(texts::SKIP) }</a>
            <PublicHead in_blog={props.in_blog} />
            <main class="public-main" id="main" tabindex="-1">{ props.children.clone() }</main>
            <footer class="public-foot">
                <p>{ words.say(texts::FOOT) }</p>
                <nav aria-label={words.say(texts::MORE_TO_READ)}>
                    <Link to={Route::Blog} class="public-link">{ words.say(texts::BLOG) }</Link>
                    <a class="public-link" href={FEED}>{ words.say(texts::FEED) }</a>
                    <a class="public-link" href="/api/docs">{ words.say(texts::API) }</a>
                </nav>
            </footer>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct PublicHeadProps {
    in_blog: bool,
}

#[component]
fn PublicHead(props: &PublicHeadProps) -> Html {
    let words = use_words();
    let (theme, switch_theme) = use_theme();
    let (theme_icon, theme_text) = match theme {
        Theme::Light => (Icon::Moon, words.say(texts::DARK_THEME)),
        Theme::Dark => (Icon::Sun, words.say(texts::LIGHT_THEME)),
    };
    let (to, text) = if use_person().is_some() {
        (Route::Overview, words.say(texts::OVERVIEW))
    } else {
        (Route::SignIn, words.say(SIGN_IN))
    };
    html! {
        <header class="public-head">
            <BrandLink to={Route::Home} size=32 />
            <nav aria-label={words.say(texts::SITE)}>
                <Link to={Route::Blog} class="public-link" current={props.in_blog}>{ words.say(texts::BLOG) }</Link>
                <a class="public-link" href="/api/docs">{ words.say(texts::API) }</a>
                <button type="button" class="public-link" onclick={switch_theme.reform(|_: MouseEvent| ())}
                    aria-label={theme_text.clone()} title={theme_text}><IconView icon={theme_icon} /></button>
                <LanguageButton class="public-link" />
            </nav>
            <Link {to} class="button">{ text }</Link>
        </header>
    }
}
