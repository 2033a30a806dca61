//! The life of a mailing: when it runs next, and what pausing, resuming, stopping and copying make of that.

use contract::mailings::{MailingStatus, MailingView};
use contract::problem::{ErrorCode, FieldCode};
use golub::delivery::rules;
use serde_json::{Value, json};

use crate::support::app::instant;
use crate::support::make::mailing;
use crate::support::{Client, TestApp};

/// A mailing on the first test day, 1 May 2030, 09:00 in Moscow, with what `change` says.
async fn planned(app: &TestApp, owner: &Client, change: Value) -> MailingView {
    let message_id = app.message(owner, "News").await;
    owner.mailing(message_id, change).await
}

fn next(mailing: &MailingView) -> Option<String> {
    let next = mailing.next_run_at?;
    Some(next.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

#[actix_web::test]
async fn a_mailing_is_planned_from_its_start_on() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let table = [
        // Ahead: waits for its start.
        (
            json!({"recurrence": {"kind": "once"}}),
            "2030-05-02T06:00:00Z",
        ),
        (
            json!({"recurrence": {"kind": "weekly", "weekdays": ["mon"]}}),
            "2030-05-06T06:00:00Z",
        ),
        (
            json!({"recurrence": {"kind": "monthly", "day": 1}}),
            "2030-06-01T06:00:00Z",
        ),
        // Now, and behind: runs at once, for the latest occurrence that has come.
        (
            json!({"starts_at": "2030-05-01T06:00:00Z"}),
            "2030-05-01T06:00:00Z",
        ),
        (
            json!({"starts_at": "2030-04-01T06:00:00Z"}),
            "2030-05-01T06:00:00Z",
        ),
        (
            json!({"starts_at": "2030-04-01T06:00:00Z", "recurrence": {"kind": "once"}}),
            "2030-04-01T06:00:00Z",
        ),
        (
            json!({"starts_at": "2030-04-01T06:00:01Z"}),
            "2030-04-30T06:00:01Z",
        ),
        // The start is behind, but does not fit: no occurrence has come yet.
        (
            json!({"starts_at": "2030-04-30T06:00:00Z", "recurrence": {"kind": "weekly", "weekdays": ["fri"]}}),
            "2030-05-03T06:00:00Z",
        ),
    ];
    for (change, expected) in table {
        let made = planned(&app, &anna, change.clone()).await;
        assert_eq!(next(&made).as_deref(), Some(expected), "{change}");
        assert_eq!(made.status, MailingStatus::Created);
    }
}

#[actix_web::test]
async fn a_window_without_an_occurrence_plans_nothing() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let change =
        json!({"ends_at": "2030-05-03T00:00:00Z", "recurrence": {"kind": "monthly", "day": 9}});
    let made = planned(&app, &anna, change).await;
    assert_eq!((made.status, next(&made)), (MailingStatus::Created, None));
}

#[actix_web::test]
async fn a_mailing_that_has_not_run_is_planned_anew_as_if_it_were_just_made() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = planned(&app, &anna, json!({})).await;
    let path = format!("mailings/{}", made.id);
    let table = [
        (
            json!({"starts_at": "2030-07-01T06:00:00Z"}),
            "2030-07-01T06:00:00Z",
        ),
        (
            json!({"starts_at": "2030-04-20T06:00:00Z"}),
            "2030-05-01T06:00:00Z",
        ),
        (
            json!({"recurrence": {"kind": "monthly"}}),
            "2030-04-20T06:00:00Z",
        ),
        // 09:00 in Moscow is not what starts_at says there.
        (
            json!({"time_zone": "Asia/Kolkata", "recurrence": {"kind": "daily"}}),
            "2030-05-01T06:00:00Z",
        ),
    ];
    for (change, expected) in table {
        let changed: MailingView = anna.patch(&path, change.clone()).await.json();
        assert_eq!(next(&changed).as_deref(), Some(expected), "{change}");
    }
}

#[actix_web::test]
async fn a_window_that_is_over_is_refused_when_editing_too() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = planned(&app, &anna, json!({"starts_at": "2030-04-01T06:00:00Z"})).await;
    let path = format!("mailings/{}", made.id);
    let over = json!({"ends_at": "2030-05-01T06:00:00Z"});
    let refused = anna.patch(&path, over).await;
    refused.wrong_field("ends_at", FieldCode::WindowOver);
}

