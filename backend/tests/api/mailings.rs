//! Mailings: planned, listed, changed and deleted by their owners; what they may refer to, and who sees them.

mod at_once;
mod audiences;
mod life;
mod lists;
mod runs;

use contract::mailings::{MailingStatus, MailingView};
use contract::problem::{ErrorCode, FieldCode};
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::app::instant;
use crate::support::make::mailing;

#[actix_web::test]
async fn a_mailing_is_planned_read_changed_and_deleted() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "Осенние новости").await;
    let maria = anna.recipient("maria").await;
    let ivan = anna.recipient("ivan").await;

    let change = json!({"title": " Новости ", "audience": {"recipient_ids": [ivan, maria, ivan]}});
    let made = anna.post("mailings", mailing(message_id, change)).await;
    assert_eq!(made.status, 201);
    let news: MailingView = made.json();
    let path = format!("mailings/{}", news.id);
    assert_eq!(made.header("location"), format!("/api/v1/{path}"));
    assert_eq!(news.title, "Новости");
    assert_eq!(news.status, MailingStatus::Created);
    assert_eq!(news.next_run_at, Some(instant("2030-05-02T06:00:00Z")));
    assert_eq!(news.message.as_ref().unwrap().title, "Осенние новости");
    assert_eq!((news.audience.all, news.audience.count), (false, 2));
    assert_eq!(news.audience.recipient_ids, [maria, ivan]);
    assert_eq!(news.owner.email, anna.email);
    assert_eq!((news.runs, &news.last_run), (0, &None));

    let read = anna.get(&path).await;
    assert_eq!(read.json::<MailingView>(), news);
    assert_eq!(read.header("etag"), made.header("etag"));

    app.at("2030-05-01T12:00:00Z");
    let change = json!({"title": "Weekly news", "recurrence": {"kind": "weekly"}, "ends_at": "2030-06-01T00:00:00Z"});
    let changed: MailingView = anna.patch(&path, change).await.json();
    assert_eq!(changed.title, "Weekly news");
    assert_eq!(changed.ends_at, Some(instant("2030-06-01T00:00:00Z")));
    assert_eq!(changed.audience, news.audience);
    assert!(changed.updated_at > news.updated_at);
    let endless: MailingView = anna.patch(&path, json!({"ends_at": null})).await.json();
    assert_eq!(endless.ends_at, None);
    assert_eq!(endless.recurrence, changed.recurrence);

    assert_eq!(anna.delete(&path).await.status, 204);
    anna.get(&path).await.refused(404, ErrorCode::NotFound);
    anna.delete(&path).await.refused(404, ErrorCode::NotFound);
    assert_eq!(anna.get("mailings?search=weekly").await.value()["total"], 0);
}

#[actix_web::test]
async fn without_a_title_it_is_called_as_its_message() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "Spring offer").await;
    for title in [json!({}), json!({"title": null}), json!({"title": "  "})] {
        assert_eq!(anna.mailing(message_id, title).await.title, "Spring offer");
    }
    let named = anna.mailing(message_id, json!({"title": "Mine"})).await;
    let path = format!("mailings/{}", named.id);
    let renamed: MailingView = anna.patch(&path, json!({"title": ""})).await.json();
    assert_eq!(renamed.title, "Spring offer");
}

#[actix_web::test]
async fn the_message_must_be_ones_own_or_shared() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = app.member("boris").await;
    let private = app.message(&boris, "Private").await;
    let shared = app.shared_message(&boris, "Shared").await;

    let refused = anna.post("mailings", mailing(private, json!({}))).await;
    refused.wrong_field("message_id", FieldCode::UnknownReference);
    let unknown = anna.post("mailings", mailing(987_654, json!({}))).await;
    unknown.wrong_field("message_id", FieldCode::UnknownReference);

    let with_shared = anna.mailing(shared, json!({})).await;
    assert_eq!(with_shared.message.unwrap().title, "Shared");
    let path = format!("mailings/{}", with_shared.id);
    let refused = anna.patch(&path, json!({"message_id": private})).await;
    refused.wrong_field("message_id", FieldCode::UnknownReference);
}

