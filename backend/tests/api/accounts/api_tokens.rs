//! API tokens: keys for programs, with some of their owner's permissions.

use std::time::Duration;

use contract::accounts::api_tokens::{ApiTokenView, MadeApiToken};
use contract::audit::Act;
use contract::permissions::{Permission, Role};
use contract::problem::{ErrorCode, FieldCode};
use golub::accounts::api_tokens::entity as api_token;
use golub::accounts::entity as user;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::{Value, json};

use crate::support::app::instant;
use crate::support::{Client, TestApp};

#[actix_web::test]
async fn a_token_is_shown_once_and_kept_hashed() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let new = json!({
        "name": "  Shop ",
        "scopes": ["see_mailings", "keep_own_profile", "see_mailings"],
        "expires_at": "2031-01-01T00:00:00Z",
    });
    let answer = anna.post("me/tokens", new).await;
    assert_eq!(
        (answer.status, answer.header("cache-control")),
        (201, "no-store")
    );
    let made: MadeApiToken = answer.json();
    let secret = made.token.strip_prefix("golub_").unwrap();
    assert_eq!(secret.len(), 43);
    assert!(secret.ends_with(&made.view.ending));
    assert_eq!(made.view.ending.len(), 4);
    assert_eq!(made.view.name, "Shop");
    assert_eq!(
        made.view.scopes,
        [Permission::KeepOwnProfile, Permission::SeeMailings]
    );
    assert_eq!(made.view.created_at, instant("2030-05-01T06:00:00Z"));

    let listed = anna.get("me/tokens").await;
    assert!(!listed.text().contains(secret));
    assert_eq!(listed.json::<Vec<ApiTokenView>>(), [made.view]);
    let kept = api_token::Entity::find().one(app.app.database.read()).await;
    let kept = format!("{:?}", kept.unwrap().unwrap());
    assert!(!kept.contains(secret));

    let other: MadeApiToken = make(&anna, &["see_mailings"]).await;
    assert_ne!(other.token, made.token);
    let names: Vec<String> = tokens(&anna)
        .await
        .into_iter()
        .map(|view| view.name)
        .collect();
    assert_eq!(names, ["Shop 2", "Shop"]);
}

#[actix_web::test]
async fn a_token_is_used_wherever_a_session_is_within_its_scopes() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = make(&anna, &["see_mailings", "keep_own_mailings"]).await;
    let program = app.bearing(&made.token);
    let id = program.recipient("maria").await;
    assert_eq!(anna.get(&format!("recipients/{id}")).await.status, 200);
    let me = program.get("me").await.value();
    assert_eq!(me["email"], anna.email);
    assert_eq!(
        me["permissions"],
        json!(["keep_own_mailings", "see_mailings"])
    );
    program
        .get("me/tokens")
        .await
        .refused(403, ErrorCode::SessionRequired);
    program
        .get("captured-mail")
        .await
        .refused(403, ErrorCode::Forbidden);
}

#[actix_web::test]
async fn a_token_without_a_scope_is_told_that_it_is_the_token() {
    let app = TestApp::start().await;
    let admin = app.admin("admin").await;
    let program = app.bearing(&make(&admin, &["see_mailings"]).await.token);
    program
        .post("recipients", json!({"email": "maria@example.org"}))
        .await
        .refused(403, ErrorCode::ScopeMissing);
    program
        .get("captured-mail")
        .await
        .refused(403, ErrorCode::ScopeMissing);
}

