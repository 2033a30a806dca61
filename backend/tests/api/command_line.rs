//! The program itself, as cron, systemd and people start it.

mod users;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Output, Stdio};

use contract::audit::Act;
use golub::database::Engine;
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::TriggerWord;
use serde_json::json;

use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

/// `golub` on the test's own database, sending to this server.
pub fn golub(app: &TestApp, server: &SmtpServer, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_golub"));
    let config = &app.app.config;
    command
        .args(arguments)
        .current_dir(&config.data)
        .env("GOLUB__DATA", &config.data)
        .env("GOLUB__DATABASE__URL", config.database.url.reveal())
        .env("GOLUB__AUTH__SECRET", config.auth.secret.reveal())
        .env("GOLUB__MAIL__SMTP_URL", server.url())
        .env_remove("DATABASE_URL");
    command
}

/// Runs it to its end, while the test's own server and worker go on.
pub async fn run(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
}

/// Anna's daily mailing to Boris, which begins in years to come.
async fn planned(app: &TestApp) -> (Client, String) {
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let mailing = anna.mailing(message, json!({})).await;
    (anna, mailing.id.to_string())
}

#[actix_web::test]
async fn one_mailing_is_sent_by_its_id() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let (anna, mailing) = planned(&app).await;
    let sent = run(golub(&app, &server, &["send", "--mailing", &mailing])).await;
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    assert!(
        String::from_utf8_lossy(&sent.stdout).contains("sent 1, failed 0"),
        "{sent:?}"
    );
    assert_eq!(server.letters().len(), 1);
    assert_eq!(app.runs().await[0].asked_by, TriggerWord::Cli);
    assert_eq!(app.acts_upon(anna.id).await, [Act::MailingSent]);
    app.sums_agree().await;
}

#[actix_web::test]
async fn the_exit_code_tells_what_became_of_the_letters() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let (_, mailing) = planned(&app).await;
    server.refuses("boris@example.org", "450 4.7.1 Greylisted");
    let waits = run(golub(&app, &server, &["send", "--mailing", &mailing])).await;
    assert_eq!(waits.status.code(), Some(2), "{waits:?}");
    server.recovers();
    server.refuses("boris@example.org", "550 5.1.1 No such user");
    let refused = run(golub(&app, &server, &["send", "--mailing", &mailing])).await;
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert_eq!(app.states().await.last(), Some(&State::Failed));
}

#[actix_web::test]
async fn wrong_usage_is_told_apart() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let wrong: [&[&str]; 5] = [
        &["send"],
        &["send", "--due", "--mailing", "1"],
        &["send", "--mailing", "x"],
        &["send", "--mailing", "7"],
        &["sned"],
    ];
    for arguments in wrong {
        let answer = run(golub(&app, &server, arguments)).await;
        assert_eq!(answer.status.code(), Some(64), "{arguments:?} {answer:?}");
        assert!(!answer.stderr.is_empty(), "{arguments:?}");
    }
}

#[actix_web::test]
async fn what_is_due_is_sent_and_nothing_else() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let (anna, _) = planned(&app).await;
    let idle = run(golub(&app, &server, &["send", "--due"])).await;
    assert_eq!(idle.status.code(), Some(0), "{idle:?}");
    assert_eq!(server.letters().len(), 0);
    app.at("2020-01-01T00:00:00Z");
    let message = app.message(&anna, "Due").await;
    anna.mailing(
        message,
        json!({"starts_at": "2020-01-01T00:00:00Z", "recurrence": {"kind": "once"}}),
    )
    .await;
    let due = run(golub(&app, &server, &["send", "--due"])).await;
    assert_eq!(due.status.code(), Some(0), "{due:?}");
    assert_eq!(server.letters().len(), 1);
}

#[actix_web::test]
async fn beside_a_running_sender_the_run_is_written_down_and_watched() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (_, mailing) = planned(&app).await;
    let mut worker = app.worker().await;
    let command = golub(&app, &server, &["send", "--mailing", &mailing]);
    let watching = tokio::spawn(run(command));
    while !watching.is_finished() {
        worker.run_once().await.unwrap();
        tokio::task::yield_now().await;
    }
    let sent = watching.await.unwrap();
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    assert_eq!(server.letters().len(), 1);
}

#[actix_web::test]
async fn what_a_sender_that_ends_has_left_is_sent_after_it() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let (_, mailing) = planned(&app).await;
    let worker = app.worker().await;
    let mut command = golub(&app, &server, &["send", "--mailing", &mailing]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let (tell, begun) = tokio::sync::oneshot::channel();
    // That the run has started; and on SQLite, where only one sends at a time, that another one does.
    let words = match app.app.database.engine() {
        Engine::Sqlite => 2,
        Engine::Postgres => 1,
    };
    let sent = tokio::task::spawn_blocking(move || {
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = said.map(Result::unwrap);
        let mut said: Vec<String> = lines.by_ref().take(words).collect();
        tell.send(()).unwrap();
        said.extend(lines);
        (child.wait().unwrap().code(), said)
    });
    begun.await.unwrap();
    worker.leave().await.unwrap();
    let (code, said) = sent.await.unwrap();
    assert_eq!(code, Some(0), "{said:?}");
    assert_eq!(server.letters().len(), 1);
}

#[actix_web::test]
async fn a_worker_of_its_own_sends_and_stops_cleanly() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    // The clock on the wall shows another year than the tests' own; what was due long ago is due on both.
    app.at("2020-01-01T00:00:00Z");
    let (anna, mailing) = planned(&app).await;
    anna.act(&format!("mailings/{mailing}/send")).await.value();
    let mut command = golub(&app, &server, &["worker"]);
    let mut worker = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let log = BufReader::new(worker.stderr.take().unwrap());
    let worker = tokio::task::spawn_blocking(move || {
        let mut lines = log.lines().map(Result::unwrap);
        assert!(
            lines.any(|line| line.contains("letters were handed over")),
            "the log ended"
        );
        interrupt(&worker);
        assert!(
            lines.any(|line| line.contains("the worker has stopped")),
            "the log ended"
        );
        worker.wait().unwrap()
    });
    assert_eq!(worker.await.unwrap().code(), Some(0));
    assert_eq!(app.states().await, [State::Sent]);
    app.sums_agree().await;
}

#[actix_web::test]
async fn an_account_is_made_with_a_password_from_the_standard_input() {
    let server = SmtpServer::start().await;
    let app = TestApp::start().await;
    let mut command = golub(
        &app,
        &server,
        &[
            "user",
            "create",
            "--email",
            "max@golub.example",
            "--role",
            "manager",
        ],
    );
    let made = tokio::task::spawn_blocking(move || {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(b"correct horse battery\n")
            .unwrap();
        child.wait_with_output().unwrap()
    });
    assert_eq!(made.await.unwrap().status.code(), Some(0));
    let max = json!({"email": "max@golub.example", "password": "correct horse battery"});
    assert_eq!(app.guest().post("auth/login", max).await.status, 200);
}

/// Ctrl+C.
fn interrupt(child: &Child) {
    let told = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(told.success());
}
