//! What people and machines see of the mail servers.

use std::net::TcpListener;

use actix_web::test::TestRequest;
use contract::mail_servers::{BreakerState, MailServerList, ReadinessView};
use contract::problem::ErrorCode;
use golub::config::Secret;
use golub::metrics::listen::listen;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_util::sync::CancellationToken;

use super::{NOWHERE, a_worker, letters, named, own, tell, unreachable};
use crate::delivery::sending::starting_now;
use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

async fn list(person: &Client) -> MailServerList {
    person.get("mail-servers").await.json()
}

#[actix_web::test]
async fn everybody_sees_the_state_and_staff_sees_why() {
    let app = TestApp::with(own(|server| {
        server.per_hour = Some(100);
        server.connections = Some(4);
    }))
    .await;
    let (anna, boss) = (app.member("anna").await, app.manager("boss").await);
    let me = a_worker(&app).await;
    assert_eq!(list(&anna).await.items[0].since, None);
    letters(&app, me, 30).await;
    tell(&app, me, &unreachable()).await;

    let seen = list(&anna).await.items.remove(0);
    assert_eq!(
        (seen.name.as_str(), seen.state),
        ("own", BreakerState::Open)
    );
    assert_eq!(seen.since, Some(app.app.clock.now()));
    assert!(seen.retry_at > seen.since);
    assert_eq!(seen.details, None);

    let details = list(&boss).await.items.remove(0).details.unwrap();
    assert_eq!(
        details.trouble.as_deref(),
        Some("connecting: Connection refused")
    );
    assert_eq!((details.connections, details.weight), (4, 1));
    let hour = &details.budgets[0];
    assert_eq!((hour.limit, hour.used, hour.free_at), (100, 30, None));
}

#[actix_web::test]
async fn a_manager_who_uses_an_api_token_needs_its_scope_for_the_details() {
    let app = TestApp::with(own(|_| {})).await;
    let boss = app.manager("boss").await;
    let body = serde_json::json!({"name": "monitor", "scopes": ["see_mailings"], "expires_at": "2030-06-01T00:00:00Z"});
    let made = boss.post("me/tokens", body).await.value();
    let monitor = app.bearing(made["token"].as_str().unwrap());
    assert_eq!(list(&monitor).await.items[0].details, None);
}

#[actix_web::test]
async fn a_service_without_a_working_mail_server_is_ready_and_says_so() {
    let app = TestApp::with(own(|_| {})).await;
    let me = a_worker(&app).await;
    tell(&app, me, &unreachable()).await;
    let ready = app.guest().get("/health/ready").await;
    assert_eq!(ready.status, 200);
    let view: ReadinessView = ready.json();
    assert_eq!((view.mail_servers.closed, view.mail_servers.open), (0, 1));
}

#[actix_web::test]
async fn a_process_without_the_api_tells_its_metrics_where_it_is_told_to() {
    let app = TestApp::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let ask = async {
        let mut answers = Vec::new();
        for path in ["/metrics", "/health/ready", "/api/v1/instance"] {
            let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
            let request = format!("GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
            socket.write_all(request.as_bytes()).await.unwrap();
            let mut answer = String::new();
            socket.read_to_string(&mut answer).await.unwrap();
            answers.push(answer);
        }
        stop.cancel();
        answers
    };
    let (listened, answers) = tokio::join!(listen(listener, app.app.clone(), stop.clone()), ask);
    listened.unwrap();
    assert!(
        answers[0].contains("golub_letters_begun 0"),
        "{}",
        answers[0]
    );
    assert!(answers[1].contains("\"closed\":1"), "{}", answers[1]);
    assert!(answers[2].starts_with("HTTP/1.1 404"), "{}", answers[2]);
}

fn asking() -> TestRequest {
    TestRequest::get().uri("/metrics")
}

#[actix_web::test]
async fn metrics_tell_how_servers_and_letters_stand() {
    let app = TestApp::with(|config| {
        let mut own = named("own", NOWHERE);
        own.per_day = Some(1_000);
        config.mail.servers = vec![own, named("rented", NOWHERE)];
    })
    .await;
    let me = a_worker(&app).await;
    letters(&app, me, 30).await;
    tell(&app, me, &unreachable()).await;
    let answer = app
        .guest()
        .send(asking().peer_addr("127.0.0.1:5000".parse().unwrap()))
        .await;
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .header("content-type")
            .starts_with("text/plain; version=0.0.4")
    );
    for line in [
        "golub_mail_server_breaker{server=\"own\",state=\"open\"} 1",
        "golub_mail_server_breaker{server=\"rented\",state=\"closed\"} 1",
        "golub_mail_server_budget_left{server=\"own\",per=\"day\"} 970",
        "golub_letters_total{server=\"own\",outcome=\"accepted\"} 0",
        "golub_deliveries{state=\"queued\"} 0",
        "golub_smtp_seconds_bucket{server=\"own\",le=\"0.005\"} 0",
        "golub_workers 1",
        "golub_letters_begun 0",
    ] {
        let text = answer.text();
        assert!(
            text.lines().any(|one| one == line),
            "{line} is not in\n{text}"
        );
    }
}

#[actix_web::test]
async fn metrics_are_for_this_machine_or_for_who_has_the_token() {
    let app = TestApp::start().await;
    let refused = app.guest().send(asking()).await;
    refused.refused(403, ErrorCode::Forbidden);
    let far = asking().peer_addr("192.0.2.1:5000".parse().unwrap());
    app.guest()
        .send(far)
        .await
        .refused(403, ErrorCode::Forbidden);
    let near = || asking().peer_addr("127.0.0.1:5000".parse().unwrap());
    let passed_on = near().insert_header(("X-Forwarded-For", "127.0.0.1"));
    let refused = app.guest().send(passed_on).await;
    refused.refused(403, ErrorCode::Forbidden);

    let app = TestApp::with(|config| config.metrics.token = Secret::new("hunter2")).await;
    let refused = app.guest().send(near()).await;
    refused.refused(401, ErrorCode::SignedOut);
    let admin = app.admin("adam").await;
    let refused = admin.send(near()).await;
    refused.refused(401, ErrorCode::SignedOut);
    assert_eq!(app.bearing("hunter2").send(asking()).await.status, 200);
}

#[actix_web::test]
async fn letters_are_counted_by_server_and_outcome() {
    let server = SmtpServer::start().await;
    server.refuses("gleb@example.org", "550 5.1.1 No such user");
    let app = TestApp::sending_to(&server).await;
    starting_now(&app, &["boris", "vera", "gleb"]).await;
    app.run_worker().await;
    let near = asking().peer_addr("127.0.0.1:5000".parse().unwrap());
    let answer = app.guest().send(near).await;
    for line in [
        "golub_letters_total{server=\"main\",outcome=\"accepted\"} 2",
        "golub_letters_total{server=\"main\",outcome=\"refused\"} 1",
        "golub_smtp_seconds_count{server=\"main\"} 3",
        "golub_outcomes_unwritten 0",
        "golub_deliveries{state=\"queued\"} 0",
    ] {
        let text = answer.text();
        assert!(
            text.lines().any(|one| one == line),
            "{line} is not in\n{text}"
        );
    }
}