#[actix_web::test]
async fn a_managers_token_sees_others_things_only_with_the_scope_for_it() {
    let app = TestApp::start().await;
    let (anna, manager) = (app.member("anna").await, app.manager("manager").await);
    let theirs = app.message(&anna, "Private").await;
    let own = app.message(&manager, "Own").await;
    let near = app.bearing(&make(&manager, &["see_mailings"]).await.token);
    let far = app.bearing(
        &make(&manager, &["see_mailings", "see_everything"])
            .await
            .token,
    );
    for (program, seen) in [(&near, vec![own]), (&far, vec![own, theirs])] {
        let listed = program.get("messages").await.value();
        let mut ids: Vec<i64> = listed["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["id"].as_i64().unwrap())
            .collect();
        ids.sort_unstable();
        let mut seen = seen.clone();
        seen.sort_unstable();
        assert_eq!(ids, seen);
        assert_eq!(listed["total"], seen.len());
        let status = program.get(&format!("messages/{theirs}")).await.status;
        assert_eq!(status == 200, seen.contains(&theirs));
    }
}

#[actix_web::test]
async fn a_token_sends_and_stops_only_what_it_may() {
    let app = TestApp::start().await;
    let manager = app.manager("manager").await;
    let anna = app.member("anna").await;
    anna.recipient("maria").await;
    let message = app.message(&anna, "Hi").await;
    let mailing = anna.mailing(message, json!({})).await.id;
    let seeing = app.bearing(&make(&anna, &["see_mailings"]).await.token);
    let send = format!("mailings/{mailing}/send");
    let stop = format!("mailings/{mailing}/stop");
    for path in [&send, &stop] {
        seeing.act(path).await.refused(403, ErrorCode::ScopeMissing);
    }
    let sender = app.bearing(&make(&manager, &["send_any_mailing"]).await.token);
    sender
        .act(&stop)
        .await
        .refused(403, ErrorCode::ScopeMissing);
    assert_eq!(sender.act(&send).await.status, 201);
    let keeper = app.bearing(&make(&anna, &["keep_own_mailings"]).await.token);
    assert_eq!(keeper.act(&stop).await.status, 200);
}

#[actix_web::test]
async fn a_token_shrinks_with_its_owner() {
    let app = TestApp::start().await;
    let (anna, manager) = (app.member("anna").await, app.manager("manager").await);
    let theirs = app.message(&anna, "Private").await;
    let made = make(&manager, &["see_mailings", "see_everything"]).await;
    let program = app.bearing(&made.token);
    let path = format!("messages/{theirs}");
    assert_eq!(program.get(&path).await.status, 200);
    let demoted = user::ActiveModel {
        id: Set(manager.id),
        role: Set(Role::User.into()),
        ..Default::default()
    };
    let tx = app.app.database.write().await.unwrap();
    demoted.update(&tx).await.unwrap();
    tx.commit().await.unwrap();
    program.get(&path).await.refused(404, ErrorCode::NotFound);
    assert_eq!(program.get("messages").await.status, 200);
    let me = program.get("me").await.value();
    assert_eq!(me["permissions"], json!(["see_mailings"]));
}

#[actix_web::test]
async fn a_token_ends_when_it_expires_or_its_owner_is_blocked() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let new =
        json!({"name": "Shop", "scopes": ["see_mailings"], "expires_at": "2030-05-01T07:00:00Z"});
    let made: MadeApiToken = anna.post("me/tokens", new).await.json();
    let forever = app.bearing(&make(&anna, &["see_mailings"]).await.token);
    let program = app.bearing(&made.token);
    app.at("2030-05-01T06:59:59Z");
    assert_eq!(program.get("me").await.status, 200);
    app.at("2030-05-01T07:00:00Z");
    program.get("me").await.refused(401, ErrorCode::SignedOut);
    app.at("2040-05-01T07:00:00Z");
    assert_eq!(forever.get("me").await.status, 200);
    app.block(anna.id, true).await;
    forever.get("me").await.refused(401, ErrorCode::SignedOut);
    app.block(anna.id, false).await;
    assert_eq!(forever.get("me").await.status, 200);
}

#[actix_web::test]
async fn when_a_token_was_last_used_is_noted_once_a_minute() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let program = app.bearing(&make(&anna, &["see_mailings"]).await.token);
    let last_used = async || tokens(&anna).await[0].last_used_at;
    assert_eq!(last_used().await, None);
    for (now, noted) in [
        ("2030-05-01T06:00:10Z", "2030-05-01T06:00:10Z"),
        ("2030-05-01T06:01:09Z", "2030-05-01T06:00:10Z"),
        ("2030-05-01T06:01:10Z", "2030-05-01T06:01:10Z"),
    ] {
        app.at(now);
        program.get("me").await.value();
        assert_eq!(last_used().await, Some(instant(noted)));
    }
}

