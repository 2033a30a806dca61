//! The letters themselves: in whose language, with which links, and with nobody's words taken for ours.

use std::time::Duration;

use actix_web::test::TestRequest;
use contract::accounts::Language;
use golub::accounts::entity as user;
use golub::accounts::links::{self, Purpose};
use golub::notices::{Addressee, Notice, compose};
use sea_orm::{ActiveModelTrait, Set};

use super::{account, letter_to, tell, tell_to};
use crate::support::smtp_server::SmtpServer;
use crate::support::{Client, TestApp};

const HOUR: Duration = Duration::from_secs(3600);

fn changed() -> Notice {
    Notice::PasswordChanged {
        client: "203.0.113.7".to_owned(),
        api_tokens: 0,
    }
}

async fn change(app: &TestApp, person: &Client, change: user::ActiveModel) {
    let change = user::ActiveModel {
        id: Set(person.id),
        ..change
    };
    let tx = app.app.database.write().await.unwrap();
    change.update(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn link(app: &TestApp, person: &Client, purpose: Purpose) -> links::Model {
    let tx = app.app.database.write().await.unwrap();
    let made = links::make(&tx, person.id, purpose, None, HOUR, app.now()).await;
    tx.commit().await.unwrap();
    made.unwrap()
}

#[actix_web::test]
async fn a_letter_speaks_the_language_of_its_reader_and_by_their_clock() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let russian = user::ActiveModel {
        language: Set(Language::Ru.into()),
        full_name: Set("Борис".to_owned()),
        ..Default::default()
    };
    tell(&app, &anna, &changed()).await;
    tell(&app, &boris, &changed()).await;
    // The language is that of the account when the letter is written.
    change(&app, &boris, russian).await;
    app.pass(HOUR);
    app.run_worker().await;

    let letter = letter_to(&server, &anna.email);
    assert_eq!(letter.subject, "Your password for Golub was changed");
    assert!(
        letter.text.starts_with("Hello, anna!\n\n"),
        "{}",
        letter.text
    );
    // It happened when it was told, not when the letter left.
    let happened = "was changed on 1 May, 09:00 (UTC+03:00), from 203.0.113.7.";
    assert!(letter.text.contains(happened), "{}", letter.text);
    assert!(letter.html.contains(happened), "{}", letter.html);
    assert!(letter.html.contains("<html lang=\"en\">"));
    assert!(
        letter
            .source
            .contains("\r\nAuto-Submitted: auto-generated\r\n")
    );

    let letter = letter_to(&server, &boris.email);
    assert_eq!(letter.subject, "Пароль в Golub изменён");
    assert!(
        letter.text.starts_with("Здравствуйте, Борис!\n\n"),
        "{}",
        letter.text
    );
    assert!(
        letter
            .text
            .contains("изменён 1 мая, 09:00 (UTC+03:00), с адреса 203.0.113.7.")
    );
    assert!(letter.html.contains("<html lang=\"ru\">"));
}

#[actix_web::test]
async fn what_somebody_calls_themselves_stays_a_name() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    let hostile = user::ActiveModel {
        full_name: Set("<script>alert(1)</script>\r\nBcc: eve@example.org".to_owned()),
        ..Default::default()
    };
    change(&app, &anna, hostile).await;
    let blocked = Notice::Blocked {
        reason: "<img src=x onerror=alert(2)>\r\nSubject: & \"more\"".to_owned(),
    };
    tell(&app, &anna, &blocked).await;
    let guest = Addressee {
        user_id: None,
        address: "guest@example.org".to_owned(),
        language: Language::En,
    };
    invite(&app, &anna, "guest@example.org").await;
    let invited_by = "<a href='https://evil.example'>\r\nBcc: eve@example.org</a>".to_owned();
    tell_to(&app, guest, &Notice::Invitation { invited_by }).await;
    app.run_worker().await;

    for address in [anna.email.as_str(), "guest@example.org"] {
        let letter = letter_to(&server, address);
        for evil in ["<script", "<img", "<a href='"] {
            assert!(!letter.html.contains(evil), "{}", letter.html);
        }
        let (head, _) = letter.source.split_once("\r\n\r\n").unwrap();
        assert!(!head.contains("Bcc") && !head.contains("evil"), "{head}");
        assert_eq!(head.matches("Subject:").count(), 1, "{head}");
    }
    let letter = letter_to(&server, &anna.email);
    assert!(
        letter.html.contains("&lt;img src=x onerror=alert(2)&gt;"),
        "{}",
        letter.html
    );
    assert!(
        letter.text.contains("<img src=x onerror=alert(2)>"),
        "{}",
        letter.text
    );
    assert_eq!(server.letters().len(), 2, "somebody else got a letter");
}

