//! Messages: written, shared, shown as they will arrive, sent to oneself.

mod previews;

use contract::messages::{MessageView, TestLetterResult};
use contract::problem::{ErrorCode, FieldCode};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

#[actix_web::test]
async fn a_message_is_written_read_changed_and_deleted() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = anna
        .post(
            "messages",
            json!({"subject": "  Ваши баллы, {{ full_name }} ", "body": "Здравствуйте!\n"}),
        )
        .await;
    assert_eq!(made.status, 201);
    let message: MessageView = made.json();
    assert_eq!(message.subject, "Ваши баллы, {{ full_name }}");
    assert_eq!((message.shared, message.used_by), (false, 0));
    let path = format!("messages/{}", message.id);
    assert_eq!(made.header("location"), format!("/api/v1/{path}"));
    assert_eq!(anna.get(&path).await.json::<MessageView>(), message);

    let tag = made.header("etag").to_owned();
    let changed = anna
        .patch_if(&path, &tag, json!({"format": "text", "shared": true}))
        .await;
    let changed: MessageView = changed.json();
    assert_eq!((changed.body, changed.shared), (message.body, true));
    anna.patch_if(&path, &tag, json!({"subject": "x"}))
        .await
        .refused(412, ErrorCode::Changed);
    assert_eq!(anna.delete(&path).await.status, 204);
    anna.get(&path).await.refused(404, ErrorCode::NotFound);
    assert_eq!(
        anna.get("messages?search=%D0%B1%D0%B0%D0%BB").await.value()["total"],
        0
    );
}

#[actix_web::test]
async fn what_is_wrong_is_told_at_its_place_and_changes_nothing() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let cases = [
        (json!({"body": "x"}), "subject", FieldCode::Required),
        (json!({"subject": "x"}), "body", FieldCode::Required),
        (
            json!({"subject": " ", "body": "x"}),
            "subject",
            FieldCode::Required,
        ),
        (
            json!({"subject": "x", "body": "\n \n"}),
            "body",
            FieldCode::Required,
        ),
        (
            json!({"subject": "x\r\nBcc: y", "body": "x"}),
            "subject",
            FieldCode::ControlCharacter,
        ),
        (
            json!({"subject": "x", "body": "a\u{0}b"}),
            "body",
            FieldCode::ControlCharacter,
        ),
        (
            json!({"subject": "x".repeat(251), "body": "x"}),
            "subject",
            FieldCode::TooLong,
        ),
        (
            json!({"subject": "x", "body": "x".repeat(200_001)}),
            "body",
            FieldCode::TooLong,
        ),
        (
            json!({"subject": "{{ name }}", "body": "x"}),
            "subject",
            FieldCode::UnknownVariable,
        ),
        (
            json!({"subject": "x", "body": "a\n{{ full_name"}),
            "body",
            FieldCode::UnclosedVariable,
        ),
        (
            json!({"subject": "x", "body": "x", "format": "rtf"}),
            "format",
            FieldCode::WrongType,
        ),
    ];
    for (body, field, code) in cases {
        anna.post("messages", &body).await.wrong_field(field, code);
    }
    let refused = anna
        .post(
            "messages",
            json!({"subject": "x", "body": "Hi\nto {{ who }}"}),
        )
        .await;
    let problem = refused.problem();
    let error = &problem.errors.of("body")[0];
    assert_eq!(
        (error.line, error.column, error.name.as_deref()),
        (Some(2), Some(4), Some("who"))
    );
    assert_eq!(anna.get("messages").await.value()["total"], 0);
}

#[actix_web::test]
async fn a_shared_message_others_may_read_and_copy_but_not_change() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let (manager, admin) = (app.manager("mona").await, app.admin("adam").await);
    let private = write(&anna, "Private", false).await;
    let shared = write(&anna, "Shared", true).await;
    let (private, shared) = (format!("messages/{private}"), format!("messages/{shared}"));

    assert_eq!(subjects(&boris.get("messages").await.value()), ["Shared"]);
    assert_eq!(
        boris.get(&shared).await.value()["owner"]["email"],
        anna.email
    );
    let change = json!({"subject": "Mine now"});
    for (path, status, code) in [
        (&shared, 403, ErrorCode::Forbidden),
        (&private, 404, ErrorCode::NotFound),
    ] {
        boris.patch(path, &change).await.refused(status, code);
        boris.delete(path).await.refused(status, code);
    }
    boris
        .act(&format!("{private}/duplicate"))
        .await
        .refused(404, ErrorCode::NotFound);
    let copy = boris.act(&format!("{shared}/duplicate")).await;
    assert_eq!(copy.status, 201);
    let copy: MessageView = copy.json();
    assert_eq!(
        (copy.owner.id, copy.shared, copy.subject.as_str()),
        (boris.id, false, "Shared")
    );

    assert_eq!(manager.get("messages").await.value()["total"], 3);
    for answer in [
        manager
            .post("messages", json!({"subject": "x", "body": "x"}))
            .await,
        manager.patch(&shared, &change).await,
        manager.delete(&shared).await,
        manager.act(&format!("{shared}/duplicate")).await,
        manager.act(&format!("{shared}/test")).await,
    ] {
        answer.refused(403, ErrorCode::Forbidden);
    }
    let changed = admin.patch(&private, &change).await.value();
    assert_eq!(changed["owner"]["id"], anna.id);
    assert_eq!(admin.delete(&private).await.status, 204);
}

