//! Mailings: planned, listed, changed and deleted by their owners; what they may refer to, and who sees them.

use contract::mailings::{MailingStatus, MailingView};
use contract::problem::{ErrorCode, FieldCode};
use serde_json::{Value, json};

use crate::support::app::instant;
use crate::support::make::mailing;
use crate::support::{Client, TestApp};

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
async fn recipients_must_all_be_the_owners() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = app.member("boris").await;
    let message_id = app.message(&anna, "News").await;
    let (mine, his) = (anna.recipient("maria").await, boris.recipient("ivan").await);

    for ids in [vec![mine, his], vec![mine, 987_654], vec![-1]] {
        let change = json!({"audience": {"recipient_ids": ids}});
        let refused = anna.post("mailings", mailing(message_id, change)).await;
        refused.wrong_field("audience", FieldCode::UnknownReference);
    }
    let path = format!("mailings/{}", anna.mailing(message_id, json!({})).await.id);
    let change = json!({"audience": {"recipient_ids": [his]}});
    anna.patch(&path, change)
        .await
        .wrong_field("audience", FieldCode::UnknownReference);
    assert_eq!(anna.get("mailings").await.value()["total"], 1);

    // An admin who changes somebody's mailing chooses among that person's recipients.
    let admin = app.admin("root").await;
    let hers = json!({"audience": {"recipient_ids": [mine]}});
    let changed: MailingView = admin.patch(&path, hers).await.json();
    assert_eq!(changed.audience.recipient_ids, [mine]);
    let own = admin.recipient("olga").await;
    let foreign = json!({"audience": {"recipient_ids": [own]}});
    admin
        .patch(&path, foreign)
        .await
        .wrong_field("audience", FieldCode::UnknownReference);
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
async fn lists_search_filter_sort_and_page() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = app.member("boris").await;
    let news = app.message(&anna, "News").await;
    let offer = app.message(&anna, "Offer").await;
    let late = json!({"title": "Осенняя распродажа", "starts_at": "2030-09-01T06:00:00Z"});
    let late = anna.mailing(offer, late).await.id;
    let soon = anna
        .mailing(news, json!({"title": "Утренние новости"}))
        .await
        .id;
    let paused = anna
        .mailing(news, json!({"title": "Вечерние новости"}))
        .await
        .id;
    anna.act(&format!("mailings/{paused}/pause")).await.value();
    let stopped = anna.mailing(news, json!({"title": "aged"})).await.id;
    anna.act(&format!("mailings/{stopped}/stop")).await.value();
    let his = app.message(&boris, "His").await;
    let his = boris
        .mailing(his, json!({"title": "Новости Бориса"}))
        .await
        .id;

    let table = [
        ("mailings", vec![stopped, paused, soon, late]),
        (
            "mailings?sort=created_at",
            vec![late, soon, paused, stopped],
        ),
        ("mailings?sort=title", vec![stopped, paused, late, soon]),
        (
            "mailings?sort=next_run_at",
            vec![soon, late, paused, stopped],
        ),
        ("mailings?status=created", vec![soon, late]),
        ("mailings?status=paused", vec![paused]),
        ("mailings?status=running", vec![]),
        ("mailings?status=completed", vec![stopped]),
        (&format!("mailings?message_id={offer}"), vec![late]),
        // новости
        (
            "mailings?search=%D0%9D%D0%9E%D0%92%D0%9E",
            vec![paused, soon],
        ),
        ("mailings?search=AGE", vec![stopped]),
        ("mailings?search=no+such", vec![]),
        (&format!("mailings?owner_id={}", boris.id), vec![]),
    ];
    for (path, expected) in table {
        let page = anna.get(path).await.value();
        assert_eq!(ids(&page), expected, "{path}");
        assert_eq!(page["total"], expected.len(), "{path}");
    }
    for sort in ["created_at", "-title", "next_run_at", "-next_run_at"] {
        let whole = ids(&anna.get(&format!("mailings?sort={sort}")).await.value());
        assert_eq!(by_pages(&anna, sort).await, whole, "{sort}");
    }
    let boss = app.manager("boss").await;
    assert_eq!(boss.get("mailings").await.value()["total"], 5);
    let of_boris = format!("mailings?owner_id={}&search=%D0%BD%D0%BE", boris.id);
    assert_eq!(ids(&boss.get(&of_boris).await.value()), [his]);

    let refused = anna.get("mailings?status=asleep").await;
    refused.refused(400, ErrorCode::UnreadableRequest);
    let refused = anna.get("mailings?sort=owner").await;
    refused.wrong_field("sort", FieldCode::OutOfRange);
}

