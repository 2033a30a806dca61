//! Turns of the sender: many letters in one transaction, nobody's mailing in front of another's, and nothing lost
//! or repeated whatever becomes of the transaction.

use std::collections::HashSet;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use golub::database::Engine;
use golub::delivery::entity::delivery::State;
use golub::delivery::worker::Worker;
use golub::mail::ServerConfig;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::support::smtp_server::{Act, SmtpServer, Step, nobody};
use crate::support::{Client, TestApp};

/// Somebody's mailing to so many that starts now.
async fn mailing_to(app: &TestApp, name: &str, count: usize) -> Client {
    let owner = app.member(name).await;
    app.many_recipients(&owner, count).await;
    let message = app.message(&owner, name).await;
    let now = json!({"starts_at": app.now(), "recurrence": {"kind": "once"}});
    owner.mailing(message, now).await;
    owner
}

/// How many letters had come when the last one of this person's mailing came.
fn last_of(server: &SmtpServer, owner: &str) -> usize {
    let subject = format!("Subject: {owner}\r\n");
    let letters = server.letters();
    let last = letters
        .iter()
        .rposition(|letter| String::from_utf8_lossy(&letter.bytes).contains(&subject));
    last.map_or(0, |place| place + 1)
}

/// Every recipient got one letter, and the ledger says so.
async fn all_got_one(app: &TestApp, server: &SmtpServer, count: usize) {
    let letters = server.letters();
    let different: HashSet<&str> = letters.iter().map(|letter| letter.to()).collect();
    assert_eq!((letters.len(), different.len()), (count, count));
    for delivery in app.deliveries().await {
        assert_eq!((delivery.state, delivery.attempts), (State::Sent, 1));
    }
    app.sums_agree().await;
}

#[actix_web::test]
async fn a_pass_dropped_anywhere_loses_and_repeats_nothing() {
    let server = SmtpServer::start().await;
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.delivery.begun_limit = 8;
    })
    .await;
    mailing_to(&app, "anna", 400).await;
    app.plan_only().await;
    let mut worker = app.worker().await;
    // Each time it may be woken once more, so that it is dropped at one point after another: before the commit, and
    // between the commit and its answer.
    for wakes in 1..10_000 {
        let mut left = wakes;
        let mut pass = Box::pin(worker.sender.pass());
        let ended = poll_fn(|context| {
            let pass = pass.as_mut().poll(context);
            left -= 1;
            match pass {
                Poll::Ready(sent) => Poll::Ready(Some(sent)),
                Poll::Pending if left == 0 => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            }
        });
        if ended.await.is_some_and(|sent| sent.unwrap().is_idle()) {
            break;
        }
    }
    app.drive(&mut worker).await;
    all_got_one(&app, &server, 400).await;
    assert_eq!(app.begun().await, 0);
}

#[actix_web::test]
async fn a_small_mailing_does_not_wait_behind_a_large_one() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    mailing_to(&app, "anna", 3_000).await;
    app.plan_only().await;
    // What is done while letters leave is done without further reads.
    app.kept.rest();
    let mut worker = app.worker().await;
    let planner = worker.planner.clone();
    let sending = actix_web::rt::spawn(async move { worker.sender.pass().await });
    while server.letters().len() < 500 {
        tokio::task::yield_now().await;
    }
    mailing_to(&app, "boris", 5).await;
    while !planner.pass().await.unwrap().is_idle() {}
    let came_at = server.letters().len();
    sending.await.unwrap().unwrap();
    let waited = last_of(&server, "boris").saturating_sub(came_at);
    let window = usize::try_from(app.app.config.delivery.begun_limit).unwrap();
    assert!(
        waited <= 2 * window,
        "{waited} letters came before its last"
    );
    assert_eq!(server.letters().len(), 3_005);
}

