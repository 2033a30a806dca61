//! Nothing kept reaches a person who may not see it.

use contract::permissions::Role;
use contract::problem::ErrorCode;
use serde_json::json;

use super::{Things, hits};
use crate::support::client::Answer;
use crate::support::{Client, TestApp};

/// Everybody who may ask, by who they are.
async fn everybody(app: &TestApp, owner: &Client) -> Vec<(&'static str, Client)> {
    let stranger = app.member("boris").await;
    let blocked = app.member("blocked").await;
    let mut people = vec![
        ("owner", owner.clone()),
        ("guest", app.guest()),
        ("manager", app.manager("vera").await),
        ("admin", app.admin("gleb").await),
        (
            "content manager",
            app.person("emily", Role::ContentManager).await,
        ),
        ("blocked", blocked.clone()),
    ];
    for (name, person, scope) in [
        ("owner's program that sees mailings", owner, "see_mailings"),
        ("owner's program that does not", owner, "keep_own_profile"),
        ("stranger's program", &stranger, "see_mailings"),
    ] {
        let token = json!({"name": name, "scopes": [scope]});
        let token = person.post("me/tokens", token).await.value();
        people.push((name, app.bearing(token["token"].as_str().unwrap())));
    }
    people.push(("stranger", stranger));
    app.block(blocked.id, true).await;
    people
}

fn told(answer: &Answer) -> (u16, String, String) {
    let tag = answer.header("etag").to_owned();
    (answer.status, tag, answer.text().to_owned())
}

#[actix_web::test]
async fn everybody_gets_from_memory_what_they_would_get_from_the_database() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let shared = Things::of(&app, &anna).await;
    let private = format!("messages/{}", app.message(&anna, "Secret").await);
    let people = everybody(&app, &anna).await;
    let changes = app.app.database.changes();
    let mut seen = 0;
    for path in shared.paths().into_iter().chain([private.as_str()]) {
        changes.miss();
        let mut cold = Vec::new();
        for (_, person) in &people {
            cold.push(told(&person.get(path).await));
        }
        changes.hear();
        anna.get(path).await.value();
        let before: u64 = hits(&app).iter().sum();
        for ((name, person), cold) in people.iter().zip(&cold) {
            assert_eq!(told(&person.get(path).await), *cold, "{name}: {path}");
            seen += u64::from(cold.0 == 200);
            match *name {
                "owner" | "manager" | "admin" => assert_eq!(cold.0, 200, "{name}: {path}"),
                "guest" | "blocked" => assert_eq!(cold.0, 401, "{name}: {path}"),
                "owner's program that does not" => assert_eq!(cold.0, 403, "{name}: {path}"),
                "stranger" | "stranger's program" | "content manager" => {
                    let expected = if path == shared.message { 200 } else { 404 };
                    assert_eq!(cold.0, expected, "{name}: {path}");
                }
                _ => {}
            }
        }
        // They were answered from memory, not from elsewhere.
        assert!(hits(&app).iter().sum::<u64>() > before + 3, "{path}");
    }
    assert!(seen > 12);
}

#[actix_web::test]
async fn what_is_taken_back_is_gone_for_others_at_the_next_read() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let message = app.shared_message(&anna, "Hello").await;
    let message = format!("messages/{message}");
    for _ in 0..2 {
        assert_eq!(boris.get(&message).await.status, 200);
    }
    let private = anna.patch(&message, json!({"shared": false})).await;
    assert_eq!(private.status, 200, "{}", private.text());
    let not_found = |answer: Answer| answer.refused(404, ErrorCode::NotFound);
    not_found(boris.get(&message).await);
    assert_eq!(anna.get(&message).await.status, 200);
    not_found(boris.get(&message).await);
    assert_eq!(anna.delete(&message).await.status, 204);
    not_found(anna.get(&message).await);
}

#[actix_web::test]
async fn what_another_process_takes_back_is_gone_for_others_before_it_was_heard() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let message = app.shared_message(&anna, "Hello").await;
    let path = format!("messages/{message}");
    // It believes that there is nobody else, and so keeps what it has read.
    let other = app.another_process().await;
    other.app.database.changes().hear();
    let there = other.meeting(&boris);
    for _ in 0..2 {
        assert_eq!(there.get(&path).await.status, 200);
    }
    assert_eq!(
        other.meeting(&anna).get(&path).await.value()["shared"],
        true
    );
    anna.patch(&path, json!({"shared": false})).await.value();
    assert_eq!(
        other.meeting(&anna).get(&path).await.value()["shared"],
        true,
        "not heard"
    );
    there.get(&path).await.refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn who_is_blocked_demoted_or_deleted_sees_nothing_kept() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (vera, admin) = (app.manager("vera").await, app.admin("gleb").await);
    let things = Things::of(&app, &anna).await;
    let warm = async || {
        for path in things.paths() {
            for _ in 0..2 {
                assert_eq!(admin.get(path).await.status, 200, "{path}");
            }
        }
    };
    warm().await;
    let demoted = admin
        .patch(&format!("users/{}", vera.id), json!({"role": "user"}))
        .await;
    assert_eq!(demoted.status, 200, "{}", demoted.text());
    warm().await;
    let vera = app.signed_in(vera.id, vera.email).await;
    for path in [&things.recipient, &things.mailing] {
        vera.get(path).await.refused(404, ErrorCode::NotFound);
    }
    app.block(anna.id, true).await;
    warm().await;
    for path in things.paths() {
        anna.get(path).await.refused(401, ErrorCode::SignedOut);
    }
    let deleted = admin.delete(&format!("users/{}", anna.id)).await;
    assert_eq!(deleted.status, 204, "{}", deleted.text());
    app.run_worker().await;
    for path in [&things.recipient, &things.mailing] {
        admin.get(path).await.refused(404, ErrorCode::NotFound);
    }
}
