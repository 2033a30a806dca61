//! Deleting an article: what goes with it is said before.

use contract::blog::{ArticleSource, ArticleState};
use yew::prelude::*;

use super::texts;
use crate::blog::calls;
use crate::client::use_act;
use crate::i18n::{Saying, use_words};
use crate::routes::Route;
use crate::ui::{ConfirmDialog, use_go, use_toasts};

#[derive(PartialEq, Properties)]
pub struct DeleteArticleProps {
    pub article: ArticleSource,
    pub on_close: Callback<()>,
}

#[component]
pub fn DeleteArticle(props: &DeleteArticleProps) -> Html {
    let words = use_words();
    let act = use_act();
    let toasts = use_toasts();
    let go = use_go();
    let ArticleSource {
        id,
        title,
        state,
        readings,
        ..
    } = props.article.clone();
    let on_confirm = {
        let (act, title) = (act.clone(), title.clone());
        Callback::from(move |()| {
            let (toasts, go, title) = (toasts.clone(), go.clone(), title.clone());
            act.run(calls::DELETE.of(id), move |_| {
                toasts.done(Saying::Filled(texts::DELETED, vec![("title", title)]));
                go.saved(Route::Articles);
            });
        })
    };
    let goes = match state {
        ArticleState::Draft => words.fill(texts::DELETE_DRAFT, &[("title", &title)]),
        ArticleState::Scheduled => words.fill(texts::DELETE_SCHEDULED, &[("title", &title)]),
        ArticleState::Published => words.fill(texts::DELETE_PUBLISHED, &[("title", &title)]),
    };
    html! {
        <ConfirmDialog title={words.say(texts::DELETE_TITLE)} act={words.say(texts::DELETE_ACT)} busy={act.is_busy()}
            failure={act.failure()} {on_confirm} on_close={props.on_close.clone()}>
            <p>{ goes }</p>
            if readings > 0 {
                <p>{ words.count(texts::DELETE_READINGS, readings) }</p>
            }
            <p class="muted">{ words.say(texts::DELETE_FOR_GOOD) }</p>
        </ConfirmDialog>
    }
}