#[actix_web::test]
async fn at_fifty_letters_a_second_a_small_mailing_is_out_within_two_seconds() {
    let server = SmtpServer::start().await;
    let slow = ServerConfig {
        name: "slow".to_owned(),
        url: server.url().parse().unwrap(),
        ca_file: None,
        weight: 1,
        per_second: Some(50),
        per_hour: None,
        per_day: None,
        connections: None,
        letters_per_connection: None,
    };
    let app = TestApp::with(|config| config.mail.servers = vec![slow]).await;
    mailing_to(&app, "anna", 500).await;
    app.plan_only().await;
    let mut worker = app.worker().await;
    let step = Duration::from_millis(100);
    for _ in 0..10 {
        worker.run_once().await.unwrap();
        app.pass(step);
    }
    let sent = server.letters().len();
    assert!((25..=75).contains(&sent), "{sent} letters in a second");
    mailing_to(&app, "boris", 5).await;
    for _ in 0..20 {
        worker.run_once().await.unwrap();
        app.pass(step);
    }
    assert!(last_of(&server, "boris") > 0, "it has not begun");
    let letters = server.letters().into_iter();
    let boris = letters
        .filter(|letter| String::from_utf8_lossy(&letter.bytes).contains("Subject: boris\r\n"));
    assert_eq!(boris.count(), 5);
    assert!(
        server.letters().len() < 200,
        "the large one goes on for seconds"
    );
}

#[actix_web::test]
async fn a_full_disk_loses_no_outcome() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    if app.app.database.engine() == Engine::Postgres {
        // It has a disk of its own; ours is SQLite's.
        return;
    }
    mailing_to(&app, "anna", 600).await;
    app.plan_only().await;
    let mut worker = app.worker().await;
    let pages = number(&app, "PRAGMA page_count").await;
    number(&app, &format!("PRAGMA max_page_count = {}", pages + 3)).await;
    let full = worker.sender.pass().await.unwrap_err();
    assert!(full.to_string().contains("full"), "{full}");
    let recorded = app.attempts().await.len();
    assert!(
        recorded < server.letters().len(),
        "nothing was lost that could be"
    );
    app.sums_agree().await;
    number(&app, "PRAGMA max_page_count = 1000000").await;
    app.drive(&mut worker).await;
    all_got_one(&app, &server, 600).await;
}

/// What the writing connection answers.
async fn number(app: &TestApp, pragma: &str) -> i64 {
    let tx = app.app.database.write().await.unwrap();
    let statement = Statement::from_string(tx.get_database_backend(), pragma);
    let row = tx.query_one_raw(statement).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    row.try_get_by_index(0).unwrap()
}

#[actix_web::test]
async fn eight_seconds_after_a_stop_an_open_answer_is_unknown() {
    let server = SmtpServer::start().await;
    server.always(Step::Letter, Act::Hang);
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| config.mail.smtp_url = Some(url)).await;
    mailing_to(&app, "anna", 30).await;
    app.plan_only().await;
    let stop = CancellationToken::new();
    let mut worker = Worker::enter(app.app.clone(), stop.clone()).await.unwrap();
    let connections = app.app.config.mail.connections;
    {
        let mut pass = pin!(worker.sender.pass());
        loop {
            tokio::select! {
                sent = &mut pass => {
                    assert_eq!(sent.unwrap().tried, connections as u64);
                    break;
                }
                () = tokio::task::yield_now() => {}
            }
            // As many as there are connections have left, and no answer comes.
            if stop.is_cancelled() {
                app.pass(Duration::from_millis(100));
            } else if server
                .commands()
                .iter()
                .filter(|said| *said == "DATA")
                .count()
                == connections
            {
                stop.cancel();
            }
        }
    }
    worker.leave().await.unwrap();
    let states = app.states().await;
    let unknown = states
        .iter()
        .filter(|state| **state == State::Queued)
        .count();
    assert_eq!(unknown, 30, "resent later, or never begun");
    let copies: i64 = app
        .deliveries()
        .await
        .iter()
        .map(|delivery| delivery.possible_copies)
        .sum();
    assert_eq!(copies, connections as i64);
    assert_eq!(app.attempts().await.len(), connections);
    app.sums_agree().await;
}

#[actix_web::test]
async fn letters_go_over_the_server_that_works() {
    let (down, up) = (nobody(), SmtpServer::start().await);
    let config = |name: &str, url: &str| ServerConfig {
        name: name.to_owned(),
        url: url.parse().unwrap(),
        ca_file: None,
        weight: 1,
        per_second: None,
        per_hour: None,
        per_day: None,
        connections: None,
        letters_per_connection: None,
    };
    let servers = vec![config("down", &down.url), config("up", &up.url())];
    let app = TestApp::with(|config| config.mail.servers = servers).await;
    mailing_to(&app, "anna", 300).await;
    app.run_worker().await;
    all_got_one(&app, &up, 300).await;
    let attempts = app.attempts().await;
    assert!(
        attempts
            .iter()
            .all(|attempt| attempt.server.as_deref() == Some("up"))
    );
}
