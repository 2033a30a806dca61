//! Recipients' phones: taken as people write them, kept as E.164, found, and taken away.

use contract::problem::FieldCode;
use contract::recipients::RecipientView;
use serde_json::{Value, json};

use super::{MARIA, reachable, with_anna};

#[actix_web::test]
async fn a_phone_is_taken_as_people_write_it_and_kept_as_e164() {
    let (_app, anna) = with_anna().await;
    let maria = reachable(&anna, "maria", " 8 (921) 123-45-67 ").await;
    let path = format!("recipients/{maria}");
    let read: RecipientView = anna.get(&path).await.json();
    assert_eq!(read.phone.as_deref(), Some(MARIA));

    let change = json!({"phone": "+44 20 7946 0958"});
    let changed: RecipientView = anna.patch(&path, change).await.json();
    assert_eq!(changed.phone.as_deref(), Some("+442079460958"));
    let kept: RecipientView = anna.patch(&path, json!({"comment": "x"})).await.json();
    assert_eq!(kept.phone, changed.phone);
    for nothing in [Value::Null, json!(""), json!("  ")] {
        let change = json!({"phone": "+44 20 7946 0958"});
        anna.patch(&path, change).await.value();
        let taken: RecipientView = anna.patch(&path, json!({"phone": nothing})).await.json();
        assert_eq!(taken.phone, None, "{nothing}");
    }
    let without: RecipientView = anna
        .post(
            "recipients",
            json!({"email": "olga@example.org", "phone": null}),
        )
        .await
        .json();
    assert_eq!(without.phone, None);
}

#[actix_web::test]
async fn what_is_no_number_is_told_at_its_field() {
    let (_app, anna) = with_anna().await;
    let maria = anna.recipient("maria").await;
    for phone in [
        "921 123 45 67",
        "+7",
        "call me",
        "+7921123\n4567",
        "+79211234567890123",
    ] {
        let new = json!({"email": "olga@example.org", "phone": phone});
        let refused = anna.post("recipients", new).await;
        refused.wrong_field("phone", FieldCode::NotAPhone);
        let path = format!("recipients/{maria}");
        let refused = anna.patch(&path, json!({"phone": phone})).await;
        refused.wrong_field("phone", FieldCode::NotAPhone);
    }
    let wrong_type = json!({"email": "olga@example.org", "phone": 79211234567_i64});
    assert_eq!(anna.post("recipients", wrong_type).await.status, 422);
}

#[actix_web::test]
async fn recipients_are_found_by_their_phones_and_listed_by_having_one() {
    let (_app, anna) = with_anna().await;
    reachable(&anna, "maria", MARIA).await;
    anna.recipient("olga").await;
    let emails = async |query: &str| {
        let list = anna.get(&format!("recipients?{query}")).await.value();
        let items = list["items"].as_array().unwrap().clone();
        let emails = items.iter().map(|item| item["email"].as_str().unwrap());
        emails.map(str::to_owned).collect::<Vec<_>>()
    };
    for search in ["%2B7921123", "7921", "79211234567"] {
        let found = emails(&format!("search={search}")).await;
        assert_eq!(found, ["maria@example.org"], "{search}");
    }
    assert_eq!(emails("has_phone=true").await, ["maria@example.org"]);
    assert_eq!(emails("has_phone=false").await, ["olga@example.org"]);
    let both = emails("sort=email").await;
    assert_eq!(both, ["maria@example.org", "olga@example.org"]);
}

#[actix_web::test]
async fn what_staff_does_to_a_phone_is_written_down() {
    let (app, anna) = with_anna().await;
    let adam = app.admin("adam").await;
    let maria = reachable(&anna, "maria", MARIA).await;
    let change = json!({"phone": null});
    adam.patch(&format!("recipients/{maria}"), change)
        .await
        .value();
    let log = adam.get("audit-log?act=recipient_changed").await;
    assert!(log.text().contains("\"phone\""), "{}", log.text());
    assert!(!log.text().contains("9211234567"), "{}", log.text());
}
