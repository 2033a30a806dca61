//! Several servers: letters are shared by weight, and go over those that work.

use std::time::Duration;

use golub::delivery::entity::delivery::State;
use serde_json::json;

use super::named;
use crate::support::TestApp;
use crate::support::smtp_server::{Act, SmtpServer, Step};

async fn with_letters(servers: [(&str, &SmtpServer, u32); 2], count: usize) -> TestApp {
    let app = TestApp::with(|config| {
        config.mail.servers = servers
            .map(|(name, server, weight)| golub::mail::ServerConfig {
                weight,
                ..named(name, &server.url())
            })
            .to_vec();
    })
    .await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, count).await;
    let message = app.message(&anna, "Hello").await;
    let once = json!({"starts_at": app.now(), "recurrence": {"kind": "once"}});
    anna.mailing(message, once).await;
    app
}

#[actix_web::test]
async fn with_one_server_down_all_letters_go_over_the_other_at_once() {
    let (down, up) = (SmtpServer::start().await, SmtpServer::start().await);
    down.always(
        Step::Greeting,
        Act::SayAndClose("421 4.3.2 Closing for now"),
    );
    let app = with_letters([("down", &down, 1), ("up", &up, 1)], 300).await;
    app.run_worker().await;
    assert_eq!(up.letters().len(), 300);
    assert!(app.states().await.iter().all(|state| *state == State::Sent));
    let attempts = app.attempts().await;
    assert_eq!(attempts.len(), 300, "nothing was burnt");
    assert!(
        attempts
            .iter()
            .all(|attempt| attempt.server.as_deref() == Some("up"))
    );
}

#[actix_web::test]
async fn a_letter_that_hangs_keeps_others_from_a_server_only_while_it_takes_no_more_sessions() {
    let server = SmtpServer::start().await;
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.mail.connections = 2;
        config.worker.every = Duration::from_millis(20);
    })
    .await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 1).await;
    let message = app.message(&anna, "Hello").await;
    let once = || json!({"starts_at": app.now(), "recurrence": {"kind": "once"}});
    server.once(Step::Letter, Act::Hang);
    anna.mailing(message, once()).await;
    let mut worker = app.worker().await;
    worker.planner.pass().await.unwrap();
    let scenario = async {
        while !server.commands().iter().any(|command| command == "DATA") {
            tokio::task::yield_now().await;
        }
        server.always(
            Step::Greeting,
            Act::SayAndClose("421 4.3.2 Too many sessions"),
        );
        anna.mailing(message, once()).await;
        worker.planner.pass().await.unwrap();
        while server.connections() < 2 {
            tokio::task::yield_now().await;
        }
        server.recovers();
        while server.letters().is_empty() {
            app.pass(Duration::from_secs(1));
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        sent = worker.sender.pass() => panic!("it ended while a letter hung: {sent:?}"),
        () = scenario => {}
    }
}

#[actix_web::test]
async fn two_servers_that_work_share_the_letters() {
    let (one, two) = (SmtpServer::start().await, SmtpServer::start().await);
    let app = with_letters([("one", &one, 1), ("two", &two, 1)], 2_000).await;
    app.run_worker().await;
    let (first, second) = (one.letters().len(), two.letters().len());
    assert_eq!(first + second, 2_000);
    assert!(first > 200 && second > 200, "{first} and {second}");
}
