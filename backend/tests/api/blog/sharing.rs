//! Shared links: what stands in the page's head for an article, and nothing for what is no article yet.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use tempfile::TempDir;

use super::write;
use crate::support::TestApp;

const INDEX: &str = "<!doctype html><html><head><title>Golub</title><meta name=\"description\" content=\"Mailings\">\
     <meta name=\"application-name\" content=\"Golub\"><script type=\"module\">start()</script></head><body></body></html>";

async fn with_page() -> (TestApp, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().to_owned();
    std::fs::write(page.join("index.html"), INDEX).unwrap();
    let app = TestApp::with(|config| {
        config.http.page = Some(page);
        config.http.public_url = "https://golub.example".to_owned();
    })
    .await;
    (app, folder)
}

#[actix_web::test]
async fn a_link_to_an_article_shows_its_title_words_and_picture() {
    let (app, _folder) = with_page().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let picture = emily.post_some_picture().await.value();
    let new = json!({
        "title": "Water \"<script>alert(1)</script>\" & milk", "summary": "Both \"><b>", "body": "x",
        "picture_id": picture["id"], "picture_alt": "A cup", "published_at": "2030-04-01T06:00:00Z", "slug": "both"
    });
    emily.post("blog/articles", new).await.value();
    let plain = guest.get("/").await;
    let page = guest.get("/blog/both").await;
    let html = page.text();
    let image = format!("https://golub.example{}", picture["url"].as_str().unwrap());
    for part in [
        "<title>Water &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot; &amp; milk — Golub</title>",
        "<meta name=\"description\" content=\"Both &quot;&gt;&lt;b&gt;\">",
        "<meta property=\"og:type\" content=\"article\">",
        "<meta property=\"og:title\" content=\"Water &quot;&lt;script&gt;",
        "<meta property=\"og:description\" content=\"Both &quot;&gt;&lt;b&gt;\">",
        "<meta property=\"og:url\" content=\"https://golub.example/blog/both\">",
        &format!("<meta property=\"og:image\" content=\"{image}\">"),
        "<meta property=\"og:image:alt\" content=\"A cup\">",
        "<meta property=\"article:published_time\" content=\"2030-04-01T06:00:00Z\">",
        "<link rel=\"canonical\" href=\"https://golub.example/blog/both\">",
        "<script type=\"module\">start()</script>",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert_eq!(html.matches("<script").count(), 1);
    assert_eq!(html.matches("<title>").count(), 1);
    assert!(!html.contains("content=\"Mailings\""));
    // The loader is let in by the same hash as everywhere.
    for name in ["content-security-policy", "content-type", "cache-control"] {
        assert_eq!(page.header(name), plain.header(name), "{name}");
    }
    let asked = TestRequest::with_uri("/blog/both/").method(Method::HEAD);
    assert_eq!(guest.send(asked).await.status, 200);
}

#[actix_web::test]
async fn what_is_no_article_yet_shows_the_page_as_it_is() {
    let (app, _folder) = with_page().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let draft = write(&emily, "Secret", None).await;
    write(&emily, "Coming", Some("2030-05-01T06:00:02Z")).await;
    let drafts = [
        "/blog/secret".to_owned(),
        format!("/blog/{}", draft.id),
        "/blog/coming".to_owned(),
        "/blog/nowhere".to_owned(),
        "/blog".to_owned(),
        "/blog/".to_owned(),
        "/blog/a/b".to_owned(),
        "/blog/%00".to_owned(),
        "/blog/%D0%B2%D0%BE%D0%B4%D0%B0".to_owned(),
        "/blog/new".to_owned(),
    ];
    for path in drafts {
        let page = guest.get(&path).await;
        assert_eq!((page.status, page.text()), (200, INDEX), "{path}");
    }
    app.pass(std::time::Duration::from_secs(2));
    assert!(guest.get("/blog/coming").await.text().contains("og:title"));
}

#[actix_web::test]
async fn a_link_to_a_former_address_leads_on() {
    let (app, _folder) = with_page().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let article = write(&emily, "Water", Some("2030-04-01T06:00:00Z")).await;
    let path = format!("blog/articles/{}", article.id);
    emily.patch(&path, json!({"slug": "aqua"})).await.value();
    let moved = guest.get("/blog/water").await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (301, "/blog/aqua")
    );
    emily
        .patch(&path, json!({"published_at": null}))
        .await
        .value();
    let hidden = guest.get("/blog/water").await;
    assert_eq!((hidden.status, hidden.text()), (200, INDEX));
}

#[actix_web::test]
async fn the_page_of_an_article_opens_also_while_the_database_is_away() {
    let (app, _folder) = with_page().await;
    write(
        &app.writer("emily").await,
        "Water",
        Some("2030-04-01T06:00:00Z"),
    )
    .await;
    let tx = app.app.database.write().await.unwrap();
    tx.execute_unprepared("ALTER TABLE blog_articles RENAME TO away")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let page = app.guest().get("/blog/water").await;
    assert_eq!((page.status, page.text()), (200, INDEX));
}
