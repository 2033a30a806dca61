//! What one process changes is seen by the others within a second.

use std::time::{Duration, Instant};

use golub::database::Engine;
use golub::kept::hearing::Hearing;
use sea_orm::ConnectionTrait;
use sea_orm::sqlx::postgres::PgListener;
use serde_json::{Value, json};

use super::{PAST, Things, hits};
use crate::blog::write;
use crate::support::{Client, TestApp};

const A_SECOND: Duration = Duration::from_secs(1);
/// For what has no promise of its own.
const LONG: Duration = Duration::from_secs(20);

/// Asks again and again until it is so, and fails when it was not so for whoever asked after the time.
async fn until(within: Duration, is_so: impl AsyncFn() -> bool, what: &str) {
    let begun = Instant::now();
    loop {
        let asked = begun.elapsed();
        if is_so().await {
            return;
        }
        assert!(asked < within, "not within {within:?}: {what}");
        tokio::task::yield_now().await;
    }
}

/// Two processes on one database, of which the second keeps what it reads and hears what the first writes.
async fn two() -> (TestApp, TestApp, Hearing) {
    let app = TestApp::start().await;
    let other = app.another_process().await;
    let hearing = Hearing::begin(&other.app.database);
    hears(&other).await;
    (app, other, hearing)
}

async fn hears(app: &TestApp) {
    let heard = async || app.app.database.changes().are_heard();
    until(LONG, heard, "it hears").await;
}

/// Reads until it is answered from memory.
async fn warm(app: &TestApp, reader: &Client, path: &str) {
    let kept = async || {
        reader.get(path).await;
        let before = hits(app);
        reader.get(path).await;
        hits(app) != before
    };
    until(LONG, kept, path).await;
}

/// After `change` this path says so within a second, though it was kept before.
async fn is_seen(
    (other, reader): (&TestApp, &Client),
    path: &str,
    change: impl Future<Output = u16>,
    says: impl Fn(u16, &Value) -> bool,
) {
    warm(other, reader, path).await;
    let status = change.await;
    assert!(status < 300, "{path}: {status}");
    let seen = async || {
        let answer = reader.get(path).await;
        let value = serde_json::from_slice(&answer.body).unwrap_or_default();
        says(answer.status, &value)
    };
    until(A_SECOND, seen, path).await;
}

#[actix_web::test]
async fn a_change_by_another_process_is_seen_within_a_second() {
    let (app, other, _hearing) = two().await;
    let anna = app.member("anna").await;
    let there = other.meeting(&anna);
    let at = (&other, &there);
    let Things {
        recipient,
        message,
        mailing,
    } = Things::of(&app, &anna).await;

    let patch = async |path: &str, change: Value| anna.patch(path, change).await.status;
    let change = patch(&recipient, json!({"full_name": "Maria P."}));
    is_seen(at, &recipient, change, |_, it| {
        it["full_name"] == "Maria P."
    })
    .await;
    let change = patch(&message, json!({"subject": "Good day"}));
    is_seen(at, &message, change, |_, it| it["subject"] == "Good day").await;
    let change = patch(&message, json!({"subject": "Good bye"}));
    let says = |_, it: &Value| it["message"]["title"] == "Good bye";
    is_seen(at, &mailing, change, says).await;
    let change = patch(&mailing, json!({"title": "Daily"}));
    is_seen(at, &mailing, change, |_, it| it["title"] == "Daily").await;
    let change = patch("me", json!({"full_name": "Anna K."}));
    let says = |_, it: &Value| it["owner"]["full_name"] == "Anna K.";
    is_seen(at, &recipient, change, says).await;
    let change = async {
        anna.post("recipients", json!({"email": "a@b.example"}))
            .await
            .status
    };
    is_seen(at, &mailing, change, |_, it| it["audience"]["count"] == 2).await;
    let change = async { anna.act(&format!("{mailing}/stop")).await.status };
    is_seen(at, &mailing, change, |_, it| it["status"] == "completed").await;
    let used = async { anna.delete(&mailing).await.status };
    is_seen(at, &mailing, used, |status, _| status == 404).await;
    for path in [&recipient, &message] {
        let change = async { anna.delete(path).await.status };
        is_seen(at, path, change, |status, _| status == 404).await;
    }
}

