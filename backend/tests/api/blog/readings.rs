//! Readings: each visitor once an hour, whatever process they come to, and through a restart.

use std::time::Duration;

use contract::permissions::Role;
use golub::blog::entity::{article, visit, visit_secret};
use sea_orm::{EntityTrait, PaginatorTrait};

use super::{visit as read, write};
use crate::support::{Client, TestApp};

const PAST: Option<&str> = Some("2030-04-01T06:00:00Z");
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const OPERA: &str = "Opera/9.80";

/// Writes what is noted, and tells how often the article was read.
async fn readings(app: &TestApp) -> i64 {
    app.app.blog.readings.flush(&app.app).await.unwrap();
    let articles = article::Entity::find().all(app.app.database.read()).await;
    articles.unwrap()[0].readings
}

async fn with_article() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    write(&emily, "Water", PAST).await;
    (app, emily)
}

#[actix_web::test]
async fn a_visitor_counts_once_an_hour() {
    let (app, _) = with_article().await;
    let guest = app.guest();
    for _ in 0..3 {
        assert_eq!(
            read(&guest, "water", "203.0.113.7", FIREFOX).await.status,
            200
        );
    }
    assert_eq!(readings(&app).await, 1);
    read(&guest, "water", "203.0.113.7", FIREFOX).await;
    read(&guest, "water", "203.0.113.7", OPERA).await;
    read(&guest, "water", "203.0.113.8", FIREFOX).await;
    assert_eq!(readings(&app).await, 3);
    app.pass(Duration::from_secs(3600));
    read(&guest, "water", "203.0.113.7", FIREFOX).await;
    assert_eq!(readings(&app).await, 4);
    // What is shown may be some seconds old.
    app.pass(Duration::from_secs(5));
    let shown = read(&guest, "water", "203.0.113.7", FIREFOX).await;
    assert_eq!(shown.value()["readings"], 4);
}

#[actix_web::test]
async fn an_answer_304_is_a_reading_too() {
    let (app, _) = with_article().await;
    let guest = app.guest();
    let tag = guest
        .get("blog/articles/water")
        .await
        .header("etag")
        .to_owned();
    let request = actix_web::test::TestRequest::get()
        .uri("/api/v1/blog/articles/water")
        .insert_header(("User-Agent", FIREFOX))
        .insert_header(("If-None-Match", tag));
    assert_eq!(guest.send(request).await.status, 304);
    assert_eq!(readings(&app).await, 1);
}

#[actix_web::test]
async fn writers_machines_and_failed_reads_do_not_count() {
    let (app, emily) = with_article().await;
    let guest = app.guest();
    let admin = app.admin("adam").await;
    for person in [&emily, &admin] {
        assert_eq!(
            read(person, "water", "203.0.113.7", FIREFOX).await.status,
            200
        );
    }
    read(&guest, "water", "203.0.113.7", "").await;
    read(
        &guest,
        "water",
        "203.0.113.7",
        "Mozilla/5.0 (compatible; Googlebot/2.1)",
    )
    .await;
    assert_eq!(
        read(&guest, "milk", "203.0.113.7", FIREFOX).await.status,
        404
    );
    assert_eq!(readings(&app).await, 0);
    for role in [Role::User, Role::Manager] {
        let person = app.person(role.word(), role).await;
        let address = format!("203.0.113.{}", person.id);
        read(&person, "water", &address, FIREFOX).await;
    }
    assert_eq!(readings(&app).await, 2);
}

#[actix_web::test]
async fn readings_through_a_stop_and_at_several_processes_add_up() {
    let (app, _) = with_article().await;
    let other = app.another_process().await;
    read(&app.guest(), "water", "203.0.113.7", FIREFOX).await;
    read(&app.guest(), "water", "203.0.113.8", FIREFOX).await;
    read(&other.guest(), "water", "203.0.113.8", FIREFOX).await;
    read(&other.guest(), "water", "203.0.113.9", FIREFOX).await;
    // As at SIGTERM.
    app.app.finish(Duration::from_secs(60)).await;
    other.app.finish(Duration::from_secs(60)).await;
    assert_eq!(readings(&app).await, 3);

    let restarted = app.another_process().await;
    for address in ["203.0.113.7", "203.0.113.9", "203.0.113.10"] {
        read(&restarted.guest(), "water", address, FIREFOX).await;
    }
    assert_eq!(readings(&restarted).await, 4);
}

#[actix_web::test]
async fn who_read_what_is_forgotten_within_hours_and_the_secret_with_the_day() {
    let (app, _) = with_article().await;
    let db = app.app.database.read();
    let kept = async || {
        app.app.blog.readings.flush(&app.app).await.unwrap();
        let visits = visit::Entity::find().count(db).await.unwrap();
        let secrets = visit_secret::Entity::find().all(db).await.unwrap();
        (visits, secrets)
    };
    read(&app.guest(), "water", "203.0.113.7", FIREFOX).await;
    let (visits, first) = kept().await;
    assert_eq!((visits, first.len()), (1, 1));
    app.pass(Duration::from_secs(3600));
    assert_eq!(kept().await, (1, first.clone()));
    app.pass(Duration::from_secs(3600));
    assert_eq!(kept().await, (0, first.clone()));
    app.pass(Duration::from_secs(24 * 3600));
    read(&app.guest(), "water", "203.0.113.7", FIREFOX).await;
    let (visits, second) = kept().await;
    assert_eq!((visits, second.len()), (1, 1));
    assert_ne!(first, second);
    // Nothing tells who it was.
    let visit = visit::Entity::find().one(db).await.unwrap().unwrap();
    assert!(!format!("{visit:?}").contains("203.0.113"));
    assert_eq!(readings(&app).await, 2);
}

#[actix_web::test]
async fn many_readings_are_written_in_batches() {
    let (app, _) = with_article().await;
    let guest = app.guest();
    for number in 0..1_203 {
        let address = format!("203.0.{}.{}", number / 250, number % 250 + 1);
        read(&guest, "water", &address, FIREFOX).await;
    }
    assert_eq!(app.app.blog.readings.flush(&app.app).await.unwrap(), 1_203);
    assert_eq!(readings(&app).await, 1_203);
    app.pass(Duration::from_secs(3 * 3600));
    assert_eq!(readings(&app).await, 1_203);
    let left = visit::Entity::find().count(app.app.database.read()).await;
    assert_eq!(left.unwrap(), 0);
}
