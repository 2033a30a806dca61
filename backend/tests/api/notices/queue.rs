//! The queue: tried along the schedule, given up, claimed by one, and forgotten.

use std::time::Duration;

use contract::notices::{NoticeChannel, NoticeKind, NoticeState, NoticeView};
use contract::problem::ErrorCode;
use golub::config::Wait;
use golub::notices::Notice;
use golub::notices::queue::{self, End, Settled};

use super::{listed, only, states, tell};
use crate::support::TestApp;
use crate::support::smtp_server::{Act, SmtpServer, Step};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(24 * 3600);

async fn with_two_retries(server: &SmtpServer) -> TestApp {
    TestApp::with(|config| {
        config.mail.smtp_url = Some(server.url().parse().unwrap());
        config.notices.retry_after = vec![Wait(SECOND * 10), Wait(SECOND * 60)];
    })
    .await
}

#[actix_web::test]
async fn a_temporary_failure_is_tried_again_along_the_schedule_and_then_given_up() {
    let server = SmtpServer::start().await;
    server.always(Step::Rcpt, Act::Say("450 4.2.0 Greylisted"));
    let app = with_two_retries(&server).await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    tell(&app, &anna, &Notice::Unblocked).await;
    let begun = app.now();
    for (tries, passes, due) in [(1, 0, Some(10)), (2, 10, Some(70)), (3, 60, None)] {
        app.pass(SECOND * passes);
        app.run_worker().await;
        // It is not due before its time.
        app.run_worker().await;
        let notice = only(&admin).await;
        assert_eq!((notice.attempts, notice.code), (tries, Some(450)));
        assert_eq!(notice.due_at, due.map(|due| begun + SECOND * due));
    }
    let notice = only(&admin).await;
    assert_eq!(notice.state, NoticeState::Failed);
    assert_eq!(notice.settled_at, Some(app.now()));
    assert!(notice.answer.unwrap().contains("Greylisted"));
    app.pass(DAY);
    app.run_worker().await;
    assert_eq!(only(&admin).await.attempts, 3);
}

#[actix_web::test]
async fn a_server_that_recovers_gets_the_letter() {
    let server = SmtpServer::start().await;
    let app = with_two_retries(&server).await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    server.once(Step::Greeting, Act::SayAndClose("554 No"));
    tell(&app, &anna, &Notice::Unblocked).await;
    app.run_worker().await;
    let notice = only(&admin).await;
    assert_eq!(
        (notice.state, notice.code),
        (NoticeState::Queued, Some(554))
    );
    app.pass(SECOND * 10);
    app.run_worker().await;
    let notice = only(&admin).await;
    assert_eq!((notice.state, notice.attempts), (NoticeState::Sent, 2));
    assert_eq!((notice.code, notice.due_at), (Some(250), None));
    assert_eq!(server.letters_to(&anna.email).len(), 1);
}

#[actix_web::test]
async fn a_server_that_cannot_be_reached_costs_those_who_wait_no_try() {
    let server = SmtpServer::start().await;
    let app = with_two_retries(&server).await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    for _ in 0..3 {
        tell(&app, &anna, &Notice::Unblocked).await;
    }
    server.always(Step::Greeting, Act::Close);
    let mut worker = app.worker().await;
    app.drive(&mut worker).await;
    let tries = async || -> Vec<u32> {
        listed(&admin)
            .await
            .iter()
            .map(|notice| notice.attempts)
            .collect()
    };
    assert_eq!(tries().await, [0, 0, 1]);
    app.drive(&mut worker).await;
    assert_eq!(tries().await, [0, 0, 1], "it is left alone for a while");
    server.recovers();
    app.pass(SECOND * 10);
    app.drive(&mut worker).await;
    assert_eq!(tries().await, [1, 1, 2]);
    assert_eq!(states(&admin).await, [NoticeState::Sent; 3]);
    worker.leave().await.unwrap();
}