#[actix_web::test]
async fn wrong_input_is_told_at_its_field_and_changes_nothing() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let path = format!("mailings/{}", anna.mailing(message_id, json!({})).await.id);
    let before = anna.get(&path).await.value();
    let many: Vec<i64> = (1..=10_001).collect();
    let table = [
        (
            json!({"time_zone": "Mars/Olympus"}),
            "time_zone",
            FieldCode::UnknownZone,
        ),
        (json!({"time_zone": ""}), "time_zone", FieldCode::Required),
        (
            json!({"ends_at": "2030-05-02T06:00:00Z"}),
            "ends_at",
            FieldCode::EndBeforeStart,
        ),
        // Less than a microsecond is nothing.
        (
            json!({"ends_at": "2030-05-02T06:00:00.0000009Z"}),
            "ends_at",
            FieldCode::EndBeforeStart,
        ),
        (
            json!({"starts_at": "2030-04-01T06:00:00Z", "ends_at": "2030-05-01T06:00:00Z"}),
            "ends_at",
            FieldCode::WindowOver,
        ),
        (
            json!({"starts_at": "1999-12-31T00:00:00Z"}),
            "starts_at",
            FieldCode::OutOfRange,
        ),
        (
            json!({"starts_at": "+262000-01-01T00:00:00Z"}),
            "starts_at",
            FieldCode::OutOfRange,
        ),
        (
            json!({"ends_at": "9999-01-01T00:00:00Z"}),
            "ends_at",
            FieldCode::OutOfRange,
        ),
        (
            json!({"starts_at": "tomorrow"}),
            "starts_at",
            FieldCode::WrongType,
        ),
        (
            json!({"title": "a\r\nBcc: x@example.org"}),
            "title",
            FieldCode::ControlCharacter,
        ),
        (
            json!({"title": "я".repeat(251)}),
            "title",
            FieldCode::TooLong,
        ),
        (json!({"audience": {}}), "audience", FieldCode::Required),
        (
            json!({"audience": {"all": true, "recipient_ids": [1]}}),
            "audience",
            FieldCode::OutOfRange,
        ),
        (
            json!({"audience": {"recipient_ids": many}}),
            "audience",
            FieldCode::TooLong,
        ),
        (
            json!({"recurrence": {"kind": "monthly", "day": 32}}),
            "recurrence.day",
            FieldCode::OutOfRange,
        ),
        (
            json!({"recurrence": {"kind": "monthly", "week": 5, "weekday": "mon"}}),
            "recurrence.week",
            FieldCode::OutOfRange,
        ),
        (
            json!({"recurrence": {"kind": "hourly"}}),
            "recurrence.kind",
            FieldCode::WrongType,
        ),
        (
            json!({"message_id": "first"}),
            "message_id",
            FieldCode::WrongType,
        ),
        (json!({"colour": "red"}), "colour", FieldCode::UnknownField),
    ];
    for (change, field, code) in table {
        let made = anna
            .post("mailings", mailing(message_id, change.clone()))
            .await;
        made.wrong_field(field, code);
        anna.patch(&path, change).await.wrong_field(field, code);
    }
    assert_eq!(anna.get(&path).await.value(), before);
    assert_eq!(anna.get("mailings").await.value()["total"], 1);
}

#[actix_web::test]
async fn everything_wrong_is_told_at_once() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let change = json!({
        "title": "a\nb",
        "time_zone": "Nowhere",
        "ends_at": "2030-05-01T00:00:00Z",
        "audience": {"recipient_ids": [1]},
    });
    let refused = anna.post("mailings", mailing(987_654, change)).await;
    let problem = refused.problem();
    let fields: Vec<&str> = problem.errors.0.keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        ["audience", "ends_at", "message_id", "time_zone", "title"]
    );
    assert!(problem.errors.0.values().all(|errors| errors.len() == 1));
}

#[actix_web::test]
async fn others_do_not_learn_that_it_exists() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = app.member("boris").await;
    let message_id = app.shared_message(&anna, "News").await;
    let path = format!("mailings/{}", anna.mailing(message_id, json!({})).await.id);

    assert_eq!(boris.get("mailings").await.value()["total"], 0);
    boris.get(&path).await.refused(404, ErrorCode::NotFound);
    let renamed = boris.patch(&path, json!({"title": "Mine"})).await;
    renamed.refused(404, ErrorCode::NotFound);
    boris.delete(&path).await.refused(404, ErrorCode::NotFound);
    for act in ["send", "pause", "resume", "stop", "duplicate"] {
        let answer = boris.act(&format!("{path}/{act}")).await;
        answer.refused(404, ErrorCode::NotFound);
    }
    boris
        .get("mailings/preview-runs")
        .await
        .refused(404, ErrorCode::NotFound);
    app.guest()
        .get(&path)
        .await
        .refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn a_manager_sees_and_stops_but_never_edits() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boss = app.manager("boss").await;
    let message_id = app.shared_message(&anna, "News").await;
    let path = format!("mailings/{}", anna.mailing(message_id, json!({})).await.id);

    assert_eq!(boss.get("mailings").await.value()["total"], 1);
    assert_eq!(boss.get(&path).await.status, 200);
    let made = boss.post("mailings", mailing(message_id, json!({}))).await;
    made.refused(403, ErrorCode::Forbidden);
    let renamed = boss.patch(&path, json!({"title": "Mine"})).await;
    renamed.refused(403, ErrorCode::Forbidden);
    boss.delete(&path).await.refused(403, ErrorCode::Forbidden);
    for act in ["pause", "resume", "duplicate"] {
        let answer = boss.act(&format!("{path}/{act}")).await;
        answer.refused(403, ErrorCode::Forbidden);
    }
    let stopped: MailingView = boss
        .post(&format!("{path}/stop"), json!({"reason": "wrong prices"}))
        .await
        .json();
    assert_eq!(stopped.stopped.unwrap().by, "boss");
}