#[actix_web::test]
async fn pausing_plans_nothing_and_resuming_makes_nothing_up() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = planned(&app, &anna, json!({})).await;
    let path = format!("mailings/{}", made.id);

    let paused: MailingView = anna.act(&format!("{path}/pause")).await.json();
    assert_eq!(
        (paused.status, next(&paused)),
        (MailingStatus::Paused, None)
    );
    let again = anna.act(&format!("{path}/pause")).await;
    again.refused(409, ErrorCode::MailingPaused);
    let sent = anna.act(&format!("{path}/send")).await;
    sent.refused(409, ErrorCode::MailingPaused);

    app.at("2030-05-05T06:00:00Z");
    let resumed: MailingView = anna.act(&format!("{path}/resume")).await.json();
    // It has not run, and the occurrence of this very instant was missed.
    assert_eq!(resumed.status, MailingStatus::Created);
    assert_eq!(next(&resumed).as_deref(), Some("2030-05-06T06:00:00Z"));
    let again = anna.act(&format!("{path}/resume")).await;
    again.refused(409, ErrorCode::MailingNotPaused);

    // Nor does a new title call back what was missed.
    let renamed: MailingView = anna.patch(&path, json!({"title": "Later"})).await.json();
    assert_eq!(next(&renamed), next(&resumed));
}

#[actix_web::test]
async fn editing_a_paused_mailing_leaves_it_paused() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = planned(&app, &anna, json!({})).await;
    let path = format!("mailings/{}", made.id);
    anna.act(&format!("{path}/pause")).await.value();
    let changed: MailingView = anna
        .patch(&path, json!({"starts_at": "2030-04-01T06:00:00Z"}))
        .await
        .json();
    assert_eq!(
        (changed.status, next(&changed)),
        (MailingStatus::Paused, None)
    );
    let resumed: MailingView = anna.act(&format!("{path}/resume")).await.json();
    assert_eq!(next(&resumed).as_deref(), Some("2030-05-02T06:00:00Z"));
}

#[actix_web::test]
async fn a_one_off_whose_instant_passed_in_a_pause_waits_to_be_sent_by_hand() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = planned(&app, &anna, json!({"recurrence": {"kind": "once"}})).await;
    let path = format!("mailings/{}", made.id);
    anna.act(&format!("{path}/pause")).await.value();
    app.at("2030-05-03T06:00:00Z");
    let resumed: MailingView = anna.act(&format!("{path}/resume")).await.json();
    assert_eq!(
        (resumed.status, next(&resumed)),
        (MailingStatus::Created, None)
    );
}

#[actix_web::test]
async fn stopping_is_final_and_tells_who_and_why() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = planned(&app, &anna, json!({})).await;
    let path = format!("mailings/{}", made.id);

    let long = json!({"reason": "x".repeat(501)});
    let refused = anna.post(&format!("{path}/stop"), long).await;
    refused.wrong_field("reason", FieldCode::TooLong);

    app.at("2030-05-01T07:00:00Z");
    let reason = json!({"reason": " wrong prices "});
    let stopped: MailingView = anna.post(&format!("{path}/stop"), reason).await.json();
    assert_eq!(
        (stopped.status, next(&stopped)),
        (MailingStatus::Completed, None)
    );
    assert_eq!(stopped.completed_at, Some(instant("2030-05-01T07:00:00Z")));
    let told = stopped.stopped.unwrap();
    assert_eq!(told.at, instant("2030-05-01T07:00:00Z"));
    assert_eq!(
        (told.by.as_str(), told.reason.as_str()),
        ("anna", "wrong prices")
    );
    is_final(&anna, &path).await;
}

#[actix_web::test]
async fn a_stop_needs_no_reason_and_no_body() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = planned(&app, &anna, json!({})).await;
    let path = format!("mailings/{}", made.id);
    anna.act(&format!("{path}/pause")).await.value();
    let stopped: MailingView = anna.act(&format!("{path}/stop")).await.json();
    assert_eq!(stopped.status, MailingStatus::Completed);
    assert_eq!(stopped.stopped.unwrap().reason, "");
}

