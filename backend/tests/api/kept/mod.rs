//! What is kept in memory: seen by nobody who may not see it, and forgotten when it changes, here and elsewhere.
//!
//! That no path which writes forgets to tell is proved around every request of every test (`support/kept.rs`).

mod access;
mod processes;

use actix_web::test::TestRequest;
use golub::kept::shelf::Hits;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::blog::write;
use crate::support::{Client, TestApp};

pub const PAST: Option<&str> = Some("2030-04-01T06:00:00Z");

/// One of each, of one owner's.
pub struct Things {
    pub recipient: String,
    pub message: String,
    pub mailing: String,
}

impl Things {
    pub async fn of(app: &TestApp, owner: &Client) -> Self {
        let recipient = owner.recipient("maria").await;
        let message = app.shared_message(owner, "Hello").await;
        let mailing = owner.mailing(message, json!({})).await.id;
        Self {
            recipient: format!("recipients/{recipient}"),
            message: format!("messages/{message}"),
            mailing: format!("mailings/{mailing}"),
        }
    }

    pub fn paths(&self) -> [&str; 3] {
        [&self.recipient, &self.message, &self.mailing]
    }
}

/// Hits of home, articles, recipients, messages and mailings.
pub fn hits(app: &TestApp) -> [u64; 5] {
    let (app, kept) = (&app.app, &app.app.kept);
    let all = [
        app.home.answers.hits(),
        app.blog.answers.hits(),
        kept.recipients.hits(),
        kept.messages.hits(),
        kept.mailings.hits(),
    ];
    all.map(|Hits { hits, .. }| hits)
}

#[actix_web::test]
async fn what_is_read_twice_is_read_from_the_database_once_and_metrics_tell() {
    let app = TestApp::start().await;
    let (anna, emily) = (app.member("anna").await, app.writer("emily").await);
    let Things {
        recipient,
        message,
        mailing,
    } = Things::of(&app, &anna).await;
    write(&emily, "Water", PAST).await;
    let paths = [
        &recipient,
        &message,
        &mailing,
        "home",
        "blog/articles/water",
    ];
    for path in paths {
        anna.get(path).await.value();
    }
    let before = hits(&app);
    for path in paths {
        anna.get(path).await.value();
    }
    assert_eq!(hits(&app), before.map(|hits| hits + 1));
    let asking = TestRequest::get().uri("/metrics");
    let asking = asking.peer_addr("127.0.0.1:5000".parse().unwrap());
    let metrics = app.guest().send(asking).await;
    let kinds = ["home", "articles", "recipient", "message", "mailing"];
    for (kind, hits) in kinds.iter().zip(hits(&app)) {
        let line = format!("golub_kept_reads_total{{kind=\"{kind}\",result=\"hit\"}} {hits}\n");
        assert!(metrics.text().contains(&line), "{line}: {}", metrics.text());
    }
    assert!(metrics.text().contains("golub_kept_reads_on 1\n"));
}

#[actix_web::test]
async fn a_change_of_one_leaves_the_others_kept() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (one, other) = (anna.recipient("maria").await, anna.recipient("ivan").await);
    let [one, other] = [one, other].map(|id| format!("recipients/{id}"));
    // Not through the API: around its writes everything is forgotten by the proof.
    for path in [&one, &other] {
        anna.get(path).await.value();
    }
    let changes = app.app.database.changes();
    let before = hits(&app)[2];
    changes.tell(&golub::database::changes::Change {
        table: golub::database::changes::Table::Recipients,
        rows: golub::database::changes::Rows::These(vec![
            one["recipients/".len()..].parse().unwrap(),
        ]),
    });
    anna.get(&other).await.value();
    assert_eq!(hits(&app)[2], before + 1);
    anna.get(&one).await.value();
    assert_eq!(hits(&app)[2], before + 1);
}

#[actix_web::test]
async fn a_mailing_that_has_run_meanwhile_is_not_told_as_one_that_has_not() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let mailing = Things::of(&app, &anna).await.mailing;
    let before = anna.get(&mailing).await.value();
    assert_eq!(
        (&before["status"], &before["runs"]),
        (&json!("created"), &json!(0))
    );
    app.kept.rest();
    app.at("2030-05-02T06:00:00Z");
    app.past_run(&anna, before["id"].as_i64().unwrap(), "News", "Hello")
        .await;
    // As by another process that is not heard yet.
    let sql = "UPDATE mailings SET status = 'running', next_run_at = '2030-05-03 06:00:00+00:00'";
    app.app
        .database
        .read()
        .execute_unprepared(sql)
        .await
        .unwrap();
    let after = anna.get(&mailing).await.value();
    assert_eq!(
        (&after["status"], &after["runs"]),
        (&json!("running"), &json!(1))
    );
    assert_eq!(after["next_run_at"], "2030-05-03T06:00:00Z");
}
