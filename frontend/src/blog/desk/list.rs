//! The list of all articles, for those who write them.

use contract::blog::{ArticleState, ArticleTotals, SourceCard};
use yew::prelude::*;

use super::texts;
use crate::blog::{Cover, calls};
use crate::client::use_loaded;
use crate::frame::FEED;
use crate::i18n::texts::{ALL, CHANGED};
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::ui::list::{Chip, Column, ListView, use_list};
use crate::ui::{Empty, Icon, IconView, Link, OwnerName, PageHead, Pill, TimeText, Tone, use_zone};

#[component]
pub fn ArticleList() -> Html {
    let words = use_words();
    let zone = use_zone();
    let list = use_list();
    let state = list.address.filter.clone();
    let loading = use_loaded(list.page(calls::SOURCES.call()).query("state", state));
    let totals = use_loaded(calls::TOTALS.call());
    let add = html! {
        <Link to={Route::NewArticle} class="button button-primary">
            <IconView icon={Icon::Plus} />{ words.say(texts::ADD) }
        </Link>
    };
    let columns = vec![
        Column::new(texts::ARTICLE, |article: &SourceCard| {
            html! {
                <Link to={Route::EditArticle { id: article.id }} class="row-main row-article">
                    <Cover id={article.id} picture={article.picture.clone()} sizes="6rem" />
                    <div class="row-article-words"><b>{ article.title.clone() }</b><span class="clip">{ article.summary.clone() }</span></div>
                </Link>
            }
        })
        .sorts_by("title"),
        Column::new(texts::STATE, |article: &SourceCard| {
            state_pill(words, article.state)
        }),
        Column::new(texts::PUBLISHED_AT, |article: &SourceCard| match article.published_at {
            Some(at) => html! { <TimeText {at} without_zone=true /> },
            None => Html::default(),
        })
        .in_zone(zone.clone()),
        Column::new(texts::READINGS, |article: &SourceCard| {
            html! { { words.number(article.readings) } }
        })
        .sorts_by("readings")
        .figures(),
        Column::new(
            texts::AUTHOR,
            |article: &SourceCard| html! { <OwnerName owner={article.author.clone()} /> },
        ),
        Column::new(CHANGED, |article: &SourceCard| {
            html! { <TimeText at={article.updated_at} without_zone=true /> }
        })
        .sorts_by("updated_at")
        .in_zone(zone),
    ];
    let view = ListView {
        list: &list,
        loading: &loading,
        words,
        id: |article| article.id,
        name: |article| article.title.clone(),
        columns,
        search: Some(texts::SEARCH),
        chips: chips(words, totals.value()),
        beside: Html::default(),
        bulk: None,
        empty: html! {
            <Empty icon={Icon::Newspaper} title={words.say(texts::EMPTY_TITLE)} sentence={words.say(texts::EMPTY_TEXT)}>
                { add.clone() }
            </Empty>
        },
    };
    let has_nothing = list.has_nothing(&loading);
    html! {
        <>
            <PageHead title={words.say(crate::blog::texts::BLOG)} sentence={words.say(texts::SENTENCE)}>
                <Link to={Route::Blog} class="button"><IconView icon={Icon::Eye} />{ words.say(texts::LOOK_AT_BLOG) }</Link>
                <a class="button" href={FEED}><IconView icon={Icon::Rss} />{ words.say(crate::frame::texts::FEED) }</a>
                if !has_nothing {
                    { add }
                }
            </PageHead>
            { view.draw() }
        </>
    }
}

fn chips(words: Words, totals: Option<&ArticleTotals>) -> Vec<Chip> {
    let chip = |filter, text, count: fn(&ArticleTotals) -> u64| Chip {
        filter,
        text: words.say(text),
        count: totals.map(count),
    };
    vec![
        chip("", ALL, |totals| totals.all),
        chip(ArticleState::Draft.word(), texts::DRAFTS, |totals| {
            totals.drafts
        }),
        chip(ArticleState::Scheduled.word(), texts::SCHEDULED, |totals| {
            totals.scheduled
        }),
        chip(
            ArticleState::Published.word(),
            texts::PUBLISHED_ALL,
            |totals| totals.published,
        ),
    ]
}

/// Where an article stands, in a word and its colour.
pub fn state_pill(words: Words, state: ArticleState) -> Html {
    let (tone, text) = match state {
        ArticleState::Draft => (Tone::Queued, texts::DRAFT),
        ArticleState::Scheduled => (Tone::Running, texts::SCHEDULED_ONE),
        ArticleState::Published => (Tone::Sent, texts::PUBLISHED_ONE),
    };
    html! { <Pill {tone} text={words.say(text)} /> }
}