#[actix_web::test]
async fn an_admin_changes_and_deletes_anybodys() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let admin = app.admin("root").await;
    let message_id = app.message(&anna, "News").await;
    let path = format!("mailings/{}", anna.mailing(message_id, json!({})).await.id);

    let changed: MailingView = admin.patch(&path, json!({"title": "Better"})).await.json();
    assert_eq!(
        (changed.title.as_str(), changed.owner.id),
        ("Better", anna.id)
    );
    assert_eq!(anna.get(&path).await.value()["title"], "Better");
    assert_eq!(admin.delete(&path).await.status, 204);
    anna.get(&path).await.refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn a_lost_update_is_refused() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let path = format!("mailings/{}", anna.mailing(message_id, json!({})).await.id);
    let first = anna.get(&path).await.header("etag").to_owned();
    let known = anna.get_known(&path, &first).await;
    assert_eq!(known.status, 304);

    let changed = anna.patch_if(&path, &first, json!({"title": "One"})).await;
    assert_eq!(changed.status, 200);
    let lost = anna.patch_if(&path, &first, json!({"title": "Two"})).await;
    lost.refused(412, ErrorCode::Changed);
    let lost = anna.delete_if(&path, &first).await;
    lost.refused(412, ErrorCode::Changed);
    let second = changed.header("etag").to_owned();
    assert_eq!(anna.get(&path).await.header("etag"), second);
    assert_eq!(anna.delete_if(&path, &second).await.status, 204);
}

#[actix_web::test]
async fn coming_runs_are_shown_before_anything_is_saved() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let ask = |change: Value| {
        let mut body = json!({"starts_at": "2030-05-02T06:00:00Z", "time_zone": "Europe/Moscow", "recurrence": {"kind": "daily"}});
        let fields = body.as_object_mut().unwrap();
        fields.extend(change.as_object().unwrap().clone());
        body
    };
    let shown = anna
        .post("mailings/preview-runs", ask(json!({})))
        .await
        .value();
    let instants = shown["instants"].as_array().unwrap();
    assert_eq!(instants.len(), 10);
    assert_eq!(instants[0], "2030-05-02T06:00:00Z");
    assert_eq!(instants[9], "2030-05-11T06:00:00Z");

    // From the start on, also when it lies behind.
    let past = ask(
        json!({"starts_at": "2020-02-29T06:00:00Z", "count": 2, "recurrence": {"kind": "monthly", "day": 31}}),
    );
    let shown = anna.post("mailings/preview-runs", past).await.value();
    assert_eq!(
        shown["instants"],
        json!(["2020-02-29T06:00:00Z", "2020-03-31T06:00:00Z"])
    );

    let ending = ask(json!({"ends_at": "2030-05-04T06:00:00Z", "count": 100}));
    let shown = anna.post("mailings/preview-runs", ending).await.value();
    assert_eq!(shown["instants"].as_array().unwrap().len(), 2);

    let table = [
        (json!({"count": 0}), "count", FieldCode::OutOfRange),
        (json!({"count": 101}), "count", FieldCode::OutOfRange),
        (json!({"count": -1}), "count", FieldCode::WrongType),
        (
            json!({"time_zone": "Nowhere"}),
            "time_zone",
            FieldCode::UnknownZone,
        ),
        (
            json!({"ends_at": "2030-05-01T00:00:00Z"}),
            "ends_at",
            FieldCode::EndBeforeStart,
        ),
    ];
    for (change, field, code) in table {
        let refused = anna.post("mailings/preview-runs", ask(change)).await;
        refused.wrong_field(field, code);
    }
    assert_eq!(anna.get("mailings").await.value()["total"], 0);
}
