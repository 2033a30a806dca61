//! Deleting an article: what goes with it is said before.

use contract::blog::{ArticleSource, ArticleState};
use yew::prelude::*;

use super::texts;
use crate::blog::calls;
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::ui::{ActDialog, use_go};

#[derive(PartialEq, Properties)]
pub struct DeleteArticleProps {
    pub article: ArticleSource,
    pub on_close: Callback<()>,
}

#[component]
pub fn DeleteArticle(props: &DeleteArticleProps) -> Html {
    let words = use_words();
    let go = use_go();
    let ArticleSource {
        id,
        title,
        state,
        readings,
        ..
    } = props.article.clone();
    let on_done = Callback::from(move |_| go.saved(Route::Articles));
    let goes = match state {
        ArticleState::Draft => words.fill(texts::DELETE_DRAFT, &[("title", &title)]),
        ArticleState::Scheduled => words.fill(texts::DELETE_SCHEDULED, &[("title", &title)]),
        ArticleState::Published => words.fill(texts::DELETE_PUBLISHED, &[("title", &title)]),
    };
    html! {
        <ActDialog<()> call={calls::DELETE.of(id)} title={words.say(texts::DELETE_TITLE)} act={words.say(texts::DELETE_ACT)}
            said={Saying::Filled(texts::DELETED, vec![("title", title)])} {on_done} on_close={props.on_close.clone()}>
            <p>{ goes }</p>
            if readings > 0 {
                <p>{ words.count(texts::DELETE_READINGS, readings) }</p>
            }
            <p class="muted">{ words.say(texts::DELETE_FOR_GOOD) }</p>
        </ActDialog<()>>
    }
}
