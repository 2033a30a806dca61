//! What takes letters back while they are on their way: at most a window of them still leaves.

use std::time::Duration;

use contract::mailings::MailingStatus;
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::EndReasonWord;
use golub::delivery::rules;
use golub::delivery::worker::Worker;
use serde_json::{Value, json};

use super::sending::status;
use crate::support::smtp_server::{ReceivedLetter, SmtpServer};
use crate::support::{Client, TestApp};

const NOW: &str = "2030-05-01T06:00:00Z";
const LETTERS: usize = 600;
const WINDOW: usize = 5;

/// Anna's mailing to many, planned and not begun.
async fn planned(server: &SmtpServer) -> (TestApp, Client, i64) {
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.delivery.begun_limit = WINDOW as u64;
        config.delivery.plan_step = 50;
    })
    .await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, LETTERS).await;
    let message = app.message(&anna, "Hello").await;
    let daily = json!({"starts_at": NOW, "recurrence": {"kind": "daily"}});
    let mailing = anna.mailing(message, daily).await.id;
    app.plan_only().await;
    // What is done while letters leave is done without further reads.
    app.kept.rest();
    (app, anna, mailing)
}

/// How many letters of the mailing arrived. Who is blocked is told so, too, by the same server.
fn letters(server: &SmtpServer) -> usize {
    let of_mailing = |letter: &&ReceivedLetter| letter.to().ends_with("@example.org");
    server.letters().iter().filter(of_mailing).count()
}

/// A worker sends; in the middle of that something is done. Says how many letters had left when that was done.
async fn in_the_middle<T>(
    server: &SmtpServer,
    worker: &mut Worker,
    act: impl Future<Output = T>,
) -> (usize, T) {
    let acting = async {
        while letters(server) < 10 {
            tokio::task::yield_now().await;
        }
        let done = act.await;
        (letters(server), done)
    };
    let (sent, done) = tokio::join!(worker.sender.pass(), acting);
    sent.unwrap();
    done
}

/// At most a window of letters left after `before` had, and each only once.
fn hardly_more(server: &SmtpServer, before: usize) {
    let after = letters(server);
    assert!(before < LETTERS, "it came too late to tell anything");
    assert!(
        after <= before + WINDOW,
        "{} letters left after it was over",
        after - before
    );
}

fn nobody_got_two(server: &SmtpServer) {
    let letters = server.letters();
    let mut addresses: Vec<&str> = letters
        .iter()
        .map(|letter| letter.to())
        .filter(|to| to.ends_with("@example.org"))
        .collect();
    let all = addresses.len();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), all);
}

#[actix_web::test]
async fn after_a_stop_at_most_a_window_of_letters_leaves() {
    let server = SmtpServer::start().await;
    let (app, anna, mailing) = planned(&server).await;
    let mut worker = app.worker().await;
    let stop = format!("mailings/{mailing}/stop");
    let (before, answer) = in_the_middle(&server, &mut worker, anna.act(&stop)).await;
    assert_eq!(answer.status, 200);
    hardly_more(&server, before);
    let left = letters(&server);

    app.drive(&mut worker).await;
    assert_eq!(letters(&server), left);
    let skipped = app
        .deliveries()
        .await
        .iter()
        .filter(|delivery| delivery.reason == Some(EndReasonWord::Stopped))
        .count();
    assert_eq!(skipped, LETTERS - left);
    assert!(app.runs().await[0].finished_at.is_some());
}

#[actix_web::test]
async fn a_pause_holds_the_rest_back_until_it_is_resumed() {
    let server = SmtpServer::start().await;
    let (app, anna, mailing) = planned(&server).await;
    let mut worker = app.worker().await;
    let pause = format!("mailings/{mailing}/pause");
    let (before, answer) = in_the_middle(&server, &mut worker, anna.act(&pause)).await;
    assert_eq!(answer.status, 200);
    hardly_more(&server, before);
    let left = letters(&server);
    app.drive(&mut worker).await;
    assert_eq!(
        app.counts(app.runs().await[0].id).await.queued as usize,
        LETTERS - left
    );
    assert_eq!(letters(&server), left);

    let resumed = anna.act(&format!("mailings/{mailing}/resume")).await;
    assert_eq!(resumed.status, 200);
    app.drive(&mut worker).await;
    assert_eq!(letters(&server), LETTERS);
    nobody_got_two(&server);
}

#[actix_web::test]
async fn a_block_holds_the_rest_back_until_it_is_lifted() {
    let server = SmtpServer::start().await;
    let (app, anna, _) = planned(&server).await;
    let mut worker = app.worker().await;
    let (before, ()) = in_the_middle(&server, &mut worker, app.block(anna.id, true)).await;
    hardly_more(&server, before);
    let left = letters(&server);
    app.drive(&mut worker).await;
    assert_eq!(letters(&server), left);
    app.block(anna.id, false).await;
    app.drive(&mut worker).await;
    assert_eq!(letters(&server), LETTERS);
    nobody_got_two(&server);
}

