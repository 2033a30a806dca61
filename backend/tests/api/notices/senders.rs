//! Senders of notices beside each other, beside mailings, and beside a mail server that says nothing.

use contract::notices::NoticeState;
use golub::notices::Notice;
use golub::notices::sender::NoticeSender;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{states, tell};
use crate::support::smtp_server::{Act, SmtpServer, Step};
use crate::support::{TestApp, sms_server::SmsServer};

fn sender(app: &TestApp) -> NoticeSender {
    NoticeSender::new(app.app.clone(), CancellationToken::new())
}

#[actix_web::test]
async fn two_senders_never_send_one_notice_twice() {
    let server = SmtpServer::start().await;
    let url = server.url();
    let app = TestApp::sending_to(&server).await;
    let other = app
        .another_process_with(|config| config.mail.smtp_url = Some(url.parse().unwrap()))
        .await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    for _ in 0..40 {
        tell(&app, &anna, &Notice::Unblocked).await;
    }
    let (mut one, mut two) = (sender(&app), sender(&other));
    let (first, second) = tokio::join!(one.pass(), two.pass());
    let (first, second) = (first.unwrap().sent, second.unwrap().sent);
    assert_eq!(first + second, 40);
    assert_eq!(server.letters().len(), 40);
    assert_eq!(states(&admin).await, [NoticeState::Sent; 40]);
}

#[actix_web::test]
async fn a_notice_goes_out_while_a_mailing_to_thousands_waits_for_its_server() {
    let server = SmtpServer::start().await;
    let url = server.url();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url.parse().unwrap());
        config.mail.connections = 1;
    })
    .await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 2_000).await;
    let message = app.message(&anna, "News").await;
    let once = json!({"starts_at": app.now(), "recurrence": {"kind": "once"}});
    anna.mailing(message, once).await;
    app.plan_only().await;

    // The mailing's only connection hangs before the first of 2,000 letters.
    server.once(Step::Greeting, Act::Hang);
    let mut worker = app.worker().await;
    let told = {
        let (mailings, notices) = (&mut worker.sender, &mut worker.notices);
        let telling = async {
            while server.connections() == 0 {
                tokio::task::yield_now().await;
            }
            tell(&app, &anna, &Notice::Unblocked).await;
            notices.pass().await.unwrap()
        };
        tokio::select! {
            _ = mailings.pass() => panic!("the mailing cannot have been sent"),
            told = telling => told,
        }
    };
    assert_eq!(told.sent, 1);
    let letters = server.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(
        (letters[0].to(), letters[0].connection),
        (anna.email.as_str(), 2)
    );
}

#[actix_web::test]
async fn a_code_reaches_a_phone_while_the_mail_server_says_nothing() {
    let server = SmtpServer::start().await;
    server.always(Step::Greeting, Act::Hang);
    let sms = SmsServer::start().await;
    let url = server.url();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url.parse().unwrap());
        sms.settings(config);
    })
    .await;
    let anna = app.member("anna").await;
    tell(&app, &anna, &Notice::Unblocked).await;
    let phone = json!({"phone": "+7 921 123-45-67"});
    assert_eq!(anna.post("me/phone", phone).await.status, 202);
    let NoticeSender {
        mut letters,
        sms: mut messages,
        upkeep: _,
    } = sender(&app);
    let told = tokio::select! {
        _ = letters.pass() => panic!("the letter cannot have been sent"),
        told = messages.pass() => told.unwrap(),
    };
    assert_eq!(told.sent, 1);
    assert_eq!(sms.texts("79211234567").len(), 1);
}

#[actix_web::test]
async fn after_a_stop_nothing_more_is_begun() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    tell(&app, &anna, &Notice::Unblocked).await;
    let stop = CancellationToken::new();
    stop.cancel();
    let told = NoticeSender::new(app.app.clone(), stop).pass().await;
    assert!(told.unwrap().is_idle());
    assert_eq!(states(&admin).await, [NoticeState::Queued]);
}