#[actix_web::test]
async fn a_run_by_another_process_is_seen_within_a_second() {
    let (app, other, _hearing) = two().await;
    let anna = app.member("anna").await;
    let Things { mailing, .. } = Things::of(&app, &anna).await;
    let there = other.meeting(&anna);
    app.at("2030-05-02T06:00:00Z");
    other.at("2030-05-02T06:00:00Z");
    let there = other.signed_in(anna.id, there.email).await;
    let run = async {
        app.plan_only().await;
        200
    };
    let says = |_, it: &Value| it["status"] == "running" && it["runs"] == 1;
    is_seen((&other, &there), &mailing, run, says).await;
}

#[actix_web::test]
async fn an_article_withdrawn_by_another_process_is_gone_within_a_second() {
    let (app, other, _hearing) = two().await;
    let emily = app.writer("emily").await;
    let guest = other.guest();
    let at = (&other, &guest);
    warm(&other, &guest, "home").await;
    let published = async {
        write(&emily, "Water", PAST).await;
        200
    };
    let one = |_, it: &Value| it["total"] == 1;
    is_seen(at, "blog/articles", published, one).await;
    let shown = |_, it: &Value| it["articles"][0]["title"] == "Water";
    is_seen(at, "home", async { 200 }, shown).await;
    let path = "blog/articles/water";
    for read in [path, "home", "blog/articles", "blog/feed.xml"] {
        warm(&other, &guest, read).await;
    }
    let withdrawn = async {
        emily
            .patch(path, json!({"published_at": null}))
            .await
            .status
    };
    is_seen(at, path, withdrawn, |status, _| status == 404).await;
    let gone = |_, it: &Value| it["articles"] == json!([]);
    is_seen(at, "home", async { 200 }, gone).await;
    is_seen(at, "blog/articles", async { 200 }, |_, it| it["total"] == 0).await;
    assert!(!guest.get("blog/feed.xml").await.text().contains("Water"));
}

#[actix_web::test]
async fn counted_readings_are_told_to_nobody_and_a_change_is() {
    let app = TestApp::start().await;
    if app.app.database.engine() == Engine::Sqlite {
        // SQLite tells only that something was written.
        return;
    }
    let emily = app.writer("emily").await;
    write(&emily, "Water", PAST).await;
    let url = app.app.config.database.url.reveal();
    let mut told = PgListener::connect(url).await.unwrap();
    told.listen("golub_changes").await.unwrap();
    crate::blog::visit(&app.guest(), "water", "203.0.113.7", "Firefox").await;
    assert_eq!(app.app.blog.readings.flush(&app.app).await.unwrap(), 1);
    write(&emily, "Wind", PAST).await;
    let mut of_articles = String::new();
    while !of_articles.starts_with("blog_articles:") {
        of_articles = told.recv().await.unwrap().payload().to_owned();
    }
    assert_eq!(of_articles, "blog_articles:new");
}

#[actix_web::test]
async fn reads_stay_right_while_nobody_listens_and_are_kept_again_afterwards() {
    let (app, other, hearing) = two().await;
    let anna = app.member("anna").await;
    let there = other.meeting(&anna);
    let recipient = format!("recipients/{}", anna.recipient("maria").await);
    let name = async |name: &str| {
        let change = json!({"full_name": name});
        anna.patch(&recipient, change).await.status
    };
    let shown = |name: &'static str| move |_, it: &Value| it["full_name"] == name;
    let at = (&other, &there);
    if app.app.database.engine() == Engine::Postgres {
        warm(&other, &there, &recipient).await;
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE application_name = 'golub listening' AND datname = current_database()";
        let db = app.app.database.read();
        db.execute_unprepared(cut).await.unwrap();
        assert_eq!(name("Maria cut").await, 200);
        let seen = async || there.get(&recipient).await.value()["full_name"] == "Maria cut";
        until(A_SECOND, seen, "the change after the cut").await;
        is_seen(at, &recipient, name("Maria again"), shown("Maria again")).await;
    }
    drop(hearing);
    // At once, for nothing is kept.
    assert_eq!(name("Maria alone").await, 200);
    assert_eq!(
        there.get(&recipient).await.value()["full_name"],
        "Maria alone"
    );
    let before = hits(&other);
    there.get(&recipient).await.value();
    assert_eq!(hits(&other), before);
    let _hearing = Hearing::begin(&other.app.database);
    is_seen(at, &recipient, name("Maria heard"), shown("Maria heard")).await;
}
