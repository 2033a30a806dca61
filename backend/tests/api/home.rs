//! Home: figures of the whole service and something to read, for everyone, counted at most once a minute.

use std::collections::BTreeSet;
use std::pin::pin;
use std::time::Duration;

use contract::home::HomeView;
use futures_util::future::{Either, select};
use golub::blog::entity::article;
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use serde_json::json;

use crate::blog::write;
use crate::support::TestApp;

const PAST: Option<&str> = Some("2030-04-01T06:00:00Z");

#[actix_web::test]
async fn everyone_sees_how_much_there_is_and_addresses_count_once() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    for (person, email) in [
        (&anna, "maria@example.org"),
        (&anna, "ivan@example.org"),
        (&boris, "Maria@Example.org"),
    ] {
        let made = person.post("recipients", json!({"email": email})).await;
        assert_eq!(made.status, 201, "{}", made.text());
    }
    let message = app.message(&anna, "Hi").await;
    for (starts_at, recurrence) in [
        ("2030-05-01T05:00:00Z", "daily"),
        ("2030-06-01T05:00:00Z", "once"),
    ] {
        let plan = json!({
            "message_id": message, "audience": {"all": true}, "starts_at": starts_at, "time_zone": "Europe/Moscow",
            "recurrence": {"kind": recurrence}
        });
        assert_eq!(anna.post("mailings", plan).await.status, 201);
    }
    app.plan_only().await;
    let home: HomeView = app.guest().get("home").await.json();
    let expected = HomeView {
        mailings: 2,
        running: 1,
        unique_recipients: 2,
        articles: Vec::new(),
    };
    assert_eq!(home, expected);
    assert_eq!(anna.get("home").await.json::<HomeView>(), expected);
}

#[actix_web::test]
async fn figures_are_counted_anew_after_a_minute_and_articles_when_one_changes() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let emily = app.writer("emily").await;
    let home = async || app.guest().get("home").await.json::<HomeView>();
    assert_eq!(home().await.unique_recipients, 0);
    anna.post("recipients", json!({"email": "maria@example.org"}))
        .await
        .value();
    write(&emily, "Water", PAST).await;
    let shown = home().await;
    assert_eq!((shown.unique_recipients, shown.articles.len()), (0, 1));
    app.pass(Duration::from_secs(60));
    assert_eq!(home().await.unique_recipients, 1);
}

#[actix_web::test]
async fn figures_are_never_older_than_a_minute_also_where_articles_changed_meanwhile() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let emily = app.writer("emily").await;
    let home = async || app.guest().get("home").await.json::<HomeView>();
    assert_eq!(home().await.unique_recipients, 0);
    anna.recipient("maria").await;
    app.pass(Duration::from_secs(59));
    write(&emily, "Water", PAST).await;
    let shown = home().await;
    assert_eq!((shown.unique_recipients, shown.articles.len()), (0, 1));
    app.pass(Duration::from_secs(1));
    assert_eq!(home().await.unique_recipients, 1);
}

#[actix_web::test]
async fn what_is_taken_back_while_home_is_read_is_not_shown() {
    let app = TestApp::start().await;
    let (emily, guest) = (app.writer("emily").await, app.guest());
    let path = format!("blog/articles/{}", write(&emily, "Water", PAST).await.id);
    // Nothing else shall read home meanwhile.
    let _pause = app.kept.pause();
    for steps in 0..30 {
        let published = emily.patch(&path, json!({"published_at": PAST})).await;
        assert_eq!(published.status, 200);
        app.pass(Duration::from_secs(60));
        let begun = async {
            for _ in 0..steps {
                let articles = article::Entity::find();
                articles.count(app.app.database.read()).await.unwrap();
            }
        };
        let read = pin!(guest.get("home"));
        let Either::Right(((), read)) = select(read, pin!(begun)).await else {
            continue;
        };
        let later = json!({"published_at": "2031-01-01T06:00:00Z"});
        assert_eq!(emily.patch(&path, later).await.status, 200);
        let home: HomeView = read.await.json();
        let now = app.app.clock.now();
        assert!(home.articles.iter().all(|card| card.published_at <= now));
    }
}

#[actix_web::test]
async fn three_published_articles_are_chosen_by_chance_once_a_minute() {
    let app = TestApp::start().await;
    let emily = app.writer("emily").await;
    let mut published = BTreeSet::new();
    for number in 0..6 {
        published.insert(write(&emily, &format!("Article {number}"), PAST).await.id);
        write(&emily, "Secret", None).await;
    }
    let mut seen = BTreeSet::new();
    // That one of six is left out forty times over happens to nobody: once in a million million.
    for _ in 0..40 {
        let read = app.guest().get("home").await;
        assert_eq!(app.guest().get("home").await.body, read.body);
        let home: HomeView = read.json();
        let ids: BTreeSet<i64> = home.articles.iter().map(|card| card.id).collect();
        assert_eq!(ids.len(), 3);
        assert!(ids.is_subset(&published));
        seen.extend(ids);
        app.pass(Duration::from_secs(60));
    }
    assert_eq!(seen, published);
}

#[actix_web::test]
async fn those_who_ask_at_once_wait_for_one_count() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let asked = (0..20).map(|_| guest.get("home"));
    let answers = futures_util::future::join_all(asked).await;
    assert!(
        answers
            .iter()
            .all(|answer| answer.status == 200 && answer.body == answers[0].body)
    );
}
