//! The blog: written by some, read by everyone, and nothing of it before its time.

mod bucket;
mod feed;
mod pictures;
mod reading;
mod readings;
mod sharing;
mod slugs;
mod unused_pictures;
mod writing;

use actix_web::test::TestRequest;
use contract::blog::ArticleSource;
use contract::permissions::Role;
use serde_json::{Value, json};

use crate::support::client::Answer;
use crate::support::{Client, TestApp};

impl TestApp {
    /// A content manager.
    pub async fn writer(&self, name: &str) -> Client {
        self.person(name, Role::ContentManager).await
    }
}

/// Writes an article of this title that is published at this instant.
pub async fn write(writer: &Client, title: &str, published_at: Option<&str>) -> ArticleSource {
    let new =
        json!({"title": title, "body": format!("About {title}."), "published_at": published_at});
    writer.post("blog/articles", new).await.json()
}

pub fn titles(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| item["title"].as_str().unwrap()).collect()
}

/// Reads an article as a browser at this address does.
pub async fn visit(reader: &Client, slug: &str, address: &str, browser: &str) -> Answer {
    let request = TestRequest::get()
        .uri(&format!("/api/v1/blog/articles/{slug}"))
        .peer_addr(format!("{address}:50000").parse().unwrap())
        .insert_header(("User-Agent", browser));
    reader.send(request).await
}