#[actix_web::test]
async fn a_list_shows_what_a_reading_shows_but_for_the_chosen() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let maria = anna.recipient("maria").await;
    anna.recipient("ivan").await;
    let chosen = json!({"audience": {"recipient_ids": [maria]}});
    let chosen = anna.mailing(message_id, chosen).await;
    let all = anna.mailing(message_id, json!({})).await;

    let page = anna.get("mailings?sort=created_at").await.value();
    let listed: Vec<MailingView> = serde_json::from_value(page["items"].clone()).unwrap();
    assert_eq!((listed[0].audience.count, listed[1].audience.count), (1, 2));
    assert!(listed[0].audience.recipient_ids.is_empty());
    assert_eq!(listed[1], all);
    let mut without_ids = chosen;
    without_ids.audience.recipient_ids.clear();
    assert_eq!(listed[0], without_ids);
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
async fn an_audience_follows_its_recipients() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let (maria, ivan) = (anna.recipient("maria").await, anna.recipient("ivan").await);
    let chosen = json!({"audience": {"recipient_ids": [maria, ivan]}});
    let chosen = format!("mailings/{}", anna.mailing(message_id, chosen).await.id);
    let all = format!("mailings/{}", anna.mailing(message_id, json!({})).await.id);

    anna.delete(&format!("recipients/{ivan}")).await;
    anna.recipient("olga").await;
    let left: MailingView = anna.get(&chosen).await.json();
    assert_eq!(left.audience.recipient_ids, [maria]);
    let everybody: MailingView = anna.get(&all).await.json();
    assert_eq!(
        (everybody.audience.all, everybody.audience.count),
        (true, 2)
    );

    let change = json!({"audience": {"all": true}});
    let changed: MailingView = anna.patch(&chosen, change).await.json();
    assert_eq!((changed.audience.all, changed.audience.count), (true, 2));
    let change = json!({"audience": {"recipient_ids": [maria]}});
    let changed: MailingView = anna.patch(&chosen, change).await.json();
    assert_eq!((changed.audience.all, changed.audience.count), (false, 1));
}

#[actix_web::test]
async fn audiences_that_nothing_uses_are_gone() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let maria = anna.recipient("maria").await;
    let chosen = json!({"audience": {"recipient_ids": [maria]}});
    let path = format!(
        "mailings/{}",
        anna.mailing(message_id, chosen.clone()).await.id
    );
    assert_eq!(app.audiences().await, 1);
    anna.patch(&path, chosen).await.value();
    assert_eq!(app.audiences().await, 1);

    // A copy has the same one.
    let copy = anna.act(&format!("{path}/duplicate")).await.id();
    assert_eq!(app.audiences().await, 1);
    anna.delete(&path).await;
    let copied: MailingView = anna.get(&format!("mailings/{copy}")).await.json();
    assert_eq!(copied.audience.recipient_ids, [maria]);
    anna.patch(
        &format!("mailings/{copy}"),
        json!({"audience": {"all": true}}),
    )
    .await
    .value();
    assert_eq!(app.audiences().await, 0);
}

#[actix_web::test]
async fn ten_thousand_can_be_chosen() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let ids = app.many_recipients(&anna, 10_000).await;
    let change = json!({"audience": {"recipient_ids": ids}});
    let made = anna.mailing(message_id, change).await;
    assert_eq!(made.audience.count, 10_000);
    let path = format!("mailings/{}", made.id);
    let change = json!({"audience": {"recipient_ids": ids[..9_000]}});
    let changed: MailingView = anna.patch(&path, change).await.json();
    assert_eq!(changed.audience.count, 9_000);
    assert_eq!(anna.delete(&path).await.status, 204);
    assert_eq!(app.audiences().await, 0);
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

fn ids(page: &Value) -> Vec<i64> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["id"].as_i64().unwrap())
        .collect()
}

async fn by_pages(client: &Client, sort: &str) -> Vec<i64> {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let path = format!("mailings?limit=1&sort={sort}&after={after}");
        let page = client.get(&path).await.value();
        found.extend(ids(&page));
        match page["next"].as_str() {
            Some(next) => after = next.to_owned(),
            None => return found,
        }
    }
}
