//! Sessions: how long they hold, where one is signed in, and proving again that it is oneself.

use std::time::Duration;

use actix_web::test::TestRequest;
use contract::accounts::sessions::SessionView;
use contract::audit::Act;
use contract::permissions::Role;
use contract::problem::ErrorCode;
use serde_json::json;

use super::{access, anna, cookie, create_anna, refresh, sign_in, with_anna};
use crate::support::app::{PASSWORD, instant};
use crate::support::client::Answer;
use crate::support::{Client, TestApp};

const DAY: Duration = Duration::from_secs(24 * 3600);
const EMAIL: &str = "anna@почта.рф";

#[actix_web::test]
async fn a_session_ends_ninety_days_after_signing_in_however_much_it_is_used() {
    let app = with_anna().await;
    let mut answer = sign_in(&app, EMAIL, PASSWORD).await;
    for _ in 0..4 {
        app.pass(20 * DAY);
        answer = refresh(&app, &cookie(&answer)).await;
    }
    let sessions = sessions(&app.bearing(&access(&answer))).await;
    assert_eq!(sessions[0].expires_at, instant("2030-07-30T06:00:00Z"));
    app.pass(10 * DAY - Duration::from_secs(1));
    answer = refresh(&app, &cookie(&answer)).await;
    let open = app.bearing(&access(&answer));
    assert_eq!(open.get("me").await.status, 200);
    app.pass(Duration::from_secs(1));
    open.get("me").await.refused(401, ErrorCode::SignedOut);
    refresh(&app, &cookie(&answer))
        .await
        .refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn with_one_session_too_many_the_one_unused_for_longest_ends() {
    let app = TestApp::with(|config| config.auth.sessions_per_account = 3).await;
    create_anna(&app).await;
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(sign_in(&app, EMAIL, PASSWORD).await);
        app.pass(Duration::from_secs(60));
    }
    let first = refresh(&app, &cookie(&answers[0])).await;
    let fourth = sign_in(&app, EMAIL, PASSWORD).await;
    let statuses = async |answer: &Answer| app.bearing(&access(answer)).get("me").await.status;
    assert_eq!(statuses(&first).await, 200);
    assert_eq!(statuses(&answers[1]).await, 401);
    assert_eq!(statuses(&answers[2]).await, 200);
    assert_eq!(statuses(&fourth).await, 200);
    assert_eq!(sessions(&app.bearing(&access(&fourth))).await.len(), 3);
}

#[actix_web::test]
async fn one_sees_where_one_is_signed_in_and_ends_what_one_likes() {
    let app = with_anna().await;
    let phone = signed_in_from(&app, "203.0.113.7:50000", "Phone").await;
    app.pass(Duration::from_secs(60));
    let desk = signed_in_from(&app, "[2001:db8::1]:50000", "Desk").await;
    app.pass(Duration::from_secs(60));
    let lost = signed_in_from(&app, "198.51.100.4:50000", "Lost").await;

    let seen = sessions(&desk).await;
    let shown: Vec<_> = seen
        .iter()
        .map(|session| {
            (
                session.client.as_str(),
                session.user_agent.as_str(),
                session.current,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("198.51.100.4", "Lost", false),
            ("2001:db8::1", "Desk", true),
            ("203.0.113.7", "Phone", false)
        ]
    );
    assert_eq!(seen[0].created_at, instant("2030-05-01T06:02:00Z"));
    assert_eq!(seen[0].last_used_at, instant("2030-05-01T06:02:00Z"));
    assert_eq!(seen[0].expires_at, instant("2030-05-31T06:02:00Z"));

    let stranger = app.member("stranger").await;
    let foreign = format!("me/sessions/{}", seen[0].id);
    stranger
        .delete(&foreign)
        .await
        .refused(404, ErrorCode::NotFound);
    assert_eq!(desk.delete(&foreign).await.status, 204);
    lost.get("me").await.refused(401, ErrorCode::SignedOut);
    desk.delete(&foreign)
        .await
        .refused(404, ErrorCode::NotFound);

    assert_eq!(desk.delete("me/sessions").await.status, 204);
    phone.get("me").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(sessions(&desk).await.len(), 1);
    assert_eq!(stranger.get("me").await.status, 200);

    // One may also end the very session that asks; and with no others there is nothing to write down.
    assert_eq!(desk.delete("me/sessions").await.status, 204);
    let own = format!("me/sessions/{}", seen[1].id);
    assert_eq!(desk.delete(&own).await.status, 204);
    desk.get("me").await.refused(401, ErrorCode::SignedOut);
    let ended = app.acts_upon(anna(&app).await.id).await;
    let ended = ended.iter().filter(|act| **act == Act::SessionsEnded);
    assert_eq!(ended.count(), 3);
}

#[actix_web::test]
async fn a_proof_grows_old_and_is_given_again() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    app.pass(Duration::from_secs(599));
    assert_eq!(anna.delete("me/sessions").await.status, 204);
    app.pass(Duration::from_secs(1));
    anna.delete("me/sessions")
        .await
        .refused(403, ErrorCode::ProofRequired);
    // It is asked for before it is looked whether there is such a session.
    anna.delete("me/sessions/0")
        .await
        .refused(403, ErrorCode::ProofRequired);

    let answer = anna.post("auth/prove", proof(PASSWORD)).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let proved = app.bearing(&access(&answer));
    assert_eq!(proved.delete("me/sessions").await.status, 204);
    // The session that asked has been replaced.
    anna.get("me").await.refused(401, ErrorCode::SignedOut);
    let renewed = refresh(&app, &cookie(&answer)).await;
    let renewed = app.bearing(&access(&renewed));
    assert_eq!(renewed.delete("me/sessions").await.status, 204);
}

