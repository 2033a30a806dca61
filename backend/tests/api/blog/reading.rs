//! Reading: what is published, when it is, for everyone alike.

use std::time::Duration;

use contract::blog::{ArticleCard, ArticleView};
use contract::listing::{Page, SEARCH_LIMIT};
use contract::problem::{ErrorCode, FieldCode};
use serde_json::json;

use super::{titles, write};
use crate::support::TestApp;

const PAST: Option<&str> = Some("2030-04-01T06:00:00Z");

#[actix_web::test]
async fn guests_read_what_is_published_and_nothing_else() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let draft = write(&emily, "Secret draft", None).await;
    let coming = write(&emily, "Secret plan", Some("2030-05-01T06:00:01Z")).await;
    let open = write(&emily, "Water", PAST).await;

    let listed = guest.get("blog/articles").await;
    assert_eq!(titles(&listed.value()), ["Water"]);
    let page: Page<ArticleCard> = listed.json();
    assert_eq!(
        (page.total, page.items[0].summary.as_str()),
        (1, "About Water.")
    );
    let article: ArticleView = guest.get("blog/articles/water").await.json();
    assert_eq!(
        (article.id, article.body_html.as_str()),
        (open.id, "<p>About Water.</p>\n")
    );
    for address in [
        draft.slug,
        draft.id.to_string(),
        coming.slug,
        coming.id.to_string(),
        format!("0{}", open.id),
        "nowhere".to_owned(),
        "Water".to_owned(),
    ] {
        let path = format!("blog/articles/{address}");
        guest.get(&path).await.refused(404, ErrorCode::NotFound);
        // Not by the way that readers take: a writer has another.
        emily.get(&path).await.refused(404, ErrorCode::NotFound);
    }
    for path in [
        "blog/articles?search=secret",
        "blog/articles?sort=readings&search=plan",
    ] {
        assert_eq!(guest.get(path).await.value()["total"], 0, "{path}");
    }
    for path in ["blog/articles", "blog/feed.xml", "home"] {
        assert!(!guest.get(path).await.text().contains("Secret"), "{path}");
    }
}

#[actix_web::test]
async fn a_scheduled_article_appears_at_its_instant_also_where_the_list_is_kept() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    write(&emily, "Water", Some("2030-05-01T06:00:02Z")).await;
    assert_eq!(guest.get("blog/articles").await.value()["total"], 0);
    app.pass(Duration::from_secs(1));
    assert_eq!(guest.get("blog/articles").await.value()["total"], 0);
    assert_eq!(guest.get("home").await.value()["articles"], json!([]));
    app.pass(Duration::from_secs(1));
    assert_eq!(titles(&guest.get("blog/articles").await.value()), ["Water"]);
    assert_eq!(guest.get("blog/articles/water").await.status, 200);
    assert_eq!(
        guest.get("home").await.value()["articles"][0]["title"],
        "Water"
    );
    assert!(guest.get("blog/feed.xml").await.text().contains("Water"));
}

#[actix_web::test]
async fn the_list_is_paged_sorted_and_searched() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    for (day, title) in ["Осень", "Вода", "Осенний обжар", "Молоко"]
        .iter()
        .enumerate()
    {
        let at = format!("2030-04-0{}T06:00:00Z", day + 1);
        write(&emily, title, Some(&at)).await;
    }
    let first = guest.get("blog/articles?limit=3").await.value();
    assert_eq!(titles(&first), ["Молоко", "Осенний обжар", "Вода"]);
    let next = first["next"].as_str().unwrap();
    let rest = guest
        .get(&format!("blog/articles?limit=3&after={next}"))
        .await
        .value();
    assert_eq!(
        (titles(&rest), &rest["next"]),
        (vec!["Осень"], &json!(null))
    );
    let oldest = guest
        .get("blog/articles?sort=published_at&limit=1")
        .await
        .value();
    assert_eq!(titles(&oldest), ["Осень"]);
    let found = guest
        .get("blog/articles?search=%D0%BE%D1%81%D0%B5%D0%BD")
        .await
        .value();
    assert_eq!(titles(&found), ["Осенний обжар", "Осень"]);
    guest
        .get("blog/articles?limit=0")
        .await
        .refused(422, ErrorCode::Invalid);
    guest
        .get("blog/articles?sort=title")
        .await
        .refused(422, ErrorCode::Invalid);
}

#[actix_web::test]
async fn everyone_gets_the_same_answer_with_a_tag_and_asks_again_each_time() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let anna = app.member("anna").await;
    let article = write(&emily, "Water", PAST).await;
    for path in [
        "blog/articles",
        "blog/articles/water",
        "blog/feed.xml",
        "home",
    ] {
        let read = guest.get(path).await;
        assert_eq!(read.header("cache-control"), "public, no-cache", "{path}");
        let tag = read.header("etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        let known = guest.get_known(path, &tag).await;
        assert_eq!((known.status, known.body.len()), (304, 0), "{path}");
        assert_eq!(known.header("etag"), tag);
        assert_eq!(anna.get(path).await.body, read.body, "{path}");
    }
    let tag = guest
        .get("blog/articles/water")
        .await
        .header("etag")
        .to_owned();
    let change = json!({"title": "Milk"});
    let path = format!("blog/articles/{}", article.id);
    assert_eq!(emily.patch(&path, change).await.status, 200);
    // The next read sees it, however fresh the last one was.
    let read = guest.get_known("blog/articles/water", &tag).await;
    assert_eq!(read.value()["title"], "Milk");
    assert_eq!(titles(&guest.get("blog/articles").await.value()), ["Milk"]);
    assert_eq!(emily.delete(&path).await.status, 204);
    guest
        .get("blog/articles/water")
        .await
        .refused(404, ErrorCode::NotFound);
    assert_eq!(guest.get("blog/articles").await.value()["total"], 0);
    assert_eq!(guest.get("home").await.value()["articles"], json!([]));
}

#[actix_web::test]
async fn a_search_that_nobody_else_makes_is_not_kept_and_an_endless_one_is_refused() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let asked = async |length: usize| {
        let path = format!("blog/articles?search={}", "x".repeat(length));
        let before = app.app.blog.answers.hits().hits;
        guest.get(&path).await;
        let again = guest.get(&path).await;
        (again, app.app.blog.answers.hits().hits - before)
    };
    assert_eq!(asked(100).await.1, 1);
    let (answer, hits) = asked(SEARCH_LIMIT as usize).await;
    assert_eq!((answer.status, hits), (200, 0));
    let (refused, _) = asked(SEARCH_LIMIT as usize + 1).await;
    refused.wrong_field("search", FieldCode::TooLong);
}
