//! What one tells of oneself, and changes.

use contract::accounts::{CITY_LIMIT, FULL_NAME_LIMIT, Language, MeView};
use contract::listing::Page;
use contract::problem::{ErrorCode, FieldCode};
use serde_json::{Value, json};

use crate::support::TestApp;

#[actix_web::test]
async fn what_is_given_is_changed_and_the_rest_stays() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let change = json!({"full_name": "  Анна Соколова ", "language": "ru"});
    let changed: MeView = anna.patch("me", change).await.json();
    assert_eq!(changed.full_name, "Анна Соколова");
    assert_eq!(changed.language, Language::Ru);
    assert_eq!(
        (changed.city.as_str(), changed.time_zone.as_str()),
        ("", "Europe/Moscow")
    );
    let change = json!({"city": "Кронштадт", "time_zone": "Asia/Vladivostok"});
    let changed: MeView = anna.patch("me", change).await.json();
    assert_eq!(changed.full_name, "Анна Соколова");
    assert_eq!(changed.city, "Кронштадт");
    assert_eq!(changed.time_zone, "Asia/Vladivostok");
    assert_eq!(anna.get("me").await.json::<MeView>(), changed);
    let cleared: MeView = anna
        .patch("me", json!({"full_name": "", "city": " "}))
        .await
        .json();
    assert_eq!(
        (cleared.full_name.as_str(), cleared.city.as_str()),
        ("", "")
    );
}

#[actix_web::test]
async fn a_new_name_is_found_and_the_former_is_not() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("root").await);
    let found = async |search: &str| {
        let page: Page<Value> = admin.get(&format!("users?search={search}")).await.json();
        page.total
    };
    anna.patch("me", json!({"full_name": "Vera Orlova"}))
        .await
        .value();
    assert_eq!((found("orlo").await, found("anna@golub").await), (1, 1));
    anna.patch("me", json!({"full_name": "Vera Petrova"}))
        .await
        .value();
    assert_eq!((found("orlo").await, found("petro").await), (0, 1));
}

#[actix_web::test]
async fn a_change_to_what_was_changed_since_is_refused() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let read = anna.get("me").await;
    let tag = read.header("etag");
    let first = anna.patch_if("me", tag, json!({"city": "Tver"})).await;
    assert_eq!(first.status, 200);
    let late = anna.patch_if("me", tag, json!({"city": "Perm"})).await;
    late.refused(412, ErrorCode::Changed);
    let again = anna
        .patch_if("me", first.header("etag"), json!({"city": "Perm"}))
        .await;
    assert_eq!(again.json::<MeView>().city, "Perm");
}

#[actix_web::test]
async fn a_change_of_nothing_changes_nothing() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let read = anna.get("me").await;
    let answer = anna.patch("me", json!({})).await;
    assert_eq!(
        (answer.status, answer.header("etag")),
        (200, read.header("etag"))
    );
}

#[actix_web::test]
async fn every_wrong_field_is_told_at_once() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let too_long = |limit: u64| "x".repeat(usize::try_from(limit).unwrap() + 1);
    let wrong = json!({
        "full_name": too_long(FULL_NAME_LIMIT), "city": "Tver\r\nX: y", "time_zone": "Mars/Utopia"
    });
    let answer = anna.patch("me", wrong).await;
    answer.wrong_field("full_name", FieldCode::TooLong);
    answer.wrong_field("city", FieldCode::ControlCharacter);
    answer.wrong_field("time_zone", FieldCode::UnknownZone);
    let answer = anna
        .patch("me", json!({"city": too_long(CITY_LIMIT)}))
        .await;
    answer.wrong_field("city", FieldCode::TooLong);
    let answer = anna.patch("me", json!({"role": "admin"})).await;
    answer.wrong_field("role", FieldCode::UnknownField);
    let answer = anna.patch("me", json!({"email": "x@example.org"})).await;
    answer.wrong_field("email", FieldCode::UnknownField);
    let answer = anna.patch("me", json!({"language": "de"})).await;
    answer.wrong_field("language", FieldCode::WrongType);
}
