//! Recipients as they are found, listed and paged.

use serde_json::json;

use super::{add, addresses, found};
use crate::support::TestApp;

#[actix_web::test]
async fn search_finds_beginnings_of_the_address_and_of_the_words_of_the_name() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    add(&anna, "Мария Петрова-Водкина", "masha@example.org").await;
    add(&anna, "Пётр Иванов", "petr@почта.рф").await;

    let cases = [
        ("мар", 1),
        ("ПЕТРОВА", 1),
        ("мар петр", 1),
        ("пётр", 1),
        ("ария", 0),
        ("masha@", 1),
        ("petr@по", 1),
        ("petr@xn--", 1),
        ("masha иванов", 0),
    ];
    for (search, expected) in cases {
        let listed = anna
            .get(&format!("recipients?search={}", encoded(search)))
            .await;
        assert_eq!(found(&listed.value()), expected, "{search}");
    }
    let renamed = anna.get("recipients?search=masha").await.value();
    let path = format!("recipients/{}", renamed["items"][0]["id"]);
    anna.patch(&path, json!({"full_name": "Анна"}))
        .await
        .value();
    let old = anna
        .get(&format!("recipients?search={}", encoded("мария")))
        .await;
    assert_eq!(found(&old.value()), 0);
}

#[actix_web::test]
async fn the_chosen_of_a_mailing_are_found_and_a_deleted_one_leaves_it() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let maria = add(&anna, "Maria", "maria@example.org").await;
    let ivan = add(&anna, "Ivan", "ivan@example.org").await;
    add(&anna, "Olga", "olga@example.org").await;
    let message = anna
        .post("messages", json!({"subject": "Hi", "body": "Hi"}))
        .await
        .id();
    let mailing = json!({
        "message_id": message, "audience": {"recipient_ids": [maria, ivan]},
        "starts_at": "2030-06-01T09:00:00Z", "time_zone": "Europe/Moscow"
    });
    let mailing = anna.post("mailings", mailing).await.id();

    let chosen = format!("recipients?mailing_id={mailing}&sort=email");
    assert_eq!(
        addresses(&anna.get(&chosen).await.value()),
        ["ivan@example.org", "maria@example.org"]
    );
    assert_eq!(boris.get(&chosen).await.value()["total"], 0);
    anna.delete(&format!("recipients/{ivan}")).await;
    assert_eq!(
        addresses(&anna.get(&chosen).await.value()),
        ["maria@example.org"]
    );
    let mailing = anna.get(&format!("mailings/{mailing}")).await.value();
    assert_eq!(mailing["audience"]["recipient_ids"], json!([maria]));
}

#[actix_web::test]
async fn pages_follow_each_other_in_every_sort() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    // A name that looks like an instant is a name.
    let names = [
        "2026-01-01T00:00:00Z",
        "Вера",
        "",
        "вера",
        "Яна",
        "Anna",
        "7",
    ];
    for (number, name) in names.into_iter().enumerate() {
        add(&anna, name, &format!("r{number}@example.org")).await;
    }
    for sort in [
        "created_at",
        "-created_at",
        "email",
        "-email",
        "full_name",
        "-full_name",
    ] {
        let whole = addresses(&anna.get(&format!("recipients?sort={sort}")).await.value());
        let mut paged = Vec::new();
        let mut after = String::new();
        loop {
            let path = format!("recipients?sort={sort}&limit=2&after={after}");
            let page = anna.get(&path).await.value();
            assert_eq!(page["total"], 7);
            paged.extend(addresses(&page));
            match page["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(paged, whole, "{sort}");
        assert_eq!(paged.len(), 7);
    }
    for wrong in [
        "limit=0",
        "limit=201",
        "sort=comment",
        "after=x",
        "after=e30",
    ] {
        assert_eq!(
            anna.get(&format!("recipients?{wrong}")).await.status,
            422,
            "{wrong}"
        );
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