#[actix_web::test]
async fn who_is_deleted_or_suppressed_while_a_worker_holds_their_letter_gets_nothing() {
    let server = SmtpServer::start().await;
    let (app, anna, _) = planned(&server).await;
    let mut worker = app.worker().await;
    let deliveries = app.deliveries().await;
    let [deleted, suppressed] = [LETTERS - 1, LETTERS - 2].map(|place| &deliveries[place]);
    let act = async {
        let path = format!("recipients/{}", deleted.recipient_id);
        assert_eq!(anna.delete(&path).await.status, 204);
        app.suppress(suppressed.recipient_id).await;
        let tx = app.app.database.write().await.unwrap();
        rules::bump(&tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    in_the_middle(&server, &mut worker, act).await;
    app.drive(&mut worker).await;
    assert_eq!(letters(&server), LETTERS - 2);
    let reasons: Vec<_> = app
        .deliveries()
        .await
        .into_iter()
        .filter_map(|delivery| delivery.reason.map(|reason| (delivery.id, reason)))
        .collect();
    assert_eq!(
        reasons,
        [
            (suppressed.id, EndReasonWord::Suppressed),
            (deleted.id, EndReasonWord::RecipientDeleted)
        ]
    );
}

/// Anna's one-off with this end, planned and not begun.
async fn ending(app: &TestApp, recipients: usize, change: Value) -> (Client, i64) {
    let anna = app.member("anna").await;
    app.many_recipients(&anna, recipients).await;
    let message = app.message(&anna, "Hello").await;
    let mut once = json!({"starts_at": NOW, "recurrence": {"kind": "once"}});
    let fields = once.as_object_mut().unwrap();
    fields.extend(change.as_object().unwrap().clone());
    let mailing = anna.mailing(message, once).await.id;
    app.plan_only().await;
    (anna, mailing)
}

#[actix_web::test]
async fn nothing_leaves_at_the_end_of_the_window_even_before_the_planner_sees_it() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = ending(&app, 3, json!({"ends_at": "2030-05-01T07:00:00Z"})).await;
    app.at("2030-05-01T07:00:00Z");
    let mut worker = app.worker().await;
    worker.sender.pass().await.unwrap();
    assert!(server.letters().is_empty());
    app.drive(&mut worker).await;
    assert!(server.letters().is_empty());
    for delivery in app.deliveries().await {
        assert_eq!(delivery.reason, Some(EndReasonWord::WindowOver));
    }
    assert_eq!(status(&anna, mailing).await, MailingStatus::Completed);
}

#[actix_web::test]
async fn at_the_end_of_the_window_the_rest_is_skipped_in_steps_and_the_run_completes() {
    let server = SmtpServer::start().await;
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.delivery.plan_step = 10;
    })
    .await;
    let (anna, mailing) = ending(&app, 35, json!({"ends_at": "2030-05-01T07:00:00Z"})).await;
    app.at("2030-05-01T07:30:00Z");
    app.run_worker().await;
    let run = app.runs().await.remove(0);
    let counts = app.counts(run.id).await;
    assert_eq!((counts.skipped, counts.total()), (35, 35));
    assert!(run.finished_at.is_some());
    assert_eq!(status(&anna, mailing).await, MailingStatus::Completed);
}

#[actix_web::test]
async fn a_run_keeps_the_end_it_was_started_with() {
    let server = SmtpServer::start().await;
    server.refuses("r0@example.org", "450 4.2.1 Not now");
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = ending(&app, 1, json!({"ends_at": "2030-05-01T06:01:30Z"})).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Queued]);
    let path = format!("mailings/{mailing}");
    let changed = anna.patch(&path, json!({"ends_at": null})).await;
    assert_eq!(changed.status, 200);
    app.pass(Duration::from_secs(90));
    app.run_worker().await;
    let delivery = app.deliveries().await.remove(0);
    assert_eq!(
        (delivery.state, delivery.reason),
        (State::Skipped, Some(EndReasonWord::WindowOver))
    );
    assert_eq!(status(&anna, mailing).await, MailingStatus::Completed);
}

#[actix_web::test]
async fn letters_that_wait_for_a_retry_are_superseded_by_the_next_run() {
    let server = SmtpServer::start().await;
    server.refuses("r0@example.org", "450 4.2.1 Not now");
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 2).await;
    let message = app.message(&anna, "Hello").await;
    let daily = json!({"starts_at": NOW, "recurrence": {"kind": "daily"}});
    anna.mailing(message, daily).await;
    app.run_worker().await;
    for _ in 0..4 {
        app.pass(Duration::from_secs(6 * 3600 - 1));
        app.run_worker().await;
    }
    assert_eq!(app.runs().await.len(), 1);
    server.recovers();
    app.pass(Duration::from_secs(4));
    app.run_worker().await;
    let first = app.runs().await.remove(0);
    let superseded: Vec<_> = app
        .deliveries()
        .await
        .into_iter()
        .filter(|delivery| delivery.run_id == first.id)
        .map(|delivery| (delivery.state, delivery.reason))
        .collect();
    assert_eq!(
        superseded,
        [
            (State::Skipped, Some(EndReasonWord::Superseded)),
            (State::Sent, None)
        ]
    );
    assert_eq!(server.letters_to("r0@example.org").len(), 1);
    assert!(first.finished_at.is_some());
}
