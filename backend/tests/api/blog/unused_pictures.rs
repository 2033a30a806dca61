//! Pictures that nothing shows go, and none that something shows; whatever is cut off.

use std::time::Duration;

use contract::problem::FieldCode;
use golub::blog::entity::{article, picture};
use golub::blog::pictures::used::InBody;
use golub::blog::service;
use golub::chores;
use golub::files::entity as loose;
use image::ImageFormat;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::pictures::{files, given};
use crate::support::TestApp;
use crate::support::cutting::{cut_off, meeting};
use crate::support::pictures::quarters;

const DAY: Duration = Duration::from_secs(24 * 3600);
const HOUR: Duration = Duration::from_secs(3600);

async fn count<E: EntityTrait>(app: &TestApp, _of: E) -> u64
where
    E::Model: Sync,
{
    E::find().count(app.app.database.read()).await.unwrap()
}

#[actix_web::test]
async fn what_no_article_shows_goes_after_a_day_and_what_one_shows_stays() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let unused = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    let used = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    let swapped = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    let new =
        json!({"title": "Water", "body": format!("![x]({})", used.url), "picture_id": swapped.id});
    let id = emily.post("blog/articles", new).await.id();
    app.pass(DAY);
    chores::tidy(&app.app).await;
    assert_eq!(guest.get(&unused.url).await.status, 404);
    for kept in [&used, &swapped] {
        assert_eq!(guest.get(&kept.url).await.status, 200);
    }
    // Taken out of the article, it may come back for a day.
    let path = format!("blog/articles/{id}");
    emily
        .patch(&path, json!({"picture_id": null}))
        .await
        .value();
    app.pass(DAY / 2);
    emily
        .patch(&path, json!({"picture_id": swapped.id}))
        .await
        .value();
    app.pass(DAY);
    chores::tidy(&app.app).await;
    assert_eq!(guest.get(&swapped.url).await.status, 200);
    emily
        .patch(&path, json!({"picture_id": null}))
        .await
        .value();
    app.pass(DAY);
    chores::tidy(&app.app).await;
    assert_eq!(guest.get(&swapped.url).await.status, 404);
    assert_eq!(guest.get(&used.url).await.status, 200);
}

#[actix_web::test]
async fn a_deleted_article_takes_its_pictures_along_but_none_that_another_shows() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let own = given(&emily, quarters(1000, 9, ImageFormat::Png)).await;
    let shared = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    let body = format!("![x]({})", shared.url);
    let new = json!({"title": "Water", "body": body, "picture_id": own.id});
    let id = emily.post("blog/articles", new).await.id();
    let other = json!({"title": "Milk", "body": body});
    emily.post("blog/articles", other).await.value();
    assert_eq!(
        emily.delete(&format!("blog/articles/{id}")).await.status,
        204
    );
    for size in &own.sizes {
        assert_eq!(guest.get(&size.url).await.status, 404);
    }
    assert_eq!(guest.get(&shared.url).await.status, 200);
    assert_eq!(files(&app).len(), 1);
}

#[actix_web::test]
async fn the_files_of_a_deleted_article_go_wherever_its_deletion_is_cut_off() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    for steps in 1.. {
        app.pass(HOUR);
        let picture = given(&emily, quarters(1600, 9, ImageFormat::Png)).await;
        let new = json!({"title": "Water", "body": "x", "picture_id": picture.id});
        let path = format!(
            "blog/articles/{}",
            emily.post("blog/articles", new).await.id()
        );
        let answer = cut_off(emily.delete(&path), steps).await;
        chores::tidy(&app.app).await;
        let is_gone = count(&app, article::Entity).await == 0;
        assert_eq!(files(&app).len(), if is_gone { 0 } else { 3 });
        assert_eq!(count(&app, loose::Entity).await, 0);
        if answer.is_some() {
            assert!(is_gone);
            break;
        }
        if !is_gone {
            emily.delete(&path).await;
        }
    }
}

#[actix_web::test]
async fn the_files_of_a_picture_go_wherever_its_upload_is_cut_off() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    for steps in 1.. {
        let answer = cut_off(emily.post_some_picture(), steps).await;
        app.pass(HOUR);
        chores::tidy(&app.app).await;
        let rows = count(&app, picture::Entity).await;
        assert_eq!(files(&app).len() as u64, rows);
        assert_eq!(count(&app, loose::Entity).await, 0);
        if let Some(answer) = answer {
            assert_eq!(rows, 1);
            let url = answer.value()["url"].as_str().unwrap().to_owned();
            assert_eq!(emily.get(&url).await.status, 200);
            break;
        }
        app.pass(DAY);
        chores::tidy(&app.app).await;
        assert!(files(&app).is_empty());
    }
}

