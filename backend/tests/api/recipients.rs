//! Recipients: kept by their owners, found quickly, seen by nobody else.

mod lists;

use contract::problem::{ErrorCode, FieldCode};
use contract::recipients::RecipientView;
use serde_json::{Value, json};

use crate::support::TestApp;

#[actix_web::test]
async fn a_recipient_is_added_read_changed_and_deleted() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;

    let made = anna
        .post(
            "recipients",
            json!({"email": " Maria@Example.org ", "full_name": "Мария Петрова", "comment": "Met\nat the fair"}),
        )
        .await;
    assert_eq!(made.status, 201);
    let maria: RecipientView = made.json();
    assert_eq!(
        made.header("location"),
        format!("/api/v1/recipients/{}", maria.id)
    );
    assert_eq!(maria.email, "Maria@Example.org");
    assert_eq!(maria.owner.email, anna.email);

    let path = format!("recipients/{}", maria.id);
    assert_eq!(anna.get(&path).await.json::<RecipientView>(), maria);

    app.at("2030-05-02T06:00:00Z");
    let changed: RecipientView = anna
        .patch(&path, json!({"full_name": "Мария Водкина"}))
        .await
        .json();
    assert_eq!(changed.full_name, "Мария Водкина");
    assert_eq!(
        (changed.email, changed.comment),
        (maria.email, maria.comment)
    );
    assert!(changed.updated_at > maria.updated_at);
    assert_eq!(changed.created_at, maria.created_at);

    assert_eq!(anna.delete(&path).await.status, 204);
    anna.get(&path).await.refused(404, ErrorCode::NotFound);
    anna.delete(&path).await.refused(404, ErrorCode::NotFound);
    assert_eq!(found(&anna.get("recipients?search=maria").await.value()), 0);
}

#[actix_web::test]
async fn an_address_is_taken_once_per_owner_however_it_is_written() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = app.member("boris").await;
    let first = add(&anna, "Иван", "ivan@почта.рф").await;
    let other = add(&anna, "Olga", "olga@example.org").await;

    for same in [
        "ivan@почта.рф",
        "IVAN@ПОЧТА.РФ",
        "ivan@xn--80a1acny.xn--p1ai",
    ] {
        let refused = anna.post("recipients", json!({"email": same})).await;
        refused.refused(409, ErrorCode::Taken);
        assert_eq!(
            refused.problem().errors.of("email")[0].code,
            FieldCode::Taken
        );
    }
    anna.patch(
        &format!("recipients/{other}"),
        json!({"email": "Ivan@почта.рф"}),
    )
    .await
    .refused(409, ErrorCode::Taken);
    // Writing one's own address otherwise is no conflict, and others may know the same person.
    let rewritten = anna
        .patch(
            &format!("recipients/{first}"),
            json!({"email": "Ivan@почта.рф"}),
        )
        .await;
    assert_eq!(rewritten.value()["email"], "Ivan@почта.рф");
    add(&boris, "Иван", "ivan@почта.рф").await;
}

#[actix_web::test]
async fn of_two_that_add_the_same_address_at_once_one_gets_it() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let body = json!({"email": "race@example.org"});
    let answers =
        futures_util::future::join_all((0..6).map(|_| anna.post("recipients", &body))).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409]);
    assert_eq!(anna.get("recipients").await.value()["total"], 1);
}

#[actix_web::test]
async fn what_is_wrong_is_told_at_its_field_and_changes_nothing() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let long = "x".repeat(2_001);
    let cases = [
        (json!({}), "email", FieldCode::Required),
        (json!({"email": ""}), "email", FieldCode::Required),
        (json!({"email": "maria"}), "email", FieldCode::NotAnAddress),
        (
            json!({"email": "мария@example.org"}),
            "email",
            FieldCode::NonAsciiLocalPart,
        ),
        (
            json!({"email": "x@xn--zzzzzz.example"}),
            "email",
            FieldCode::NotAnAddress,
        ),
        (
            json!({"email": "a@example.org\r\nBcc: b@example.org"}),
            "email",
            FieldCode::ControlCharacter,
        ),
        (json!({"email": 5}), "email", FieldCode::WrongType),
        (
            json!({"email": "a@example.org", "full_name": "A\r\nBcc: b"}),
            "full_name",
            FieldCode::ControlCharacter,
        ),
        (
            json!({"email": "a@example.org", "full_name": "A\u{0}B"}),
            "full_name",
            FieldCode::ControlCharacter,
        ),
        (
            json!({"email": "a@example.org", "full_name": "x".repeat(201)}),
            "full_name",
            FieldCode::TooLong,
        ),
        (
            json!({"email": "a@example.org", "comment": long}),
            "comment",
            FieldCode::TooLong,
        ),
        (
            json!({"email": "a@example.org", "age": 7}),
            "age",
            FieldCode::UnknownField,
        ),
    ];
    for (body, field, code) in cases {
        anna.post("recipients", &body)
            .await
            .wrong_field(field, code);
    }
    assert_eq!(anna.get("recipients").await.value()["total"], 0);
}

