//! The blog as an Atom feed (RFC 4287), for those who read it elsewhere.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use contract::blog::ArticleView;
use url::Url;

use super::answers::{Answer, Made};
use super::entity::article::Model;
use super::markdown::{self, Place};
use super::public;
use crate::app::App;
use crate::markup::escaped;
use crate::problem::ApiError;

pub const CONTENT_TYPE: &str = "application/atom+xml; charset=utf-8";
/// Where it is read.
const PATH: &str = "/api/v1/blog/feed.xml";

/// So many articles, the latest first.
const ENTRIES: u64 = 20;

pub async fn read(app: &App) -> Result<Arc<Answer>, ApiError> {
    let now = app.clock.now();
    let made = async {
        let db = app.database.read();
        let mut entries = Vec::new();
        for article in public::latest(db, now, ENTRIES).await? {
            entries.push(entry(app, article, now).await?);
        }
        let base = app.config.http.public_url.trim_end_matches('/');
        let xml = feed(base, &app.config.instance.name, &entries);
        let until = public::fresh_until(db, now).await?;
        Ok(Made::bytes(xml.into_bytes(), 0, until))
    };
    app.blog.answers.get("feed", now, made).await
}

/// An article as it is read, with whole addresses.
async fn entry(app: &App, article: Model, now: DateTime<Utc>) -> Result<ArticleView, ApiError> {
    let base = app.config.http.public_url.trim_end_matches('/');
    let address = format!("{base}/blog/{}", article.slug);
    let address = Url::parse(&address).map_err(ApiError::ours)?;
    let html = markdown::rendered(app, article.body.clone(), Place::Feed(address)).await?;
    let published_at = article.published_at.unwrap_or(now);
    Ok(article.view(published_at, html, None))
}

fn feed(base: &str, name: &str, entries: &[ArticleView]) -> String {
    let base = escaped(base);
    let name = escaped(name);
    // An empty feed has never been updated; the format asks for an instant.
    let updated = entries.iter().map(changed_at).max().unwrap_or_default();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>{base}/blog</id>\n\
         <title>{name}</title>\n\
         <updated>{}</updated>\n\
         <author><name>{name}</name></author>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{base}/blog\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}{PATH}\"/>\n",
        instant(updated)
    );
    for entry in entries {
        let ArticleView {
            id,
            slug,
            title,
            summary,
            body_html,
            picture: _,
            published_at,
            updated_at: _,
            readings: _,
        } = entry;
        // The id stays when the address changes.
        xml.push_str(&format!(
            "<entry>\n\
             <id>{base}/api/v1/blog/articles/{id}</id>\n\
             <title>{}</title>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{base}/blog/{slug}\"/>\n\
             <published>{}</published>\n\
             <updated>{}</updated>\n\
             <summary>{}</summary>\n\
             <content type=\"html\">{}</content>\n\
             </entry>\n",
            escaped(title),
            instant(*published_at),
            instant(changed_at(entry)),
            escaped(summary),
            escaped(body_html),
        ));
    }
    xml.push_str("</feed>\n");
    xml
}

/// For readers it is new at its publication, however long before it was written.
fn changed_at(entry: &ArticleView) -> DateTime<Utc> {
    entry.updated_at.max(entry.published_at)
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
