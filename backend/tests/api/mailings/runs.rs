//! Mailings that run: by their schedule, by hand and again; what changes meanwhile, and when they are completed.

use contract::delivery::{RunState, RunView, Trigger};
use contract::mailings::{MailingStatus, MailingView};
use contract::problem::ErrorCode;
use serde_json::{Value, json};

use crate::support::app::instant;
use crate::support::{Client, TestApp};

/// A mailing of Anna's to two recipients, daily at 09:00 in Moscow from 2 May 2030 on, with what `change` says.
async fn annas(app: &TestApp, change: Value) -> (Client, String) {
    let anna = app.member("anna").await;
    anna.recipient("maria").await;
    anna.recipient("ivan").await;
    let message_id = app.message(&anna, "News").await;
    let id = anna.mailing(message_id, change).await.id;
    (anna, format!("mailings/{id}"))
}

async fn read(owner: &Client, path: &str) -> MailingView {
    owner.get(path).await.json()
}

fn next(mailing: &MailingView) -> Option<String> {
    let next = mailing.next_run_at?;
    Some(next.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

async fn send(owner: &Client, path: &str) -> RunView {
    let sent = owner.act(&format!("{path}/send")).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
    sent.json()
}

#[actix_web::test]
async fn a_mailing_whose_window_holds_now_runs_at_once() {
    let app = TestApp::start().await;
    let change = json!({"starts_at": "2030-04-20T06:00:00Z"});
    let (anna, path) = annas(&app, change).await;
    app.run_worker().await;
    let ran = read(&anna, &path).await;
    assert_eq!((ran.status, ran.runs), (MailingStatus::Running, 1));
    assert_eq!(next(&ran).as_deref(), Some("2030-05-02T06:00:00Z"));
    let run = ran.last_run.unwrap();
    assert_eq!(run.planned_for, instant("2030-05-01T06:00:00Z"));
    assert_eq!(
        (run.trigger, run.state),
        (Trigger::Schedule, RunState::Finished)
    );
    assert_eq!((run.audience, run.counts.sent), (Some(2), 2));
}

#[actix_web::test]
async fn a_mailing_starts_by_itself_when_its_time_comes() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    app.at("2030-05-02T05:59:59Z");
    app.run_worker().await;
    assert_eq!(read(&anna, &path).await.runs, 0);
    app.at("2030-05-02T06:00:00Z");
    app.run_worker().await;
    let ran = read(&anna, &path).await;
    assert_eq!((ran.status, ran.runs), (MailingStatus::Running, 1));
    // The same occurrence runs once, however often one looks.
    app.run_worker().await;
    assert_eq!(read(&anna, &path).await.runs, 1);
}

#[actix_web::test]
async fn downtime_gives_one_run() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    app.at("2030-05-09T12:00:00Z");
    app.run_worker().await;
    let ran = read(&anna, &path).await;
    assert_eq!(ran.runs, 1);
    assert_eq!(
        ran.last_run.as_ref().unwrap().planned_for,
        instant("2030-05-09T06:00:00Z")
    );
    assert_eq!(next(&ran).as_deref(), Some("2030-05-10T06:00:00Z"));
}

#[actix_web::test]
async fn a_one_off_without_an_end_is_completed_by_its_run() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({"recurrence": {"kind": "once"}})).await;
    app.at("2030-05-02T06:00:00Z");
    app.run_worker().await;
    let ran = read(&anna, &path).await;
    assert_eq!((ran.status, next(&ran)), (MailingStatus::Completed, None));
    assert_eq!(ran.completed_at, Some(instant("2030-05-02T06:00:00Z")));
    assert_eq!(ran.stopped, None);
}

#[actix_web::test]
async fn a_one_off_with_an_end_runs_until_then_and_can_be_sent_again() {
    let app = TestApp::start().await;
    let change = json!({"recurrence": {"kind": "once"}, "ends_at": "2030-05-03T06:00:00Z"});
    let (anna, path) = annas(&app, change).await;
    app.at("2030-05-02T06:00:00Z");
    app.run_worker().await;
    assert_eq!(read(&anna, &path).await.status, MailingStatus::Running);
    send(&anna, &path).await;
    app.run_worker().await;
    assert_eq!(read(&anna, &path).await.runs, 2);
    app.at("2030-05-03T06:00:00Z");
    app.run_worker().await;
    let over = read(&anna, &path).await;
    assert_eq!(over.status, MailingStatus::Completed);
    assert_eq!(over.completed_at, Some(instant("2030-05-03T06:00:00Z")));
}

