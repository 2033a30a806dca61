//! The blog as an Atom feed (RFC 4287), for those who read it elsewhere.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
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

/// An article in the feed.
struct Entry {
    id: i64,
    slug: String,
    title: String,
    summary: String,
    html: String,
    published_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

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

async fn entry(app: &App, article: Model, now: DateTime<Utc>) -> Result<Entry, ApiError> {
    let summary = article.shown_summary().to_owned();
    let Model {
        id,
        author_id: _,
        slug,
        slug_chosen: _,
        title,
        title_key: _,
        summary: _,
        excerpt: _,
        body,
        picture_id: _,
        picture_alt: _,
        published_at,
        was_public: _,
        readings: _,
        version: _,
        created_at: _,
        updated_at,
    } = article;
    let base = app.config.http.public_url.trim_end_matches('/');
    let address = Url::parse(&format!("{base}/blog/{slug}")).map_err(ApiError::ours)?;
    Ok(Entry {
        html: markdown::rendered(app, body, Place::Feed(address)).await?,
        id,
        slug,
        title,
        summary,
        published_at: published_at.unwrap_or(now),
        updated_at,
    })
}

fn feed(base: &str, name: &str, entries: &[Entry]) -> String {
    let base = escaped(base);
    let name = escaped(name);
    // An empty feed has never been updated; the format asks for an instant.
    let updated = entries
        .iter()
        .map(Entry::changed_at)
        .max()
        .unwrap_or_default();
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
        let Entry {
            id,
            slug,
            title,
            summary,
            html,
            published_at,
            updated_at: _,
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
            instant(entry.changed_at()),
            escaped(summary),
            escaped(html),
        ));
    }
    xml.push_str("</feed>\n");
    xml
}

impl Entry {
    /// For readers it is new at its publication, however long before it was written.
    fn changed_at(&self) -> DateTime<Utc> {
        self.updated_at.max(self.published_at)
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
