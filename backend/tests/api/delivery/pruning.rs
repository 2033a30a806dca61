//! Old letters are deleted in steps beside the sending; what they add up to stays.

use std::time::Duration;

use contract::delivery::{AttemptTotals, DeliveryView, RunView};
use contract::listing::Page;
use contract::problem::ErrorCode;
use serde_json::json;

use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A service that keeps letters for 30 days.
async fn forgetting(server: &SmtpServer) -> TestApp {
    let url = server.url().parse().unwrap();
    TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.delivery.keep_for = Some(30 * DAY);
    })
    .await
}

/// Sends a mailing to everyone by hand; gives its run.
async fn sent(app: &TestApp, owner: &Client) -> i64 {
    let message = app.message(owner, "Hello").await;
    let mailing = owner.mailing(message, json!({})).await.id;
    let run: RunView = owner.act(&format!("mailings/{mailing}/send")).await.json();
    app.run_worker().await;
    owner.act(&format!("mailings/{mailing}/stop")).await.value();
    run.id
}

#[actix_web::test]
async fn a_pruned_run_keeps_its_counts_and_loses_its_letters() {
    let server = SmtpServer::start().await;
    let app = forgetting(&server).await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 1_200).await;
    let run = sent(&app, &anna).await;
    let delivery = app.deliveries().await[7].id;
    let path = format!("runs/{run}");
    let before: RunView = anna.get(&path).await.json();
    let totals: AttemptTotals = anna.get("attempts/totals").await.json();
    assert_eq!((before.counts.sent, totals.letters), (1_200, 1_200));
    assert_eq!(before.pruned_at, None);

    app.pass(29 * DAY);
    app.run_worker().await;
    assert_eq!(app.deliveries().await.len(), 1_200);
    app.pass(2 * DAY);
    app.run_worker().await;

    assert_eq!(app.deliveries().await.len(), 0);
    assert_eq!(app.attempts().await.len(), 0);
    let after: RunView = anna.get(&path).await.json();
    assert_eq!(after.pruned_at, Some(app.now()));
    assert_eq!((after.counts, after.audience), (before.counts, Some(1_200)));
    let kept: AttemptTotals = anna.get("attempts/totals").await.json();
    assert_eq!(kept, totals);
    let list: Page<DeliveryView> = anna.get(&format!("{path}/deliveries")).await.json();
    assert_eq!((list.total, list.items.len()), (0, 0));
    let detail = anna.get(&format!("deliveries/{delivery}")).await;
    detail.refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn what_is_unknown_or_recent_is_not_pruned() {
    let server = SmtpServer::start().await;
    let app = forgetting(&server).await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let old = sent(&app, &anna).await;
    app.run_of_unknown(old).await;
    app.pass(31 * DAY);
    let recent = sent(&app, &anna).await;
    app.run_worker().await;
    let runs: Vec<i64> = app
        .deliveries()
        .await
        .iter()
        .map(|row| row.run_id)
        .collect();
    assert_eq!(runs, [old, recent]);
}

#[actix_web::test]
async fn pruning_goes_on_beside_the_sending_one_step_in_a_pass() {
    let server = SmtpServer::start().await;
    let app = forgetting(&server).await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 1_200).await;
    sent(&app, &anna).await;
    app.pass(31 * DAY);
    let message = app.message(&anna, "Again").await;
    let mailing = anna.mailing(message, json!({})).await.id;
    anna.act(&format!("mailings/{mailing}/send")).await.value();

    let mut worker = app.worker().await;
    let mut left = vec![app.deliveries().await.len() + app.attempts().await.len()];
    for _ in 0..3 {
        worker.planner.pass().await.unwrap();
        let rows = app.attempts().await.len() + app.deliveries().await.len();
        left.push(rows);
    }
    // The new run's letters are planned by the first pass; each pass deletes a thousand rows at most.
    let deleted: Vec<usize> = left.iter().map(|rows| 2_400 + 1_200 - rows).collect();
    assert!(deleted[1] <= 1_000 && deleted[1] > 0, "{deleted:?}");
    let steps = deleted[1..].windows(2);
    assert!(
        steps.into_iter().all(|pair| pair[1] - pair[0] <= 1_000),
        "{deleted:?}"
    );
    app.drive(&mut worker).await;
    worker.leave().await.unwrap();
    app.run_worker().await;
    let run: RunView = anna
        .get(&format!("runs/{}", app.runs().await[1].id))
        .await
        .json();
    assert_eq!((run.counts.sent, run.audience), (1_200, Some(1_200)));
    assert_eq!(app.deliveries().await.len(), 1_200);
    assert_eq!(app.attempts().await.len(), 1_200);
}

#[actix_web::test]
async fn freed_pages_of_sqlite_are_given_back() {
    let app = TestApp::start().await;
    let database = &app.app.database;
    if database.engine() != golub::database::Engine::Sqlite {
        return;
    }
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 3_000).await;
    app.forget_person(&anna).await;
    let free = database.free_pages().await.unwrap();
    assert!(free > 20, "{free}");
    database.give_pages_back(15).await.unwrap();
    assert_eq!(database.free_pages().await.unwrap(), free - 15);
}
