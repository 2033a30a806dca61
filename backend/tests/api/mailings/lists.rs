//! Mailings as they are listed.

use contract::mailings::MailingView;
use contract::problem::{ErrorCode, FieldCode};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

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