#[actix_web::test]
async fn lists_are_searched_sorted_and_filtered() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    write(&anna, "Осенние скидки", false).await;
    write(&anna, "Бонусы", true).await;
    write(&boris, "Осенняя ярмарка", true).await;
    write(&boris, "Осень наедине", false).await;

    let osen = "messages?search=%D0%BE%D1%81%D0%B5%D0%BD";
    assert_eq!(
        subjects(&anna.get(osen).await.value()),
        ["Осенняя ярмарка", "Осенние скидки"]
    );
    let cases = [
        (
            "messages?sort=subject",
            vec!["Бонусы", "Осенние скидки", "Осенняя ярмарка"],
        ),
        (
            "messages?sort=-subject&shared=true",
            vec!["Осенняя ярмарка", "Бонусы"],
        ),
        ("messages?shared=false", vec!["Осенние скидки"]),
        (
            &format!("messages?owner_id={}", boris.id),
            vec!["Осенняя ярмарка"],
        ),
        (
            &format!("{osen}&owner_id={}", anna.id),
            vec!["Осенние скидки"],
        ),
    ];
    for (path, expected) in cases {
        assert_eq!(subjects(&anna.get(path).await.value()), expected, "{path}");
    }
}

#[actix_web::test]
async fn a_message_that_mailings_use_stays_and_stays_shared() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let message = write(&anna, "Shared", true).await;
    let path = format!("messages/{message}");
    let hers = plan(&anna, "Hers", message).await;
    let private = json!({"shared": false});

    // The owner may go on using what becomes private.
    assert_eq!(anna.patch(&path, &private).await.status, 200);
    anna.patch(&path, json!({"shared": true})).await.value();
    let his = plan(&boris, "His", message).await;
    assert_eq!(anna.get(&path).await.value()["used_by"], 2);
    assert_eq!(anna.get("messages").await.value()["items"][0]["used_by"], 2);

    let refused = anna.patch(&path, &private).await;
    refused.refused(409, ErrorCode::MessageInUse);
    let in_use = refused.problem().in_use.unwrap();
    assert_eq!((in_use.mailings.len(), in_use.others), (0, 1));

    let refused = anna.delete(&path).await;
    refused.refused(409, ErrorCode::MessageInUse);
    let in_use = refused.problem().in_use.unwrap();
    assert_eq!(
        (in_use.mailings[0].id, in_use.mailings[0].title.as_str()),
        (hers, "Hers")
    );
    assert_eq!((in_use.mailings.len(), in_use.others), (1, 1));
    // An admin is told of no titles either.
    let refused = app.admin("adam").await.delete(&path).await;
    assert_eq!(refused.problem().in_use.unwrap().others, 2);

    boris.act(&format!("mailings/{his}/stop")).await.value();
    assert_eq!(anna.patch(&path, &private).await.status, 200);
    anna.act(&format!("mailings/{hers}/stop")).await.value();
    assert_eq!(anna.delete(&path).await.status, 204);
    assert_eq!(
        anna.get(&format!("mailings/{hers}")).await.value()["message"],
        Value::Null
    );
}

#[actix_web::test]
async fn a_test_letter_goes_to_oneself() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message = write(&anna, "Hi {{ full_name }}", false).await;
    let result: TestLetterResult = anna.act(&format!("messages/{message}/test")).await.json();
    assert_eq!(
        (result.email.as_str(), result.accepted),
        (anna.email.as_str(), true)
    );

    let outbox = app.app.config.data.join("outbox");
    let letters: Vec<_> = std::fs::read_dir(outbox)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .collect();
    assert_eq!(letters.len(), 1);
    let source = std::fs::read(&letters[0]).unwrap();
    let letter = mail_parser::MessageParser::default()
        .parse(&source)
        .unwrap();
    assert_eq!(letter.subject(), Some("Hi anna"));
    assert_eq!(
        letter.to().unwrap().first().unwrap().address(),
        Some(anna.email.as_str())
    );
}

#[actix_web::test]
async fn a_mail_server_that_is_not_there_is_told_with_the_reason() {
    let app = TestApp::with(|config| {
        // Port 9 is for discarding, and nobody listens there.
        config.mail.smtp_url = Some("smtp://127.0.0.1:9?tls=none".parse().unwrap());
    })
    .await;
    let anna = app.member("anna").await;
    let message = write(&anna, "Hi", false).await;
    let result: TestLetterResult = anna.act(&format!("messages/{message}/test")).await.json();
    assert!(!result.accepted);
    assert!(
        result.response.starts_with("connecting: "),
        "{}",
        result.response
    );
}

async fn write(owner: &Client, subject: &str, shared: bool) -> i64 {
    let body = json!({"subject": subject, "body": "Hello {{ full_name }}", "shared": shared});
    owner.post("messages", body).await.id()
}

async fn plan(owner: &Client, title: &str, message_id: i64) -> i64 {
    let body = json!({
        "title": title, "message_id": message_id, "audience": {"all": true},
        "starts_at": "2030-06-01T09:00:00Z", "time_zone": "Europe/Moscow"
    });
    owner.post("mailings", body).await.id()
}

fn subjects(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["subject"].as_str().unwrap())
        .collect()
}