#[actix_web::test]
async fn sending_by_hand_makes_a_mailing_running_and_moves_no_plan() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({"title": "Morning"})).await;
    let run = send(&anna, &path).await;
    assert_eq!(
        (run.trigger, run.state),
        (Trigger::Manual, RunState::Planning)
    );
    assert_eq!(
        (run.mailing_title.as_str(), run.subject.as_str()),
        ("Morning", "News")
    );
    assert_eq!(run.planned_for, instant("2030-05-01T06:00:00Z"));

    let sending = read(&anna, &path).await;
    assert_eq!(sending.status, MailingStatus::Running);
    assert_eq!(sending.last_run, Some(run));
    assert_eq!(next(&sending).as_deref(), Some("2030-05-02T06:00:00Z"));
    let again = anna.act(&format!("{path}/send")).await;
    again.refused(409, ErrorCode::RunInProgress);

    app.run_worker().await;
    let sent = read(&anna, &path).await;
    assert_eq!(sent.last_run.unwrap().counts.sent, 2);
    // And again, in the very same instant.
    send(&anna, &path).await;
    app.run_worker().await;
    assert_eq!(read(&anna, &path).await.runs, 2);
}

#[actix_web::test]
async fn managers_and_admins_send_anybodys() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    let boss = app.manager("boss").await;
    let admin = app.admin("root").await;
    for sender in [boss, admin] {
        send(&sender, &path).await;
        app.run_worker().await;
    }
    assert_eq!(read(&anna, &path).await.runs, 2);
}

#[actix_web::test]
async fn nothing_is_sent_for_a_blocked_owner() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    let boss = app.manager("boss").await;
    app.block(anna.id, true).await;
    let sent = boss.act(&format!("{path}/send")).await;
    sent.refused(409, ErrorCode::OwnerBlocked);
    app.at("2030-05-02T06:00:00Z");
    app.run_worker().await;
    assert_eq!(read(&boss, &path).await.runs, 0);
}

#[actix_web::test]
async fn a_pause_holds_back_what_is_queued_and_plans_nothing() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    send(&anna, &path).await;
    anna.act(&format!("{path}/pause")).await.value();
    app.at("2030-05-03T12:00:00Z");
    app.run_worker().await;
    let held = read(&anna, &path).await;
    assert_eq!((held.status, held.runs), (MailingStatus::Paused, 1));
    assert_eq!(held.last_run.unwrap().counts.queued, 2);

    let resumed: MailingView = anna.act(&format!("{path}/resume")).await.json();
    assert_eq!(resumed.status, MailingStatus::Running);
    assert_eq!(next(&resumed).as_deref(), Some("2030-05-04T06:00:00Z"));
    app.run_worker().await;
    let sent = read(&anna, &path).await;
    assert_eq!((sent.runs, sent.last_run.unwrap().counts.sent), (1, 2));
}

#[actix_web::test]
async fn stopping_skips_what_is_queued() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    send(&anna, &path).await;
    app.plan_only().await;
    let stopped: MailingView = anna.act(&format!("{path}/stop")).await.json();
    assert_eq!(stopped.last_run.unwrap().counts.queued, 2);
    app.run_worker().await;
    let run = read(&anna, &path).await.last_run.unwrap();
    assert_eq!((run.state, run.audience), (RunState::Finished, Some(2)));
    assert_eq!((run.counts.skipped, run.counts.total()), (2, 2));
}

#[actix_web::test]
async fn deleting_a_running_mailing_stops_it_and_keeps_its_history() {
    let app = TestApp::start().await;
    let change = json!({"title": "Morning"});
    let (anna, path) = annas(&app, change).await;
    let run = send(&anna, &path).await;
    app.plan_only().await;
    assert_eq!(anna.delete(&path).await.status, 204);
    app.run_worker().await;
    let kept = app.run(run.id).await;
    assert_eq!(
        (kept.title.as_str(), kept.subject.as_str()),
        ("Morning", "News")
    );
    let counts = app.counts(run.id).await;
    assert_eq!((counts.skipped, counts.total()), (2, 2));
}

#[actix_web::test]
async fn a_change_reaches_later_runs_only() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({"title": "Morning"})).await;
    let run = send(&anna, &path).await;
    let other = app.message(&anna, "Other news").await;
    let olga = anna.recipient("olga").await;
    let change =
        json!({"title": "Evening", "message_id": other, "audience": {"recipient_ids": [olga]}});
    let changed: MailingView = anna.patch(&path, change).await.json();
    assert_eq!(changed.last_run, Some(run.clone()));
    app.run_worker().await;
    let first = read(&anna, &path).await.last_run.unwrap();
    assert_eq!(
        (first.id, first.mailing_title.as_str()),
        (run.id, "Morning")
    );
    assert_eq!((first.subject.as_str(), first.counts.sent), ("News", 2));

    send(&anna, &path).await;
    app.run_worker().await;
    let second = read(&anna, &path).await.last_run.unwrap();
    assert_eq!(
        (second.mailing_title.as_str(), second.subject.as_str()),
        ("Evening", "Other news")
    );
    assert_eq!(second.counts.sent, 1);
}