#[actix_web::test]
async fn a_refused_address_is_not_tried_again() {
    let server = SmtpServer::start().await;
    let app = with_two_retries(&server).await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    server.refuses(&anna.email, "550 5.1.1 No such user");
    tell(&app, &anna, &Notice::Unblocked).await;
    app.run_worker().await;
    app.pass(DAY);
    app.run_worker().await;
    let notice = only(&admin).await;
    assert_eq!(
        (notice.state, notice.attempts, notice.code),
        (NoticeState::Failed, 1, Some(550))
    );
    assert!(notice.answer.unwrap().contains("No such user"));
}

#[actix_web::test]
async fn what_a_dead_worker_held_is_free_again_two_minutes_later() {
    let server = SmtpServer::start().await;
    let app = with_two_retries(&server).await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    tell(&app, &anna, &Notice::Unblocked).await;
    let claim = queue::claim(&app.app, NoticeChannel::Email).await;
    let held = claim.unwrap().unwrap();
    app.pass(SECOND * 100);
    queue::renew(&app.app, &held).await.unwrap();
    app.pass(SECOND * 119);
    app.run_worker().await;
    assert!(server.letters().is_empty(), "somebody holds it");
    app.pass(SECOND);
    app.run_worker().await;
    assert_eq!(server.letters_to(&anna.email).len(), 1);
    // Should the first one come back to life, its word counts for nothing.
    let late = Settled {
        end: End::Failed,
        code: Some(550),
        answer: None,
    };
    queue::settle(&app.app, &held, &late).await.unwrap();
    let notice = only(&admin).await;
    assert_eq!((notice.state, notice.attempts), (NoticeState::Sent, 2));
}

#[actix_web::test]
async fn notices_are_sent_in_the_order_in_which_they_were_told() {
    let server = SmtpServer::start().await;
    let app = with_two_retries(&server).await;
    let mut addresses = Vec::new();
    for name in ["zoe", "anna", "mona"] {
        let person = app.member(name).await;
        tell(&app, &person, &Notice::Unblocked).await;
        addresses.push(person.email);
    }
    app.run_worker().await;
    let letters = server.letters();
    let sent: Vec<&str> = letters.iter().map(|letter| letter.to()).collect();
    assert_eq!(sent, addresses);
    // One session carried them all, and is closed.
    assert_eq!(server.connections(), 1);
    assert_eq!(server.commands().last().map(String::as_str), Some("QUIT"));
}

#[actix_web::test]
async fn what_became_of_notices_is_remembered_for_a_while() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    tell(&app, &anna, &Notice::Unblocked).await;
    app.run_worker().await;
    app.pass(DAY * 30);
    app.run_worker().await;
    assert_eq!(states(&admin).await, [NoticeState::Sent]);
    app.pass(SECOND);
    app.run_worker().await;
    assert_eq!(states(&admin).await, []);
}

#[actix_web::test]
async fn an_administrator_sees_what_was_told_but_not_its_words() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    let reason = "a reason that is theirs alone".to_owned();
    tell(&app, &anna, &Notice::Blocked { reason }).await;
    app.run_worker().await;
    tell(&app, &anna, &Notice::Unblocked).await;
    let answer = admin.get("notices").await;
    assert!(!answer.text().contains("theirs alone"));
    let kinds: Vec<NoticeKind> = listed(&admin)
        .await
        .iter()
        .map(|notice| notice.kind)
        .collect();
    assert_eq!(kinds, [NoticeKind::Unblocked, NoticeKind::Blocked]);
    let sent: contract::listing::Page<NoticeView> = admin.get("notices?state=sent").await.json();
    assert_eq!((sent.total, sent.items[0].kind), (1, NoticeKind::Blocked));
    assert_eq!(sent.items[0].address, anna.email);
    let first: contract::listing::Page<NoticeView> = admin.get("notices?limit=1").await.json();
    let path = format!("notices?limit=1&after={}", first.next.unwrap());
    let second: contract::listing::Page<NoticeView> = admin.get(&path).await.json();
    assert_eq!(second.items[0].kind, NoticeKind::Blocked);
    assert_eq!(second.next, None);
    let manager = app.manager("mona").await;
    manager
        .get("notices")
        .await
        .refused(403, ErrorCode::Forbidden);
}
