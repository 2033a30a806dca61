//! A run watched while it is sent: who watches hears where it stands, and is shown out when it is not theirs any more.

use std::pin::pin;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::http::header::HeaderMap;
use actix_web::test::{self, TestRequest};
use contract::accounts::api_tokens::NewApiToken;
use contract::delivery::progress::{HeldBecause, Progress};
use contract::delivery::{Counts, RunState};
use contract::mailings::MailingStatus;
use contract::permissions::{Permission, Role};
use futures_util::future::poll_fn;
use golub::accounts::api_tokens::service as api_tokens;
use golub::accounts::sessions::entity as session;
use golub::delivery::progress::viewer::{Viewer, Word};
use golub::http::build_app;
use golub::http::caller::{CurrentUser, Via};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::sending::starting_now;
use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

const A_SECOND: Duration = Duration::from_secs(1);
const A_WHILE: Duration = Duration::from_secs(5);

/// A person as the guard would have let them in.
async fn caller(app: &TestApp, person: &Client, role: Role) -> CurrentUser {
    let session = session::Entity::find().filter(session::Column::UserId.eq(person.id));
    let session = session.one(app.app.database.read()).await.unwrap().unwrap();
    CurrentUser {
        id: person.id,
        email: person.email.clone(),
        full_name: String::new(),
        role,
        via: Via::Session {
            id: session.id,
            proved_at: None,
            proved: false,
        },
        client: String::new(),
        must_set_up: false,
    }
}

async fn watching(app: &TestApp, person: &Client, mailing: i64) -> Viewer {
    let user = caller(app, person, Role::User).await;
    Viewer::enter(app.app.clone(), user, mailing).await.unwrap()
}

#[track_caller]
fn said(word: Word) -> Progress {
    let Word::Say(bytes) = word else {
        panic!("{word:?}")
    };
    read(&bytes)
}

/// The state that one event carries.
#[track_caller]
fn read(bytes: &[u8]) -> Progress {
    let text = std::str::from_utf8(bytes).unwrap();
    let data = text.strip_prefix("event: progress\ndata: ").unwrap();
    serde_json::from_str(data.strip_suffix("\n\n").unwrap()).unwrap()
}

/// The answer without waiting for its end.
async fn open(app: &TestApp, request: TestRequest) -> (HeaderMap, BoxBody) {
    let service = test::init_service(build_app(app.app.clone())).await;
    let answer = test::call_service(&service, request.to_request()).await;
    assert_eq!(answer.status(), 200);
    let answer = answer.map_into_boxed_body().into_parts().1;
    (answer.headers().clone(), answer.into_body())
}

async fn next(body: &mut BoxBody) -> Option<Progress> {
    let mut body = pin!(body);
    let bytes = poll_fn(|context| body.as_mut().poll_next(context)).await?;
    Some(read(&bytes.unwrap()))
}

#[actix_web::test]
async fn who_watches_sees_letters_move_until_the_run_has_finished() {
    let server = SmtpServer::start().await;
    server.refuses("vera@example.org", "550 5.7.1 No");
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris", "vera", "gleb"]).await;
    app.plan_only().await;
    let mut viewer = watching(&app, &anna, mailing).await;
    let first = said(viewer.word().await);
    assert_eq!(first.counts.queued, 3);
    assert_eq!(first.audience, Some(3));
    assert_eq!(first.letters_per_second, None);
    assert_eq!(viewer.word().await, Word::Nothing);

    app.run_worker().await;
    // Within the second nobody looks again.
    assert_eq!(viewer.word().await, Word::Nothing);
    app.pass(A_SECOND);
    let last = said(viewer.word().await);
    let counts = Counts {
        sent: 2,
        failed: 1,
        ..Counts::default()
    };
    assert_eq!(
        (last.counts, last.run_state),
        (counts, Some(RunState::Finished))
    );
    assert_eq!(viewer.word().await, Word::Over);
}

