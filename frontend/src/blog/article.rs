//! One article, to be read.

use contract::blog::ArticleView;
use contract::permissions::Permission;
use yew::prelude::*;
use yew_router::prelude::*;

use super::card::Cards;
use super::prose::Prose;
use super::{calls, texts};
use crate::client::{CallError, use_loaded, use_loaded_if};
use crate::frame::{FEED, PublicFrame};
use crate::i18n::texts::EDIT;
use crate::i18n::use_words;
use crate::routes::Route;
use crate::session::{State, use_may, use_session};
use crate::ui::time::Form;
use crate::ui::{Empty, Icon, IconView, Link, TimeText, skeleton, use_title};

/// As many others are offered below.
const OTHERS: usize = 3;

#[derive(PartialEq, Properties)]
pub struct ArticlePageProps {
    pub slug: AttrValue,
}

#[component]
pub fn ArticlePage(props: &ArticlePageProps) -> Html {
    // Whoever writes the blog is no reader: the service must be told who asks, once that is known.
    let is_known = use_session().is_some_and(|session| session.state != State::Starting);
    let loading = use_loaded_if(is_known.then(|| calls::READ.of(&props.slug)));
    let gone = loading.error().is_some_and(CallError::is_not_found);
    html! {
        <PublicFrame in_blog=true>
            if gone {
                <NoSuchArticle />
            } else {
                { loading.show(skeleton(12), |answer| html! {
                    <>
                        <MovedTo asked={props.slug.clone()} slug={answer.value.slug.clone()} />
                        <Article article={answer.value.clone()} />
                        <Others beside={answer.value.id} />
                    </>
                }) }
            }
        </PublicFrame>
    }
}

#[derive(PartialEq, Properties)]
struct ArticleProps {
    article: ArticleView,
}

#[component]
fn Article(props: &ArticleProps) -> Html {
    let words = use_words();
    let ArticleView {
        id,
        title,
        body_html,
        ..
    } = &props.article;
    use_title(title.clone().into());
    let may = use_may();
    let writes = may(Permission::WriteBlog);
    html! {
        <article class="article">
            <p class="article-way">
                <Link to={Route::Blog} class="public-link"><IconView icon={Icon::ArrowLeft} />{ words.say(texts::ALL_ARTICLES) }</Link>
                if writes {
                    <Link to={Route::EditArticle { id: *id }} class="public-link"><IconView icon={Icon::Pencil} />{ words.say(EDIT) }</Link>
                }
            </p>
            <ArticleHead article={props.article.clone()} level=1 />
            <Prose html={body_html.clone()} />
            <footer class="article-foot">
                <Link to={Route::Blog} class="button"><IconView icon={Icon::ArrowLeft} />{ words.say(texts::ALL_ARTICLES) }</Link>
                <a class="button" href={FEED}><IconView icon={Icon::Rss} />{ words.say(texts::SUBSCRIBE) }</a>
            </footer>
        </article>
    }
}

#[derive(PartialEq, Properties)]
pub struct ArticleHeadProps {
    pub article: ArticleView,
    /// Of the title's heading.
    pub level: u8,
}

/// Title, date, readings and the picture above the text.
#[component]
pub fn ArticleHead(props: &ArticleHeadProps) -> Html {
    let words = use_words();
    let ArticleView {
        title,
        picture,
        published_at,
        readings,
        ..
    } = &props.article;
    let heading = format!("h{}", props.level);
    html! {
        <header class="article-head">
            <@{heading} class="article-title">{ title.clone() }</@>
            <p class="card-meta muted">
                <TimeText at={*published_at} form={Form::Words} without_zone=true />
                <span>{ words.count(texts::READINGS, *readings) }</span>
            </p>
            if let Some(picture) = picture {
                <img class="article-picture" src={picture.url.clone()} srcset={picture.srcset()} sizes="(max-width: 48rem) 92vw, 46rem"
                    alt={picture.alt.clone()} width={picture.width.to_string()} height={picture.height.to_string()} />
            }
        </header>
    }
}

#[derive(PartialEq, Properties)]
struct MovedToProps {
    asked: AttrValue,
    slug: AttrValue,
}

/// An article that was renamed is found by its old address, too; the bar shows the new one.
#[component]
fn MovedTo(props: &MovedToProps) -> Html {
    let navigator = use_navigator();
    let names = (props.asked.clone(), props.slug.clone());
    use_effect_with(names, move |(asked, slug)| {
        if let (true, Some(navigator)) = (asked != slug, navigator) {
            let slug = slug.to_string();
            navigator.replace(&Route::Article { slug });
        }
    });
    Html::default()
}

#[derive(PartialEq, Properties)]
struct OthersProps {
    beside: i64,
}

/// The newest others.
#[component]
fn Others(props: &OthersProps) -> Html {
    let words = use_words();
    let loading = use_loaded(calls::LIST.call().query("limit", OTHERS + 1));
    let page = loading.value().map(|page| page.items.clone());
    let articles = page.unwrap_or_default().into_iter();
    let articles: Vec<_> = articles
        .filter(|article| article.id != props.beside)
        .take(OTHERS)
        .collect();
    if articles.is_empty() {
        return Html::default();
    }
    html! {
        <section class="from-blog" aria-labelledby="others">
            <div class="from-blog-head"><h2 id="others">{ words.say(texts::OTHERS) }</h2></div>
            <Cards {articles} level=3 />
        </section>
    }
}

#[component]
fn NoSuchArticle() -> Html {
    let words = use_words();
    use_title(words.say(texts::NO_SUCH_ARTICLE));
    html! {
        <Empty whole_page=true icon={Icon::QuestionCircle} title={words.say(texts::NO_SUCH_ARTICLE)}
            sentence={words.say(texts::NO_SUCH_ARTICLE_TEXT)}>
            <Link to={Route::Blog} class="button">{ words.say(texts::ALL_ARTICLES) }</Link>
        </Empty>
    }
}
