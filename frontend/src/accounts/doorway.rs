//! The look of a screen before one is signed in: what it is for, one form, and the language.

use yew::prelude::*;

use crate::frame::LanguageButton;
use crate::frame::texts::{DARK_THEME, LIGHT_THEME};
use crate::i18n::use_words;
use crate::instance::BrandLink;
use crate::routes::Route;
use crate::session::texts::BACK_HOME;
use crate::theme::{Theme, use_theme};
use crate::ui::{Icon, IconView, Link, use_title};

#[derive(PartialEq, Properties)]
pub struct DoorwayProps {
    pub title: AttrValue,
    pub sentence: AttrValue,
    /// Stands beside the form where there is room: what one gets.
    #[prop_or_default]
    pub beside: Option<Html>,
    pub children: Html,
}

#[component]
pub fn Doorway(props: &DoorwayProps) -> Html {
    let words = use_words();
    let (theme, switch_theme) = use_theme();
    use_title(props.title.clone());
    let (theme_icon, theme_text) = match theme {
        Theme::Light => (Icon::Moon, words.say(DARK_THEME)),
        Theme::Dark => (Icon::Sun, words.say(LIGHT_THEME)),
    };
    let class = classes!(
        "doorway",
        props.beside.is_some().then_some("doorway-with-beside")
    );
    html! {
        <div {class}>
            <main class="doorway-main" id="main">
                <div class="doorway-column">
                    <BrandLink to={Route::Home} size=36 large=true />
                    <h1>{ props.title.clone() }</h1>
                    <p class="muted">{ props.sentence.clone() }</p>
                    { props.children.clone() }
                </div>
                <footer class="doorway-foot">
                    <Link to={Route::Home} class="public-link">{ words.say(BACK_HOME) }</Link>
                    <span>
                        <button type="button" class="public-link" onclick={switch_theme.reform(|_: MouseEvent| ())}
                            aria-label={theme_text.clone()} title={theme_text}><IconView icon={theme_icon} /></button>
                        <LanguageButton class="public-link" />
                    </span>
                </footer>
            </main>
            if let Some(beside) = &props.beside {
                <aside class="doorway-beside">{ beside.clone() }</aside>
            }
        </div>
    }
}
