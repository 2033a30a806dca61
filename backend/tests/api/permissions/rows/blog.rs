//! The blog and home: everyone reads, content managers and administrators write.

use serde_json::json;

use super::super::rights::{ANYBODY, WRITERS, nobody};
use super::super::stage::Thing::{Article, BlogPicture, Draft};
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    let article = json!({
        "title": "Water", "slug": "", "summary": "", "body": "Hello", "picture_id": null, "picture_alt": "",
        "published_at": null
    });
    let change = json!({"title": "Milk", "body": "x", "picture_id": null, "published_at": null});
    vec![
        row("GET /api/v1/home", ANYBODY),
        row("GET /api/v1/blog/articles", ANYBODY),
        row("GET /api/v1/blog/feed.xml", ANYBODY),
        row("GET /api/v1/blog/articles/{slug}", ANYBODY).about(Article),
        row("GET /api/v1/blog/articles/{slug}", nobody(404)).about(Draft),
        row("GET /api/v1/blog/pictures/{name}", ANYBODY).about(BlogPicture),
        row("GET /api/v1/blog/sources", WRITERS),
        row("GET /api/v1/blog/sources/totals", WRITERS),
        row("POST /api/v1/blog/articles", WRITERS).with(article),
        row("GET /api/v1/blog/articles/{slug}/source", WRITERS).about(Draft),
        row("PATCH /api/v1/blog/articles/{slug}", WRITERS)
            .about(Draft)
            .with(change),
        row("POST /api/v1/blog/articles/{slug}/publish", WRITERS).about(Draft),
        row("DELETE /api/v1/blog/articles/{slug}", WRITERS).about(Article),
        row("POST /api/v1/blog/preview", WRITERS).with(json!({"body": "Hello"})),
        row("POST /api/v1/blog/pictures", WRITERS),
    ]
}