#[actix_web::test]
async fn the_speed_and_the_time_left_come_from_what_moved_between_two_looks() {
    let server = SmtpServer::start().await;
    server.refuses("vera@example.org", "450 4.2.0 Later");
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris", "vera", "gleb"]).await;
    app.plan_only().await;
    let mut viewer = watching(&app, &anna, mailing).await;
    assert_eq!(said(viewer.word().await).seconds_left, None);
    app.run_worker().await;
    app.pass(2 * A_SECOND);
    let told = said(viewer.word().await);
    assert_eq!(told.letters_per_second, Some(1.0));
    assert_eq!(told.seconds_left, Some(1));
    assert_eq!(told.counts.queued, 1);
    assert_eq!(told.run_state, Some(RunState::Sending));
    // Nothing is under way: it is told when the next letter is due.
    let due_at = app.deliveries().await[1].due_at;
    assert_eq!(told.next_try_at, Some(due_at));
    // Later nothing moves any more.
    app.pass(10 * A_SECOND);
    let still = said(viewer.word().await);
    assert_eq!(still.letters_per_second, Some(0.0));
    assert_eq!(still.seconds_left, None);
}

#[actix_web::test]
async fn whoever_comes_later_sees_the_same_without_another_look() {
    let app = TestApp::start().await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    app.plan_only().await;
    let mut first = watching(&app, &anna, mailing).await;
    let seen = said(first.word().await);
    let a_second_later = app.app.clock.now() + A_SECOND;
    app.clock.set(a_second_later);
    // The calendar has moved, but no second has passed: what was seen is told, with its instant.
    let mut second = watching(&app, &anna, mailing).await;
    assert_eq!(said(second.word().await), seen);
    app.pass(A_SECOND);
    drop(first);
    drop(second);
    // Nobody watches: whoever comes then is the first again.
    let anew = said(watching(&app, &anna, mailing).await.word().await);
    assert_ne!(anew.at, seen.at);
}

#[actix_web::test]
async fn another_process_tells_what_this_one_sends() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    app.plan_only().await;
    let other = app.another_process().await;
    let mut here = watching(&app, &anna, mailing).await;
    let mut there = watching(&other, &anna, mailing).await;
    assert_eq!(said(here.word().await), said(there.word().await));
    app.run_worker().await;
    for (process, viewer) in [(&app, &mut here), (&other, &mut there)] {
        process.pass(A_SECOND);
        let told = said(viewer.word().await);
        assert_eq!((told.counts.sent, told.is_last()), (1, true));
    }
}

#[actix_web::test]
async fn what_holds_a_run_back_is_said() {
    let app = TestApp::start().await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    app.plan_only().await;
    let mut viewer = watching(&app, &anna, mailing).await;
    assert_eq!(said(viewer.word().await).held_because, None);
    anna.act(&format!("mailings/{mailing}/pause")).await.value();
    app.pass(A_SECOND);
    let told = said(viewer.word().await);
    assert_eq!(told.held_because, Some(HeldBecause::Paused));
    assert_eq!(told.mailing_status, MailingStatus::Paused);
    anna.act(&format!("mailings/{mailing}/resume"))
        .await
        .value();

    let manager = app.manager("vera").await;
    let user = caller(&app, &manager, Role::Manager).await;
    let mut overseer = Viewer::enter(app.app.clone(), user, mailing).await.unwrap();
    app.block(anna.id, true).await;
    app.pass(A_SECOND);
    let told = said(overseer.word().await);
    assert_eq!(told.held_because, Some(HeldBecause::OwnerBlocked));
}

#[actix_web::test]
async fn who_is_signed_out_or_blocked_hears_no_more() {
    let app = TestApp::start().await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    app.plan_only().await;
    let mut viewer = watching(&app, &anna, mailing).await;
    said(viewer.word().await);
    app.pass(A_WHILE);
    said(viewer.word().await);
    let end = session::Entity::delete_many().filter(session::Column::UserId.eq(anna.id));
    let tx = app.app.database.write().await.unwrap();
    end.exec(&tx).await.unwrap();
    tx.commit().await.unwrap();
    app.pass(A_WHILE);
    assert_eq!(viewer.word().await, Word::Over);

    let anna = app.signed_in(anna.id, anna.email.clone()).await;
    let mut viewer = watching(&app, &anna, mailing).await;
    said(viewer.word().await);
    app.block(anna.id, true).await;
    app.pass(A_WHILE);
    assert_eq!(viewer.word().await, Word::Over);
    assert_eq!(viewer.word().await, Word::Over);
}