#[actix_web::test]
async fn a_run_being_planned_keeps_the_audience_it_started_with() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    let olga = anna.recipient("olga").await;
    let few = json!({"audience": {"recipient_ids": [olga]}});
    anna.patch(&path, few).await.value();
    send(&anna, &path).await;
    anna.patch(&path, json!({"audience": {"all": true}}))
        .await
        .value();
    assert_eq!(app.audiences().await, 1);
    app.run_worker().await;
    let run = read(&anna, &path).await.last_run.unwrap();
    assert_eq!((run.audience, run.counts.sent), (Some(1), 1));
    assert_eq!(app.audiences().await, 0);
}

#[actix_web::test]
async fn a_mailing_that_has_run_is_planned_anew_from_now_on() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    send(&anna, &path).await;
    app.run_worker().await;
    // The new start lies behind, and today's occurrence has come: only the next one counts.
    let change = json!({"starts_at": "2030-04-01T05:00:00Z"});
    let changed: MailingView = anna.patch(&path, change).await.json();
    assert_eq!(next(&changed).as_deref(), Some("2030-05-02T05:00:00Z"));
    app.run_worker().await;
    assert_eq!(read(&anna, &path).await.runs, 1);

    // A one-off that is over by then has nothing left to do.
    let change = json!({"recurrence": {"kind": "once"}});
    let changed: MailingView = anna.patch(&path, change).await.json();
    assert_eq!(next(&changed), None);
    app.run_worker().await;
    assert_eq!(read(&anna, &path).await.status, MailingStatus::Completed);
}

#[actix_web::test]
async fn a_one_off_that_missed_its_instant_is_not_completed_unsent() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({"recurrence": {"kind": "once"}})).await;
    anna.act(&format!("{path}/pause")).await.value();
    app.at("2030-05-03T06:00:00Z");
    anna.act(&format!("{path}/resume")).await.value();
    app.run_worker().await;
    let waiting = read(&anna, &path).await;
    assert_eq!((waiting.status, waiting.runs), (MailingStatus::Created, 0));
    send(&anna, &path).await;
    app.run_worker().await;
    let sent = read(&anna, &path).await;
    assert_eq!((sent.status, sent.runs), (MailingStatus::Completed, 1));
}

#[actix_web::test]
async fn nothing_starts_at_the_end_or_after_it() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({"ends_at": "2030-05-03T06:00:00Z"})).await;
    app.at("2030-05-03T06:00:00Z");
    app.run_worker().await;
    let over = read(&anna, &path).await;
    assert_eq!((over.status, over.runs), (MailingStatus::Completed, 0));
}

#[actix_web::test]
async fn a_run_is_no_change_that_an_editor_must_know_of() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    let before = anna.get(&path).await.header("etag").to_owned();
    send(&anna, &path).await;
    app.run_worker().await;
    // What is shown has changed, but nobody's edit is lost.
    assert_eq!(anna.get_known(&path, &before).await.status, 200);
    let renamed = anna
        .patch_if(&path, &before, json!({"title": "Evening"}))
        .await;
    assert_eq!(renamed.status, 200);
}

#[actix_web::test]
async fn of_many_sends_at_once_one_starts_a_run() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    let send = format!("{path}/send");
    let sends = (0..8).map(|_| anna.act(&send));
    let mut answers: Vec<u16> = futures_util::future::join_all(sends)
        .await
        .iter()
        .map(|answer| answer.status)
        .collect();
    answers.sort_unstable();
    assert_eq!(answers, [201, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(read(&anna, &path).await.runs, 1);
}

#[actix_web::test]
async fn of_many_changes_at_once_to_what_was_read_one_is_taken() {
    let app = TestApp::start().await;
    let (anna, path) = annas(&app, json!({})).await;
    let olga = anna.recipient("olga").await;
    let tag = anna.get(&path).await.header("etag").to_owned();
    let changes = (0..8).map(|number| {
        let change =
            json!({"title": format!("Title {number}"), "audience": {"recipient_ids": [olga]}});
        anna.patch_if(&path, &tag, change)
    });
    let mut answers: Vec<u16> = futures_util::future::join_all(changes)
        .await
        .iter()
        .map(|answer| answer.status)
        .collect();
    answers.sort_unstable();
    assert_eq!(answers, [200, 412, 412, 412, 412, 412, 412, 412]);
    // The audiences made for the refused ones are gone.
    assert_eq!(app.audiences().await, 1);
}
