//! What a link to an article shows where it is shared: title, words and picture, written into the page's head.

use std::sync::Arc;

use chrono::SecondsFormat;
use contract::blog::pictures::PictureView;

use super::answers::{Answer, Made};
use super::entity::heading::Model;
use super::pictures::Pictures;
use super::public::{self, FRESH_FOR};
use crate::app::App;
use crate::markup::escaped;
use crate::problem::ApiError;

/// What the page's process says about the path of an article.
#[derive(Clone, Debug)]
pub enum Shared {
    /// The article is at another address now.
    Moved(String),
    /// Tags for the page's head, in place of its title and description.
    Head(Arc<Answer>),
}

/// What is shown of a published article; of anything else, and while the database does not answer, nothing: the page
/// itself says so.
pub async fn of_path(app: &App, path: &str) -> Option<Shared> {
    let address = path.strip_prefix("/blog/")?;
    let address = address.trim_end_matches('/');
    // An id is no address of the page's.
    if address.contains('/') || address.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let now = app.clock.now();
    let key = format!("head/{address}");
    let made = async {
        let db = app.database.read();
        let article = public::heading(db, now, address).await?;
        let pictures = Pictures::find(db, [article.picture_id]).await?;
        let picture = pictures.of(article.picture_id, &article.picture_alt);
        let (id, version) = (article.id, article.version);
        let said = if article.slug == address {
            head(app, &article, picture)
        } else {
            format!("{MOVED}{}", article.slug)
        };
        Ok(Made::bytes(said.into_bytes(), version, now + FRESH_FOR).of_article(id))
    };
    match app.blog.answers.get(&key, now, made).await {
        Ok(answer) => Some(match answer.body.bytes.strip_prefix(MOVED.as_bytes()) {
            Some(slug) => Shared::Moved(format!("/blog/{}", String::from_utf8_lossy(slug))),
            None => Shared::Head(answer),
        }),
        Err(ApiError::NotFound) => None,
        Err(error) => {
            tracing::warn!(%error, "an article's path shows nothing of the article");
            None
        }
    }
}

/// No head begins so.
const MOVED: &str = "moved:";

fn head(app: &App, article: &Model, picture: Option<PictureView>) -> String {
    let base = app.config.http.public_url.trim_end_matches('/');
    let name = &app.config.instance.name;
    let url = format!("{base}/blog/{}", article.slug);
    let (title, summary) = (article.title.as_str(), article.shown_summary());
    let mut head = format!("<title>{} — {}</title>", escaped(title), escaped(name));
    let mut tag = |kind: &str, key: &str, value: &str| {
        if !value.is_empty() {
            head.push_str(&format!(
                "<meta {kind}=\"{key}\" content=\"{}\">",
                escaped(value)
            ));
        }
    };
    tag("name", "description", summary);
    tag("property", "og:type", "article");
    tag("property", "og:site_name", name);
    tag("property", "og:title", title);
    tag("property", "og:description", summary);
    tag("property", "og:url", &url);
    if let Some(at) = article.published_at {
        let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
        tag("property", "article:published_time", &at);
    }
    let card = match picture {
        Some(picture) => {
            tag("property", "og:image", &format!("{base}{}", picture.url));
            tag("property", "og:image:width", &picture.width.to_string());
            tag("property", "og:image:height", &picture.height.to_string());
            tag("property", "og:image:alt", &picture.alt);
            "summary_large_image"
        }
        None => "summary",
    };
    tag("name", "twitter:card", card);
    head.push_str(&format!(
        "<link rel=\"canonical\" href=\"{}\">",
        escaped(&url)
    ));
    head
}