#[actix_web::test]
async fn an_api_token_that_is_ended_hears_no_more() {
    let app = TestApp::start().await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    app.plan_only().await;
    let person = caller(&app, &anna, Role::User).await;
    let new = NewApiToken {
        name: "Shop".to_owned(),
        scopes: vec![Permission::SeeMailings],
        expires_at: None,
    };
    let made = api_tokens::make(&app.app, &person, new).await.unwrap();
    let by_token = CurrentUser {
        via: Via::ApiToken {
            id: made.view.id,
            name: "Shop".to_owned(),
            scopes: vec![Permission::SeeMailings],
        },
        ..person
    };
    let mut viewer = Viewer::enter(app.app.clone(), by_token, mailing)
        .await
        .unwrap();
    said(viewer.word().await);
    app.pass(A_WHILE);
    said(viewer.word().await);
    let ended = anna.delete(&format!("me/tokens/{}", made.view.id)).await;
    assert_eq!(ended.status, 204);
    app.pass(A_WHILE);
    assert_eq!(viewer.word().await, Word::Over);
}

#[actix_web::test]
async fn a_manager_who_becomes_a_user_hears_no_more_of_others() {
    let app = TestApp::start().await;
    let (_, mailing) = starting_now(&app, &["boris"]).await;
    app.plan_only().await;
    let vera = app.manager("vera").await;
    let user = caller(&app, &vera, Role::Manager).await;
    let mut viewer = Viewer::enter(app.app.clone(), user, mailing).await.unwrap();
    said(viewer.word().await);
    let admin = app.admin("root").await;
    let demoted = serde_json::json!({"role": "user"});
    let changed = admin.patch(&format!("users/{}", vera.id), demoted).await;
    assert_eq!(changed.status, 200);
    app.pass(A_WHILE);
    assert_eq!(viewer.word().await, Word::Over);
}

#[actix_web::test]
async fn a_quiet_connection_shows_that_it_lives() {
    let app = TestApp::start().await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    app.plan_only().await;
    let mut viewer = watching(&app, &anna, mailing).await;
    said(viewer.word().await);
    // The second look knows the speed.
    app.pass(A_SECOND);
    said(viewer.word().await);
    for _ in 0..14 {
        app.pass(A_SECOND);
        assert_eq!(viewer.word().await, Word::Nothing);
    }
    app.pass(A_SECOND);
    let Word::Say(sign) = viewer.word().await else {
        panic!("no sign of life")
    };
    assert!(sign.starts_with(b":") && sign.ends_with(b"\n\n"));
}

#[actix_web::test]
async fn the_first_event_comes_at_once_and_nothing_on_the_way_may_hold_it_back() {
    let app = TestApp::start().await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    app.plan_only().await;
    let person = app.session(anna.id).await;
    let later = app.app.clock.now() + A_WHILE;
    let token = app.app.tokens.access_token(&person, later).unwrap();
    let request = TestRequest::get()
        .uri(&format!("/api/v1/mailings/{mailing}/progress"))
        .insert_header(("Authorization", format!("Bearer {token}")))
        .insert_header(("Accept-Encoding", "br, gzip"));
    let (headers, mut body) = open(&app, request).await;
    assert_eq!(headers.get("content-type").unwrap(), "text/event-stream");
    assert_eq!(headers.get("content-encoding").unwrap(), "identity");
    assert_eq!(headers.get("cache-control").unwrap(), "no-store");
    assert_eq!(headers.get("x-accel-buffering").unwrap(), "no");
    assert_eq!(next(&mut body).await.unwrap().counts.queued, 1);
    // The process stops: nobody is waited for.
    app.app.progress.close();
    assert_eq!(next(&mut body).await, None);
}

#[actix_web::test]
async fn a_run_that_begins_as_somebody_comes_is_told() {
    let app = TestApp::start().await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    let mut anna = watching(&app, &anna, mailing).await;
    app.plan_only().await;
    let told = said(anna.word().await);
    assert_eq!(told.mailing_status, MailingStatus::Running);
    assert_eq!(told.run_id, Some(app.runs().await[0].id));
}

#[actix_web::test]
async fn a_mailing_that_has_not_run_and_a_run_that_is_over_are_told_once() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hi").await;
    let mailing = anna.mailing(message, serde_json::json!({})).await.id;
    let path = format!("mailings/{mailing}/progress");
    let before = read(&anna.get(&path).await.body);
    assert_eq!((before.run_id, before.is_last()), (None, true));
    assert_eq!(before.mailing_status, MailingStatus::Created);

    anna.act(&format!("mailings/{mailing}/send")).await.value();
    app.run_worker().await;
    let after = read(&anna.get(&path).await.body);
    assert_eq!((after.counts.sent, after.is_last()), (1, true));
    let stranger = app.member("gleb").await;
    assert_eq!(stranger.get(&path).await.status, 404);
    assert_eq!(app.guest().get(&path).await.status, 401);
}