#[actix_web::test]
async fn links_lead_to_the_services_own_address_whatever_a_request_claims() {
    let server = SmtpServer::start().await;
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(server.url().parse().unwrap());
        config.http.public_url = "https://golub.example/mail/".to_owned();
    })
    .await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    let path = format!("/api/v1/users/{}/password-link", anna.id);
    let lying = TestRequest::post()
        .uri(&path)
        .insert_header(("Host", "evil.example"))
        .insert_header(("X-Forwarded-Host", "evil.example"));
    assert_eq!(admin.send(lying).await.status, 204);
    app.run_worker().await;
    let letter = letter_to(&server, &anna.email);
    assert!(!letter.source.contains("evil"));
    let begin = "https://golub.example/mail/reset-password?token=";
    for body in [&letter.text, &letter.html] {
        let (_, rest) = body.split_once(begin).unwrap();
        let token: String = rest.chars().take_while(|c| !"\"\n<".contains(*c)).collect();
        let now = app.now();
        let found = links::find(
            app.app.database.read(),
            &app.app.tokens,
            Purpose::Password,
            &token,
            now,
        );
        assert_eq!(found.await.unwrap().user_id, anna.id);
    }
    assert!(
        letter
            .html
            .contains("<a href=\"https://golub.example/mail\"")
    );
}

#[actix_web::test]
async fn a_name_is_used_only_once_the_address_is_known_to_be_theirs() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    let unconfirmed = user::ActiveModel {
        full_name: Set("Buy pills at evil.example".to_owned()),
        confirmed_at: Set(None),
        ..Default::default()
    };
    change(&app, &anna, unconfirmed).await;
    let link_id = link(&app, &anna, Purpose::Confirm).await.id;
    tell(&app, &anna, &Notice::ConfirmAddress { link_id }).await;
    app.run_worker().await;
    let letter = letter_to(&server, &anna.email);
    assert!(letter.text.starts_with("Hello!\n"), "{}", letter.text);
    assert!(!letter.source.contains("pills"));
    assert!(letter.text.contains("http://localhost:8080/confirm?token="));
    assert!(
        letter.text.contains("until 1 May, 10:00 (UTC+03:00)"),
        "{}",
        letter.text
    );
}

#[actix_web::test]
async fn an_invitation_leads_to_signing_up_with_the_address_it_was_sent_to() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.admin("anna").await;
    let address = "ivan+news@example.org";
    invite(&app, &anna, address).await;
    let to = Addressee {
        user_id: None,
        address: address.to_owned(),
        language: Language::Ru,
    };
    let invited_by = "Анна".to_owned();
    tell_to(&app, to, &Notice::Invitation { invited_by }).await;
    app.run_worker().await;
    let letter = letter_to(&server, address);
    assert_eq!(letter.subject, "Приглашение в Golub");
    assert!(letter.text.contains("Анна приглашает вас в Golub"));
    let link = "http://localhost:8080/sign-up?email=ivan%2Bnews%40example%2Eorg";
    assert!(letter.text.contains(link), "{}", letter.text);
    assert!(
        letter.text.contains("до 2 мая, 06:00 (UTC)"),
        "{}",
        letter.text
    );
}

#[actix_web::test]
async fn every_try_of_a_letter_has_the_same_message_id() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let notice = tell(&app, &anna, &changed()).await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        app.pass(HOUR);
        let composed = compose::compose(&app.app, &notice).await.unwrap().unwrap();
        let compose::What::Letter(letter) = composed.what else {
            panic!("not a letter")
        };
        ids.push(letter.message_id);
    }
    assert_eq!(ids[0], ids[1]);
    let begin = format!("notice.{}.", notice.id);
    assert!(
        ids[0].starts_with(&begin) && ids[0].ends_with("@localhost"),
        "{}",
        ids[0]
    );
}

#[actix_web::test]
async fn a_former_address_is_told_and_not_by_the_name() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    let former = Addressee {
        address: "former@example.org".to_owned(),
        ..Addressee::from(&account(&app, anna.id).await)
    };
    let email = anna.email.clone();
    tell_to(&app, former, &Notice::EmailChanged { email }).await;
    app.run_worker().await;
    let letter = letter_to(&server, "former@example.org");
    assert!(letter.text.starts_with("Hello!\n"), "{}", letter.text);
    assert!(letter.text.contains("is known by anna@golub.example"));
}

/// An invitation that holds for a day.
async fn invite(app: &TestApp, by: &Client, address: &str) {
    let invitation = golub::accounts::invitations::entity::ActiveModel {
        email: Set(address.to_owned()),
        email_key: Set(address.to_owned()),
        language: Set(Language::En.into()),
        invited_by: Set(by.id),
        created_at: Set(app.now()),
        expires_at: Set(app.now() + HOUR * 24),
        ..Default::default()
    };
    let tx = app.app.database.write().await.unwrap();
    invitation.insert(&tx).await.unwrap();
    tx.commit().await.unwrap();
}
