//! The screens around the article's form: a new one, and one that is there.

use contract::blog::{ArticleSource, ArticleState};
use contract::problem::FieldErrors;
use yew::prelude::*;

use super::delete::DeleteArticle;
use super::draft::Draft;
use super::form::ArticleForm;
use super::list::state_pill;
use super::saving::known;
use super::texts;
use crate::blog::calls;
use crate::client::use_loaded;
use crate::i18n::texts::DELETE;
use crate::i18n::{Words, use_words};
use crate::routes::Route;
use crate::ui::form::{use_form, use_form_over};
use crate::ui::time::{Form as TimeForm, now, relative, write};
use crate::ui::{
    Button, Crumb, Icon, IconView, Link, PageHead, skeleton, use_asking, use_zone, zone,
};

#[component]
pub fn NewArticleEditor() -> Html {
    let words = use_words();
    let zone = use_zone();
    let form = use_form(Draft::new(now(), &zone, zone::local), check);
    html! {
        <>
            <PageHead crumbs={vec![crumb(words)]} title={words.say(texts::NEW_TITLE)} sentence={words.say(texts::NEW_SENTENCE)} />
            <ArticleForm {form} is_new=true />
        </>
    }
}

#[derive(PartialEq, Properties)]
pub struct ArticleEditorProps {
    pub id: i64,
}

#[component]
pub fn ArticleEditor(props: &ArticleEditorProps) -> Html {
    let words = use_words();
    let zone = use_zone();
    let deleting = use_asking::<()>();
    let newest = use_loaded(calls::SOURCE.of(props.id));
    let (loading, form) = use_form_over(
        newest,
        |answer| Some(known(answer, &zone)),
        Draft::new(now(), &zone, zone::local),
        check,
    );
    loading.show(skeleton(8), |answer| {
        let article = &answer.value;
        html! {
            <>
                <PageHead crumbs={vec![crumb(words)]} title={article.title.clone()} status={state_pill(words, article.state)}
                    sentence={sentence(words, article, &zone)}>
                    if article.state == ArticleState::Published {
                        <Link to={Route::Article { slug: article.slug.clone() }} class="button">
                            <IconView icon={Icon::Eye} />{ words.say(texts::LOOK) }
                        </Link>
                    }
                    <Button icon={Icon::Trash} text={words.say(DELETE)} onclick={deleting.ask(())} />
                </PageHead>
                if form.version().is_some() {
                    <ArticleForm form={form.clone()} readings={article.readings} saved={loading.take.clone()} />
                }
                if deleting.is_open() {
                    <DeleteArticle article={article.clone()} on_close={deleting.close.clone()} />
                }
            </>
        }
    })
}

fn check(draft: &Draft) -> Result<(), FieldErrors> {
    draft.article(zone::instant).map(drop)
}

/// What matters of it now.
fn sentence(words: Words, article: &ArticleSource, zone: &str) -> AttrValue {
    let Some(at) = article.published_at else {
        return words.say(texts::DRAFT_SENTENCE);
    };
    let exact = format!("{} {zone}", write(words, at, zone, TimeForm::Full));
    match article.state {
        ArticleState::Draft => words.say(texts::DRAFT_SENTENCE),
        ArticleState::Scheduled => words.fill(
            texts::SCHEDULED_SENTENCE,
            &[("at", &exact), ("when", &relative(words, at, now()))],
        ),
        ArticleState::Published => words.fill(
            texts::PUBLISHED_SENTENCE,
            &[
                ("at", &exact),
                (
                    "readings",
                    &words.count(crate::blog::texts::READINGS, article.readings),
                ),
            ],
        ),
    }
}

fn crumb(words: Words) -> Crumb {
    Crumb {
        text: words.say(crate::blog::texts::BLOG),
        to: Route::Articles,
    }
}