#[actix_web::test]
async fn a_window_that_passed_is_final_before_any_worker_noted_it() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = planned(&app, &anna, json!({"ends_at": "2030-05-04T00:00:00Z"})).await;
    app.at("2030-05-04T00:00:00Z");
    is_final(&anna, &format!("mailings/{}", made.id)).await;
}

/// Nothing can be done with it any more but reading, copying and deleting.
async fn is_final(owner: &Client, path: &str) {
    for act in ["send", "pause", "resume", "stop"] {
        let answer = owner.act(&format!("{path}/{act}")).await;
        answer.refused(409, ErrorCode::MailingCompleted);
    }
    for change in [json!({"title": "New"}), json!({"ends_at": null})] {
        let answer = owner.patch(path, change).await;
        answer.refused(409, ErrorCode::MailingCompleted);
    }
    let copy: MailingView = owner.act(&format!("{path}/duplicate")).await.json();
    assert_eq!(copy.status, MailingStatus::Paused);
    assert_eq!(owner.delete(path).await.status, 204);
}

#[actix_web::test]
async fn a_copy_is_paused_and_lacks_an_end_that_has_passed() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let maria = anna.recipient("maria").await;
    let change = json!({
        "title": "Fair",
        "audience": {"recipient_ids": [maria]},
        "recurrence": {"kind": "weekly", "weekdays": ["mon", "thu"]},
        "ends_at": "2030-06-01T00:00:00Z",
        "on_unknown": "hold",
    });
    let original = planned(&app, &anna, change).await;
    let duplicate = format!("mailings/{}/duplicate", original.id);
    let made = anna.act(&duplicate).await;
    assert_eq!(made.status, 201);
    let copy: MailingView = made.json();
    assert_eq!(
        made.header("location"),
        format!("/api/v1/mailings/{}", copy.id)
    );
    let expected = MailingView {
        id: copy.id,
        status: MailingStatus::Paused,
        next_run_at: None,
        ..original.clone()
    };
    assert_eq!(copy, expected);
    assert_eq!(anna.get("mailings?search=fair").await.value()["total"], 2);

    app.at("2030-06-10T12:00:00Z");
    let late: MailingView = anna.act(&duplicate).await.json();
    assert_eq!(late.ends_at, None);
    let resume = format!("mailings/{}/resume", late.id);
    let resumed: MailingView = anna.act(&resume).await.json();
    assert_eq!(next(&resumed).as_deref(), Some("2030-06-13T06:00:00Z"));
}

#[actix_web::test]
async fn a_copy_needs_a_message_that_may_be_used() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = planned(&app, &anna, json!({})).await;
    let path = format!("mailings/{}", made.id);
    anna.act(&format!("{path}/stop")).await.value();
    app.forget_message(made.message.unwrap().id).await;

    let read: MailingView = anna.get(&path).await.json();
    assert_eq!((read.title.as_str(), read.message), ("News", None));
    let refused = anna.act(&format!("{path}/duplicate")).await;
    refused.wrong_field("message_id", FieldCode::Required);
}

#[actix_web::test]
async fn every_taking_back_moves_the_rules_on() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = planned(&app, &anna, json!({})).await;
    let path = format!("mailings/{}", made.id);
    let db = app.app.database.read();
    let mut number = rules::current(db).await.unwrap();
    for act in ["pause", "resume", "stop"] {
        anna.act(&format!("{path}/{act}")).await.value();
        let moved = rules::current(db).await.unwrap();
        assert!(moved > number, "{act}");
        number = moved;
    }
    anna.delete(&path).await;
    assert!(rules::current(db).await.unwrap() > number);
}

#[actix_web::test]
async fn instants_are_kept_to_the_microsecond() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let change = json!({"starts_at": "2030-05-02T06:00:00.123456789Z"});
    let made = anna.post("mailings", mailing(message_id, change)).await;
    let made: MailingView = made.json();
    assert_eq!(made.starts_at, instant("2030-05-02T06:00:00.123456Z"));
    assert_eq!(made.next_run_at, Some(made.starts_at));
    let read: MailingView = anna.get(&format!("mailings/{}", made.id)).await.json();
    assert_eq!(read, made);
}
