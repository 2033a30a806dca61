//! Addresses: made from titles, stable once known, and never leading astray.

use contract::blog::ArticleSource;
use contract::problem::ErrorCode;
use golub::blog::pictures::used::InBody;
use golub::blog::service;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::write;
use crate::support::cutting::{holding, meeting, read_beside};
use crate::support::{Client, TestApp};

const PAST: Option<&str> = Some("2030-04-01T06:00:00Z");

async fn changed(writer: &Client, id: i64, change: serde_json::Value) -> ArticleSource {
    writer
        .patch(&format!("blog/articles/{id}"), change)
        .await
        .json()
}

#[actix_web::test]
async fn articles_of_one_title_have_addresses_of_their_own() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    for slug in ["voda", "voda-2", "voda-3"] {
        assert_eq!(write(&emily, "Вода", None).await.slug, slug);
    }
    assert_eq!(write(&emily, "2030", None).await.slug, "article-2030");
    let taken = json!({"title": "x", "slug": "voda-2"});
    let refused = emily.post("blog/articles", taken).await;
    refused.refused(409, ErrorCode::Taken);
    assert!(!refused.problem().errors.of("slug").is_empty());
}

#[actix_web::test]
async fn the_slug_of_a_draft_follows_its_title_until_it_is_chosen_or_known() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let id = write(&emily, "Water", None).await.id;
    let article = changed(&emily, id, json!({"title": "Milk"})).await;
    assert_eq!(
        (article.slug.as_str(), article.slug_chosen),
        ("milk", false)
    );
    // A page that sends back what it shows has chosen nothing.
    let article = changed(&emily, id, json!({"slug": "milk", "body": "x"})).await;
    assert!(!article.slug_chosen);
    let article = changed(&emily, id, json!({"slug": "foam"})).await;
    assert_eq!((article.slug.as_str(), article.slug_chosen), ("foam", true));
    let article = changed(&emily, id, json!({"title": "Tea"})).await;
    assert_eq!(article.slug, "foam");
    let article = changed(&emily, id, json!({"slug": ""})).await;
    assert_eq!((article.slug.as_str(), article.slug_chosen), ("tea", false));

    assert!(!article.slug_known);

    changed(&emily, id, json!({"published_at": PAST})).await;
    let article = changed(&emily, id, json!({"title": "Coffee"})).await;
    assert_eq!((article.slug.as_str(), article.slug_known), ("tea", true));
    // Also after it is taken back: links to it may be anywhere.
    changed(&emily, id, json!({"published_at": null})).await;
    let article = changed(&emily, id, json!({"title": "Cocoa"})).await;
    assert_eq!(article.slug, "tea");
}

#[actix_web::test]
async fn an_address_that_readers_know_leads_on() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let id = write(&emily, "Water", PAST).await.id;
    changed(&emily, id, json!({"slug": "h2o"})).await;
    changed(&emily, id, json!({"slug": "aqua"})).await;
    for address in ["water", "h2o", "aqua", &id.to_string()] {
        let article = guest.get(&format!("blog/articles/{address}")).await.value();
        assert_eq!(article["slug"], "aqua", "{address}");
    }
    // Nobody else gets what leads to it, neither by hand nor by a title.
    let taken = json!({"title": "x", "slug": "h2o"});
    emily
        .post("blog/articles", taken)
        .await
        .refused(409, ErrorCode::Taken);
    assert_eq!(write(&emily, "Water", None).await.slug, "water-2");
    // It may have it back itself.
    let article = changed(&emily, id, json!({"slug": "water"})).await;
    assert_eq!(article.slug, "water");
    assert_eq!(
        guest.get("blog/articles/aqua").await.value()["slug"],
        "water"
    );

    assert_eq!(
        emily.delete(&format!("blog/articles/{id}")).await.status,
        204
    );
    guest
        .get("blog/articles/aqua")
        .await
        .refused(404, ErrorCode::NotFound);
    assert_eq!(write(&emily, "Aqua", None).await.slug, "aqua");
}

#[actix_web::test]
async fn a_draft_leaves_no_former_addresses_behind() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let id = write(&emily, "Water", None).await.id;
    changed(&emily, id, json!({"title": "Milk"})).await;
    assert_eq!(write(&emily, "Water", None).await.slug, "water");
}

#[actix_web::test]
async fn an_address_that_another_takes_at_the_same_moment_is_told_as_taken() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let now = app.app.clock.now();
    let new = |slug: &str| json!({"title": "Water", "slug": slug, "body": "x"});
    let milk = write(&emily, "Milk", PAST).await;
    for slug in ["water", "tea"] {
        let tx = app.app.database.write().await.unwrap();
        let taken = serde_json::from_value(new(slug)).unwrap();
        service::insert(&tx, emily.id, taken, &InBody::default(), now)
            .await
            .unwrap();
        let refused = if slug == "water" {
            meeting(&app, tx, emily.post("blog/articles", new(slug))).await
        } else {
            let path = format!("blog/articles/{}", milk.id);
            meeting(&app, tx, emily.patch(&path, json!({"slug": slug}))).await
        };
        refused.refused(409, ErrorCode::Taken);
        assert!(!refused.problem().errors.of("slug").is_empty());
    }
}

#[actix_web::test]
async fn who_chose_no_address_gets_another_where_somebody_takes_theirs_at_the_same_moment() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let now = app.app.clock.now();
    let draft = write(&emily, "Milk", None).await;
    let path = format!("blog/articles/{}", draft.id);
    for title in ["Water", "Tea"] {
        let new = json!({"title": title, "body": "x"});
        let tx = app.app.database.write().await.unwrap();
        let taken = serde_json::from_value(new.clone()).unwrap();
        let theirs = service::insert(&tx, emily.id, taken, &InBody::default(), now).await;
        let slug = theirs.unwrap().slug;
        let made = if title == "Water" {
            meeting(&app, tx, emily.post("blog/articles", new)).await
        } else {
            meeting(&app, tx, emily.patch(&path, json!({"title": title}))).await
        };
        let made: ArticleSource = made.json();
        assert_eq!(made.slug, format!("{slug}-2"));
    }
}

#[actix_web::test]
async fn an_address_leads_to_its_article_while_that_goes_back_to_it() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let id = write(&emily, "Water", PAST).await.id;
    changed(&emily, id, json!({"slug": "milk"})).await;
    let tx = holding(&app, "blog_former_slugs").await;
    for back in [
        "UPDATE blog_articles SET slug = 'water'",
        "UPDATE blog_former_slugs SET slug = 'milk'",
    ] {
        tx.execute_unprepared(back).await.unwrap();
    }
    let guest = app.guest();
    let article = read_beside(&app, tx, guest.get("blog/articles/water")).await;
    assert_eq!(article.value()["id"], id);
}
