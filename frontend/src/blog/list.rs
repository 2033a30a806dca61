//! The blog's front page: everything that was published, the newest first.

use contract::blog::ArticleCard;
use contract::listing::Page;
use yew::prelude::*;

use super::card::Cards;
use super::{calls, texts};
use crate::client::use_loaded;
use crate::frame::{FEED, PublicFrame};
use crate::i18n::use_words;
use crate::instance::use_face;
use crate::ui::list::{List, use_list};
use crate::ui::{Button, Empty, Icon, IconView, skeleton, use_title};

/// One that is wide, and three rows of three.
const SHOWN: u32 = 10;

#[component]
pub fn BlogPage() -> Html {
    let words = use_words();
    let name = use_face().name;
    use_title(words.say(texts::BLOG));
    let list = use_list();
    let loading = use_loaded(list.page(calls::LIST.call()).query("limit", SHOWN));
    html! {
        <PublicFrame in_blog=true>
            <header ref={list.head.clone()} class="blog-head">
                <div>
                    <h1>{ words.say(texts::BLOG) }</h1>
                    <p class="muted">{ words.fill(texts::BLOG_SENTENCE, &[("name", &name)]) }</p>
                </div>
                <a class="button" href={FEED}><IconView icon={Icon::Rss} />{ words.say(texts::SUBSCRIBE) }</a>
            </header>
            { loading.show(skeleton(8), |answer| html! { <Articles page={answer.value.clone()} list={list.clone()} /> }) }
        </PublicFrame>
    }
}

#[derive(PartialEq, Properties)]
struct ArticlesProps {
    page: Page<ArticleCard>,
    list: List,
}

#[component]
fn Articles(props: &ArticlesProps) -> Html {
    let words = use_words();
    let ArticlesProps { page, list } = props;
    let on_first = list.address.page <= 1;
    if page.items.is_empty() && on_first {
        return html! {
            <Empty icon={Icon::Newspaper} title={words.say(texts::NOTHING_PUBLISHED)} sentence={words.say(texts::NOTHING_PUBLISHED_TEXT)} />
        };
    }
    let newest = {
        let list = list.clone();
        Callback::from(move |()| list.show(list.address.from_the_start()))
    };
    let older = page.next.clone().map(|next| {
        let list = list.clone();
        Callback::from(move |()| list.show(list.address.next_page(&next)))
    });
    html! {
        <>
            <Cards articles={page.items.clone()} level=2 first_wide=true />
            <nav class="blog-pages" aria-label={words.say(texts::PAGES)}>
                if !on_first {
                    <Button icon={Icon::ChevronLeft} text={words.say(texts::NEWEST)} onclick={newest} />
                }
                if let Some(older) = older {
                    <Button icon={Icon::ChevronRight} text={words.say(texts::OLDER)} onclick={older} />
                }
            </nav>
        </>
    }
}
