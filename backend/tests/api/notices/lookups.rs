//! Notices that hold only an address, or a link: whom they concern is looked up when they are sent.

use std::time::Duration;

use contract::accounts::Language;
use contract::notices::NoticeState;
use golub::accounts::entity as user;
use golub::accounts::links::{self, Purpose};
use golub::notices::{Addressee, Notice};
use sea_orm::{ActiveModelTrait, Set};

use super::{letter_to, only, states, tell, tell_to};
use crate::support::TestApp;
use crate::support::smtp_server::{Act, SmtpServer, Step};

const HOUR: Duration = Duration::from_secs(3600);

fn to(address: &str) -> Addressee {
    Addressee {
        user_id: None,
        address: address.to_owned(),
        language: Language::Ru,
    }
}

#[actix_web::test]
async fn a_new_password_is_sent_to_the_account_and_to_nobody_else() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    tell_to(&app, to("nobody@golub.example"), &Notice::PasswordReset).await;
    tell_to(&app, to("ANNA@golub.example"), &Notice::PasswordReset).await;
    app.run_worker().await;
    assert_eq!(
        states(&admin).await,
        [NoticeState::Sent, NoticeState::Dropped]
    );
    // In the account's language, to the account's address as it is written there.
    let letter = letter_to(&server, &anna.email);
    assert_eq!(letter.subject, "A new password for Golub");
    assert!(letter.text.contains("/reset-password?token="));
    assert_eq!(server.letters().len(), 1);
}

#[actix_web::test]
async fn a_confirmation_asked_for_again_goes_to_who_still_waits_for_it() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    tell_to(&app, to(&anna.email), &Notice::ConfirmAddressAgain).await;
    app.run_worker().await;
    assert_eq!(
        states(&admin).await,
        [NoticeState::Dropped],
        "it is confirmed already"
    );
    let tx = app.app.database.write().await.unwrap();
    let unconfirmed = user::ActiveModel {
        id: Set(anna.id),
        confirmed_at: Set(None),
        ..Default::default()
    };
    unconfirmed.update(&tx).await.unwrap();
    tx.commit().await.unwrap();
    tell_to(&app, to(&anna.email), &Notice::ConfirmAddressAgain).await;
    app.run_worker().await;
    assert!(
        letter_to(&server, &anna.email)
            .text
            .contains("/confirm?token=")
    );
}

#[actix_web::test]
async fn a_link_that_was_taken_or_has_expired_is_sent_to_nobody() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    let tx = app.app.database.write().await.unwrap();
    let made = links::make(&tx, anna.id, Purpose::Password, None, HOUR, app.now()).await;
    let link_id = made.unwrap().id;
    tx.commit().await.unwrap();
    tell(&app, &anna, &Notice::PasswordLink { link_id }).await;
    app.pass(HOUR);
    app.run_worker().await;
    assert_eq!(only(&admin).await.state, NoticeState::Dropped);
    assert!(server.letters().is_empty());
}

#[actix_web::test]
async fn a_letter_that_would_come_too_late_is_given_up_with_the_servers_words() {
    let server = SmtpServer::start().await;
    server.always(Step::Rcpt, Act::Say("451 4.3.0 Come back tomorrow"));
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(server.url().parse().unwrap());
        config.notices.retry_after = vec![golub::config::Wait(HOUR)];
    })
    .await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    tell_to(&app, to(&anna.email), &Notice::PasswordReset).await;
    app.run_worker().await;
    let notice = only(&admin).await;
    assert_eq!(
        (notice.state, notice.code),
        (NoticeState::Failed, Some(451))
    );
    assert!(notice.answer.unwrap().contains("Come back tomorrow"));
}