#[actix_web::test]
async fn people_see_their_own_and_managers_see_all() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let (manager, admin) = (app.manager("mona").await, app.admin("adam").await);
    let hers = add(&anna, "Maria", "maria@example.org").await;
    add(&boris, "Ivan", "ivan@example.org").await;

    assert_eq!(
        addresses(&anna.get("recipients").await.value()),
        ["maria@example.org"]
    );
    boris
        .get(&format!("recipients/{hers}"))
        .await
        .refused(404, ErrorCode::NotFound);
    for overseer in [&manager, &admin] {
        let all = overseer.get("recipients?sort=email").await.value();
        assert_eq!(addresses(&all), ["ivan@example.org", "maria@example.org"]);
        assert_eq!(all["items"][1]["owner"]["email"], anna.email);
        let hers = overseer
            .get(&format!("recipients?owner_id={}", anna.id))
            .await;
        assert_eq!(addresses(&hers.value()), ["maria@example.org"]);
        let found = overseer.get("recipients?search=mar").await;
        assert_eq!(addresses(&found.value()), ["maria@example.org"]);
    }
    // Asking for somebody else's gives nothing, not everything.
    let none = anna.get(&format!("recipients?owner_id={}", boris.id)).await;
    assert_eq!(none.value()["total"], 0);
}

#[actix_web::test]
async fn a_manager_changes_nothing_and_an_admin_everything() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = app.member("boris").await;
    let (manager, admin) = (app.manager("mona").await, app.admin("adam").await);
    let path = format!(
        "recipients/{}",
        add(&anna, "Maria", "maria@example.org").await
    );

    let change = json!({"comment": "changed"});
    manager
        .post("recipients", json!({"email": "x@example.org"}))
        .await
        .refused(403, ErrorCode::Forbidden);
    manager
        .patch(&path, &change)
        .await
        .refused(403, ErrorCode::Forbidden);
    manager
        .delete(&path)
        .await
        .refused(403, ErrorCode::Forbidden);
    boris
        .patch(&path, &change)
        .await
        .refused(404, ErrorCode::NotFound);
    boris.delete(&path).await.refused(404, ErrorCode::NotFound);

    let changed = admin.patch(&path, &change).await.value();
    assert_eq!(changed["comment"], "changed");
    assert_eq!(changed["owner"]["email"], anna.email);
    // What an admin adds is the admin's own, even if somebody else knows the same address.
    let made = admin
        .post("recipients", json!({"email": "maria@example.org"}))
        .await;
    assert_eq!(made.value()["owner"]["id"], admin.id);
    assert_eq!(admin.delete(&path).await.status, 204);
}

#[actix_web::test]
async fn what_is_known_is_not_sent_again_and_what_was_changed_is_not_overwritten() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let path = format!(
        "recipients/{}",
        add(&anna, "Maria", "maria@example.org").await
    );
    let tag = anna.get(&path).await.header("etag").to_owned();

    assert_eq!(anna.get_known(&path, &tag).await.status, 304);
    let first = anna.patch_if(&path, &tag, json!({"comment": "one"})).await;
    assert_eq!(first.status, 200);
    anna.patch_if(&path, &tag, json!({"comment": "two"}))
        .await
        .refused(412, ErrorCode::Changed);
    anna.delete_if(&path, &tag)
        .await
        .refused(412, ErrorCode::Changed);
    assert_eq!(anna.get_known(&path, &tag).await.value()["comment"], "one");
    assert_eq!(
        anna.delete_if(&path, first.header("etag")).await.status,
        204
    );
}

async fn add(owner: &crate::support::Client, name: &str, email: &str) -> i64 {
    let body = json!({"email": email, "full_name": name});
    owner.post("recipients", body).await.id()
}

fn found(page: &Value) -> usize {
    page["items"].as_array().unwrap().len()
}

fn addresses(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["email"].as_str().unwrap().to_owned())
        .collect()
}
