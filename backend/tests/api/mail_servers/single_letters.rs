//! Notices and test letters: over whichever server works.

use contract::messages::TestLetterResult;
use golub::config::Config;
use golub::notices::Notice;
use golub::notices::sender::NoticeSender;
use tokio_util::sync::CancellationToken;

use super::{a_worker, named, tell, unreachable};
use crate::notices;
use crate::support::TestApp;
use crate::support::smtp_server::{Act, SmtpServer, Step};

fn over<'a>(down: &'a SmtpServer, up: &'a SmtpServer) -> impl FnOnce(&mut Config) + 'a {
    |config| {
        config.mail.servers = vec![named("down", &down.url()), named("up", &up.url())];
    }
}

async fn down_and_up() -> (SmtpServer, SmtpServer) {
    let (down, up) = (SmtpServer::start().await, SmtpServer::start().await);
    let closing = Act::SayAndClose("421 4.3.2 Closing for now");
    down.always(Step::Greeting, closing);
    (down, up)
}

#[actix_web::test]
async fn a_notice_goes_over_the_server_that_lets_us_in() {
    let (down, up) = down_and_up().await;
    let app = TestApp::with(over(&down, &up)).await;
    let anna = app.member("anna").await;
    notices::tell(&app, &anna, &Notice::Unblocked).await;
    let mut sender = NoticeSender::new(app.app.clone(), CancellationToken::new());
    assert_eq!(sender.pass().await.unwrap().sent, 1);
    assert_eq!((down.connections(), up.letters().len()), (1, 1));
}

#[actix_web::test]
async fn a_server_whose_breaker_is_open_is_left_alone() {
    let (down, up) = down_and_up().await;
    let app = TestApp::with(over(&down, &up)).await;
    let anna = app.member("anna").await;
    let me = a_worker(&app).await;
    tell(&app, me, &unreachable()).await;
    let message = app.message(&anna, "Hello").await;
    let path = format!("messages/{message}/test");
    let result: TestLetterResult = anna.act(&path).await.json();
    assert!(result.accepted, "{}", result.response);
    assert_eq!((down.connections(), up.letters().len()), (0, 1));
}

#[actix_web::test]
async fn where_no_server_works_a_test_letter_says_so_and_a_notice_waits() {
    let server = SmtpServer::start().await;
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| config.mail.smtp_url = Some(url)).await;
    let anna = app.member("anna").await;
    let me = a_worker(&app).await;
    let retry_at = tell(&app, me, &unreachable()).await.retry_at.unwrap();
    let message = app.message(&anna, "Hello").await;
    let path = format!("messages/{message}/test");
    let result: TestLetterResult = anna.act(&path).await.json();
    assert!(!result.accepted);
    assert!(
        result.response.contains("no mail server works"),
        "{}",
        result.response
    );

    notices::tell(&app, &anna, &Notice::Unblocked).await;
    let mut sender = NoticeSender::new(app.app.clone(), CancellationToken::new());
    assert_eq!(sender.pass().await.unwrap().again, 1);
    assert_eq!(server.connections(), 0);
    // No mailing tries the server; the notice does when it is time.
    app.pass((retry_at - app.app.clock.now()).to_std().unwrap());
    assert_eq!(sender.pass().await.unwrap().sent, 1);
}
