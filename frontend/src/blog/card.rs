//! An article as a card: its picture, its title, and how often it was read.

use contract::blog::ArticleCard;
use contract::blog::pictures::PictureView;
use yew::prelude::*;

use super::texts;
use crate::i18n::use_words;
use crate::instance::Logo;
use crate::routes::Route;
use crate::ui::time::Form;
use crate::ui::{Link, TimeText};

#[derive(PartialEq, Properties)]
pub struct CardsProps {
    pub articles: Vec<ArticleCard>,
    /// Of the titles' headings: one below that of what they stand under.
    pub level: u8,
    /// The first one is as wide as all.
    #[prop_or_default]
    pub first_wide: bool,
}

#[component]
pub fn Cards(props: &CardsProps) -> Html {
    html! {
        <div class="cards">
            { for props.articles.iter().enumerate().map(|(place, article)| html! {
                <Card key={article.id.to_string()} article={article.clone()} level={props.level}
                    wide={props.first_wide && place == 0} />
            }) }
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub struct CardProps {
    pub article: ArticleCard,
    pub level: u8,
    #[prop_or_default]
    pub wide: bool,
    /// To look at only: it is being written.
    #[prop_or_default]
    pub still: bool,
}

#[component]
pub fn Card(props: &CardProps) -> Html {
    let words = use_words();
    let ArticleCard {
        id,
        slug,
        title,
        summary,
        picture,
        published_at,
        readings,
    } = &props.article;
    let heading = format!("h{}", props.level);
    let title = if props.still {
        html! { { title.clone() } }
    } else {
        html! { <Link to={Route::Article { slug: slug.clone() }}>{ title.clone() }</Link> }
    };
    let sizes = if props.wide { WIDE_SIZES } else { CARD_SIZES };
    html! {
        <article class={classes!("panel", "card-of-article", props.wide.then_some("card-wide"))}>
            <Cover id={*id} picture={picture.clone()} {sizes} />
            <div class="card-words">
                <@{heading}>{ title }</@>
                <p class="card-summary muted">{ summary.clone() }</p>
                <p class="card-meta muted small">
                    <TimeText at={*published_at} form={Form::Words} without_zone=true />
                    <span>{ words.count(texts::READINGS, *readings) }</span>
                </p>
            </div>
        </article>
    }
}

const CARD_SIZES: &str = "(max-width: 48rem) 92vw, 22rem";
const WIDE_SIZES: &str = "(max-width: 48rem) 92vw, 42rem";

/// So many different covers there are for articles without a picture.
const COVERS: i64 = 4;

#[derive(PartialEq, Properties)]
pub struct CoverProps {
    pub id: i64,
    pub picture: Option<PictureView>,
    /// How wide it will be, for the browser to choose among its sizes.
    pub sizes: AttrValue,
}

/// The picture, cut to one shape; without one, the logo on a soft ground.
#[component]
pub fn Cover(props: &CoverProps) -> Html {
    match &props.picture {
        Some(picture) => html! {
            <div class="cover">
                <img src={picture.url.clone()} srcset={picture.srcset()} sizes={props.sizes.clone()} alt={picture.alt.clone()}
                    width={picture.width.to_string()} height={picture.height.to_string()} loading="lazy" decoding="async" />
            </div>
        },
        None => html! {
            <div class={classes!("cover", format!("cover-{}", props.id.rem_euclid(COVERS)))} aria-hidden="true"><Logo size=56 /></div>
        },
    }
}