#[actix_web::test]
async fn a_proof_takes_the_place_of_the_old_session_and_lives_no_longer() {
    let app = with_anna().await;
    let mut answer = sign_in(&app, EMAIL, PASSWORD).await;
    for _ in 0..4 {
        app.pass(20 * DAY);
        answer = refresh(&app, &cookie(&answer)).await;
    }
    let old = app.bearing(&access(&answer));
    let proved = old.post("auth/prove", proof(PASSWORD)).await;
    refresh(&app, &cookie(&answer))
        .await
        .refused(401, ErrorCode::SignedOut);
    let sessions = sessions(&app.bearing(&access(&proved))).await;
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0].created_at, instant("2030-05-01T06:00:00Z"));
    assert_eq!(sessions[0].expires_at, instant("2030-07-30T06:00:00Z"));
}

#[actix_web::test]
async fn a_wrong_password_proves_nothing_and_ends_nothing() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = app.member("boris").await;
    for _ in 0..5 {
        anna.post("auth/prove", proof("not the password"))
            .await
            .refused(401, ErrorCode::WrongCredentials);
    }
    let refused = anna.post("auth/prove", proof(PASSWORD)).await;
    refused.refused(429, ErrorCode::TooManyRequests);
    assert_eq!(refused.header("retry-after"), "60");
    assert_eq!(anna.get("me").await.status, 200);
    // It is anna's tries that are spent.
    assert_eq!(boris.post("auth/prove", proof(PASSWORD)).await.status, 200);
    app.pass(Duration::from_secs(60));
    let answer = anna.post("auth/prove", proof(PASSWORD)).await;
    // What was right gives all tries back.
    let anna = app.bearing(&access(&answer));
    for _ in 0..5 {
        anna.post("auth/prove", proof("not the password"))
            .await
            .refused(401, ErrorCode::WrongCredentials);
    }
}

#[actix_web::test]
async fn of_two_proofs_at_once_one_replaces_the_session() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (one, other) = futures_util::future::join(
        anna.post("auth/prove", proof(PASSWORD)),
        anna.post("auth/prove", proof(PASSWORD)),
    )
    .await;
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
    let winner = if one.status == 200 { one } else { other };
    assert_eq!(sessions(&app.bearing(&access(&winner))).await.len(), 1);
}

#[actix_web::test]
async fn signing_in_and_a_stolen_refresh_token_are_written_down() {
    let app = with_anna().await;
    let old = cookie(&sign_in(&app, EMAIL, PASSWORD).await);
    refresh(&app, &old).await;
    app.pass(Duration::from_secs(21));
    refresh(&app, &old).await.refused(401, ErrorCode::SignedOut);
    // The session is gone: once is enough.
    refresh(&app, &old).await.refused(401, ErrorCode::SignedOut);
    sign_in(&app, EMAIL, "not the password").await;
    let acts = app.acts_upon(anna(&app).await.id).await;
    assert_eq!(acts, [Act::SignedIn, Act::SessionStolen]);
}

#[actix_web::test]
async fn who_is_out_here_is_out_in_every_other_process_at_its_next_request() {
    let app = TestApp::start().await;
    let other = app.another_process().await;
    let admin = app.admin("admin").await;
    let names = ["blocked", "deleted", "demoted", "ended"];
    let mut people = Vec::new();
    for name in names {
        let person = app.person(name, Role::Manager).await;
        let token = json!({"name": "Shop", "scopes": ["block_users"]});
        let token = person.post("me/tokens", token).await.value();
        let there = other.meeting(&person);
        let program = other.bearing(token["token"].as_str().unwrap());
        assert_eq!(there.get("me").await.status, 200, "{name}");
        assert_eq!(program.get("users").await.status, 200, "{name}");
        people.push((person, there, program));
    }
    let path = |number: usize, more: &str| format!("users/{}{more}", people[number].0.id);
    let block = admin
        .post(&path(0, "/block"), json!({"reason": "spam"}))
        .await;
    assert!(block.status < 300, "{}", block.text());
    assert_eq!(admin.delete(&path(1, "")).await.status, 204);
    let demoted = admin.patch(&path(2, ""), json!({"role": "user"})).await;
    assert_eq!(demoted.status, 200, "{}", demoted.text());
    assert_eq!(people[3].0.act("auth/logout").await.status, 204);

    for ((_, there, program), name) in people.iter().zip(names) {
        there.get("me").await.refused(401, ErrorCode::SignedOut);
        let answer = program.get("users").await;
        match name {
            "demoted" => answer.refused(403, ErrorCode::Forbidden),
            "ended" => assert_eq!(answer.status, 200),
            _ => answer.refused(401, ErrorCode::SignedOut),
        }
    }
}

async fn sessions(person: &Client) -> Vec<SessionView> {
    person.get("me/sessions").await.json()
}

fn proof(password: &str) -> serde_json::Value {
    json!({"password": password})
}

async fn signed_in_from(app: &TestApp, client: &str, user_agent: &str) -> Client {
    let request = TestRequest::post()
        .uri("/api/v1/auth/login")
        .peer_addr(client.parse().unwrap())
        .insert_header(("User-Agent", user_agent))
        .set_json(json!({"email": EMAIL, "password": PASSWORD}));
    let answer = app.guest().send(request).await;
    app.bearing(&access(&answer))
}