#[actix_web::test]
async fn a_token_is_made_only_with_what_is_right() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let cases = [
        ("name", json!(" "), FieldCode::Required),
        ("name", json!("x".repeat(101)), FieldCode::TooLong),
        ("name", json!("a\nb"), FieldCode::ControlCharacter),
        ("scopes", json!([]), FieldCode::Required),
        ("scopes", json!(["see_everything"]), FieldCode::NotYours),
        (
            "expires_at",
            json!("2030-05-01T06:00:00Z"),
            FieldCode::OutOfRange,
        ),
        (
            "expires_at",
            json!("+10000-01-01T00:00:00Z"),
            FieldCode::OutOfRange,
        ),
    ];
    for (field, value, code) in cases {
        let mut new = json!({"name": "Shop", "scopes": ["see_mailings"]});
        new[field] = value;
        let answer = anna.post("me/tokens", &new).await;
        answer.wrong_field(field, code);
    }
    let answer = anna
        .post(
            "me/tokens",
            json!({"name": "Shop", "scopes": ["see_mailings", "manage_users"]}),
        )
        .await;
    let problem = answer.problem();
    assert_eq!(
        problem.errors.of("scopes")[0].name.as_deref(),
        Some("manage_users")
    );
    assert!(tokens(&anna).await.is_empty());

    for _ in 0..50 {
        make(&anna, &["see_mailings"]).await;
    }
    let one_more = json!({"name": "Shop", "scopes": ["see_mailings"]});
    let answer = anna.post("me/tokens", one_more).await;
    answer.wrong_field("name", FieldCode::TooLong);
}

#[actix_web::test]
async fn a_deleted_token_opens_nothing() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let made = make(&anna, &["see_mailings"]).await;
    let program = app.bearing(&made.token);
    let path = format!("me/tokens/{}", made.view.id);
    boris.delete(&path).await.refused(404, ErrorCode::NotFound);
    assert_eq!(program.get("me").await.status, 200);
    assert_eq!(anna.delete(&path).await.status, 204);
    program.get("me").await.refused(401, ErrorCode::SignedOut);
    anna.delete(&path).await.refused(404, ErrorCode::NotFound);
    let acts = app.acts_upon(anna.id).await;
    assert_eq!(acts, [Act::ApiTokenMade, Act::ApiTokenDeleted]);
}

#[actix_web::test]
async fn making_and_deleting_tokens_asks_for_a_fresh_proof() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let made = make(&anna, &["see_mailings"]).await;
    app.pass(Duration::from_secs(600));
    anna.post(
        "me/tokens",
        json!({"name": "x", "scopes": ["see_mailings"]}),
    )
    .await
    .refused(403, ErrorCode::ProofRequired);
    anna.delete(&format!("me/tokens/{}", made.view.id))
        .await
        .refused(403, ErrorCode::ProofRequired);
    assert_eq!(tokens(&anna).await.len(), 1);
}

#[actix_web::test]
async fn what_only_looks_like_a_token_is_nobodys() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let token = make(&anna, &["see_mailings"]).await.token;
    let mut almost = token.clone();
    almost.replace_range(10..11, if &token[10..11] == "x" { "y" } else { "x" });
    for wrong in [
        "golub_",
        "golub_x",
        &token[6..],
        &token.to_uppercase(),
        &almost,
        &format!("{token}x"),
    ] {
        app.bearing(wrong)
            .get("me")
            .await
            .refused(401, ErrorCode::SignedOut);
    }
    assert_eq!(app.bearing(&token).get("me").await.status, 200);
}

async fn make(person: &Client, scopes: &[&str]) -> MadeApiToken {
    let number = tokens(person).await.len() + 1;
    let new: Value = json!({"name": format!("Shop {number}"), "scopes": scopes});
    person.post("me/tokens", new).await.json()
}

async fn tokens(person: &Client) -> Vec<ApiTokenView> {
    person.get("me/tokens").await.json()
}