#[actix_web::test]
async fn a_file_that_cannot_be_removed_is_tried_again_and_holds_no_other_up() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let stuck = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    // A folder in its place is no file that could be removed.
    let file = files(&app).remove(0);
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    app.pass(DAY);
    chores::tidy(&app.app).await;
    assert_eq!(files(&app), std::slice::from_ref(&file));
    assert_eq!(count(&app, picture::Entity).await, 0);
    std::fs::remove_dir(&file).unwrap();
    std::fs::write(&file, "x").unwrap();
    assert_eq!(emily.get(&stuck.url).await.status, 200);
    app.pass(HOUR);
    chores::tidy(&app.app).await;
    assert_eq!(emily.get(&stuck.url).await.status, 404);
    assert_eq!(count(&app, loose::Entity).await, 0);
}

#[actix_web::test]
async fn a_picture_stays_however_its_article_shows_it() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let mut shown = Vec::new();
    for body in [
        "![x]({escaped})",
        "![x][picture]\n\n[picture]: {escaped}",
        "<img src='{entities}' alt='x'>",
        "![x](<{url}> \"A title\")",
    ] {
        let picture = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
        let body = body
            .replace(
                "{escaped}",
                &picture.url.replace('-', "\\-").replace('_', "\\_"),
            )
            .replace("{entities}", &picture.url.replace('/', "&#47;"))
            .replace("{url}", &picture.url);
        let new = json!({"title": "Water", "body": body});
        let id = emily.post("blog/articles", new).await.id();
        shown.push((picture, id));
    }
    app.pass(DAY * 2);
    chores::tidy(&app.app).await;
    for (picture, id) in &shown {
        assert_eq!(emily.get(&picture.url).await.status, 200);
        // A change of something else changes nothing about that.
        let path = format!("blog/articles/{id}");
        emily.patch(&path, json!({"title": "Milk"})).await.value();
    }
    app.pass(DAY * 2);
    chores::tidy(&app.app).await;
    for (picture, id) in &shown {
        assert_eq!(emily.get(&picture.url).await.status, 200);
        let path = format!("blog/articles/{id}");
        emily.patch(&path, json!({"body": "Nothing"})).await.value();
    }
    app.pass(DAY);
    chores::tidy(&app.app).await;
    assert!(files(&app).is_empty());
}

#[actix_web::test]
async fn a_picture_both_above_and_in_an_article_stays_as_long_as_it_is_in_one_place() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let picture = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    let body = format!("![x]({})", picture.url);
    let new = json!({"title": "Water", "body": body, "picture_id": picture.id});
    let path = format!(
        "blog/articles/{}",
        emily.post("blog/articles", new).await.id()
    );
    for change in [
        json!({"picture_id": null}),
        json!({"picture_id": picture.id}),
        json!({"body": "Nothing"}),
    ] {
        emily.patch(&path, change).await.value();
        app.pass(DAY * 2);
        chores::tidy(&app.app).await;
        assert_eq!(emily.get(&picture.url).await.status, 200);
    }
}

#[actix_web::test]
async fn a_picture_that_another_article_takes_at_the_same_moment_stays() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let picture = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    let article = |title: &str| json!({"title": title, "body": "x", "picture_id": picture.id});
    let id = emily.post("blog/articles", article("Water")).await.id();
    let tx = app.app.database.write().await.unwrap();
    let new = serde_json::from_value(article("Milk")).unwrap();
    let now = app.app.clock.now();
    service::insert(&tx, emily.id, new, &InBody::default(), now)
        .await
        .unwrap();
    let path = format!("blog/articles/{id}");
    let deleted = meeting(&app, tx, emily.delete(&path)).await;
    assert_eq!(deleted.status, 204, "{}", deleted.text());
    assert_eq!(emily.get(&picture.url).await.status, 200);
    assert_eq!(count(&app, picture::Entity).await, 1);
}

#[actix_web::test]
async fn a_picture_that_goes_at_the_same_moment_is_no_picture_of_the_blog() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let picture = given(&emily, quarters(16, 9, ImageFormat::Png)).await;
    let tx = app.app.database.write().await.unwrap();
    picture::Entity::delete_by_id(picture.id)
        .exec(&tx)
        .await
        .unwrap();
    let new = json!({"title": "Water", "body": "x", "picture_id": picture.id});
    let refused = meeting(&app, tx, emily.post("blog/articles", new)).await;
    refused.wrong_field("picture_id", FieldCode::UnknownReference);
}
