//! The article beside the editor, as it will be read, and as it will be found in a list.

use contract::blog::pictures::PictureView;
use contract::blog::{ArticleCard, ArticleView};
use yew::prelude::*;

use super::draft::Draft;
use super::texts;
use crate::blog::article::ArticleHead;
use crate::blog::card::Card;
use crate::blog::{Prose, calls};
use crate::client::use_answer_after_pause;
use crate::i18n::use_words;
use crate::ui::form::Choice;
use crate::ui::time::now;
use crate::ui::{Notice, Tone, zone};

#[derive(PartialEq, Properties)]
pub struct PreviewProps {
    pub draft: Draft,
    pub readings: u64,
}

#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let words = use_words();
    let as_card = use_state(|| false);
    let Draft {
        title,
        summary,
        body,
        picture,
        picture_alt,
        ..
    } = props.draft.clone();
    let has_body = !body.trim().is_empty();
    let shown = use_answer_after_pause(has_body.then(|| calls::preview(&body)));
    let (body_html, excerpt) = match &*shown {
        Some(Ok(answer)) if has_body => (answer.value.html.clone(), answer.value.excerpt.clone()),
        _ => Default::default(),
    };
    let title = if title.trim().is_empty() {
        words.say(texts::UNTITLED).to_string()
    } else {
        title
    };
    let appears_at = props.draft.appears_at(zone::instant).ok().flatten();
    let published_at = appears_at.unwrap_or_else(now);
    let picture = picture.map(|picture| PictureView {
        alt: picture_alt,
        ..picture
    });
    let reshape = {
        let as_card = as_card.setter();
        Callback::from(move |chosen| as_card.set(chosen))
    };
    let options = vec![
        (false, "article", words.say(texts::AS_ARTICLE)),
        (true, "card", words.say(texts::AS_CARD)),
    ];
    let summary = if summary.trim().is_empty() {
        excerpt
    } else {
        summary
    };
    html! {
        <section class="panel preview article-preview" aria-label={words.say(texts::PREVIEW)}>
            <Choice<bool> label={words.say(texts::PREVIEW)} name="shape" value={*as_card} {options} change={reshape} />
            if let (true, Some(Err(error))) = (has_body, &*shown) {
                <Notice tone={Tone::Failed}>{ words.saying(&error.saying()) }</Notice>
            }
            if *as_card {
                <div class="card-preview">
                    <Card level=2 still=true article={ArticleCard {
                        id: 0, slug: String::new(), title, summary, picture, published_at, readings: props.readings,
                    }} />
                </div>
            } else {
                <div class="article-scroll" tabindex="0" role="group" aria-label={words.say(texts::AS_ARTICLE)}>
                    <ArticleHead level=2 article={ArticleView {
                        id: 0, slug: String::new(), title, summary, body_html: String::new(), picture, published_at,
                        updated_at: published_at, readings: props.readings,
                    }} />
                    if has_body {
                        <Prose html={body_html} />
                    } else {
                        <p class="muted">{ words.say(texts::PREVIEW_WAITS) }</p>
                    }
                </div>
            }
        </section>
    }
}
