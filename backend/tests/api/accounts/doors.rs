//! Who may sign up: everybody, whom an administrator has invited, or nobody; and from which domains.

use std::time::Duration;

use contract::accounts::sign_up::SignUp;
use contract::audit::Act;
use contract::problem::{ErrorCode, FieldCode};
use golub::accounts::sweep;
use golub::notices::Notice;
use serde_json::json;

use super::letters::{account, acts, confirm, last, notices, register, token};
use crate::support::TestApp;

async fn by_invitation() -> TestApp {
    TestApp::with(|config| config.accounts.sign_up = SignUp::Invited).await
}

#[actix_web::test]
async fn where_sign_up_is_closed_nobody_signs_up_or_is_invited() {
    let app = TestApp::with(|config| config.accounts.sign_up = SignUp::Closed).await;
    register(&app, "vera@example.org")
        .await
        .refused(403, ErrorCode::SignUpClosed);
    let admin = app.admin("boss").await;
    let invited = json!({"email": "vera@example.org"});
    admin
        .post("users/invitations", invited)
        .await
        .refused(403, ErrorCode::SignUpClosed);
    assert_eq!(notices(&app).await, []);
}

#[actix_web::test]
async fn only_who_was_invited_gets_an_account_and_a_letter_and_all_hear_the_same() {
    let app = by_invitation().await;
    let admin = app.admin("boss").await;
    let invited = json!({"email": "Vera@почта.рф", "language": "ru"});
    let made = admin.post("users/invitations", invited).await;
    assert_eq!(made.status, 201);
    assert_eq!(
        made.header("location"),
        format!("/api/v1/users/invitations/{}", made.id())
    );
    assert_eq!(made.value()["invited_by"], "boss");
    let (address, notice) = last(&app).await;
    assert_eq!(address, "Vera@почта.рф");
    assert_eq!(
        notice,
        Notice::Invitation {
            invited_by: "boss".to_owned()
        }
    );

    let stranger = register(&app, "stranger@example.org").await;
    assert_eq!(notices(&app).await.len(), 1);
    assert_eq!(account(&app, "stranger@example.org").await, None);
    let vera = register(&app, "vera@xn--80a1acny.xn--p1ai").await;
    assert_eq!((stranger.status, &stranger.body), (202, &vera.body));
    let token = token(&app).await;
    assert_eq!(confirm(&app, &token).await.status, 200);
    // It is used up.
    assert_eq!(admin.get("users/invitations").await.value()["total"], 0);
}

#[actix_web::test]
async fn an_invitation_ends_by_itself_and_by_who_gave_it_and_can_be_given_again() {
    let app = by_invitation().await;
    let admin = app.admin("boss").await;
    let invite = async |email: &str| {
        admin
            .post("users/invitations", json!({"email": email}))
            .await
    };
    let week = Duration::from_secs(7 * 24 * 3600);
    let vera = invite("vera@example.org").await.id();
    app.pass(week);
    register(&app, "vera@example.org").await;
    assert_eq!(account(&app, "vera@example.org").await, None);
    assert_eq!(admin.get("users/invitations").await.value()["total"], 0);
    assert_eq!(invite("VERA@example.org").await.id(), vera);
    let ivan = invite("ivan@example.org").await.id();
    let found = admin.get("users/invitations?search=Ve").await.value();
    assert_eq!(
        (&found["total"], &found["items"][0]["id"]),
        (&json!(1), &json!(vera))
    );

    let path = format!("users/invitations/{ivan}");
    assert_eq!(admin.delete(&path).await.status, 204);
    admin.delete(&path).await.refused(404, ErrorCode::NotFound);
    register(&app, "ivan@example.org").await;
    assert_eq!(account(&app, "ivan@example.org").await, None);
    register(&app, "vera@example.org").await;
    assert!(account(&app, "vera@example.org").await.is_some());
    assert_eq!(acts(&app, Act::UserInvited).await.len(), 3);
    let withdrawn = acts(&app, Act::InvitationWithdrawn).await;
    assert_eq!(withdrawn[0].item_title, "ivan@example.org");
    assert_eq!(withdrawn[0].actor_id, Some(admin.id));

    // Sweeping takes what has ended, and nothing else.
    let anna = invite("anna@example.org").await.id();
    app.pass(week - Duration::from_secs(1));
    let oleg = invite("oleg@example.org").await.id();
    app.pass(Duration::from_secs(1));
    sweep::pass(&app.app).await.unwrap();
    assert_eq!(
        admin
            .delete(&format!("users/invitations/{anna}"))
            .await
            .status,
        404
    );
    assert_eq!(
        admin
            .delete(&format!("users/invitations/{oleg}"))
            .await
            .status,
        204
    );
}

#[actix_web::test]
async fn nobody_is_invited_who_is_there_or_may_not_come() {
    let app = TestApp::with(|config| {
        config.accounts.allowed_domains = vec!["golub.example".to_owned(), "почта.рф".to_owned()];
    })
    .await;
    let admin = app.admin("boss").await;
    app.member("anna").await;
    for (email, status) in [
        ("ANNA@golub.example", 409),
        ("x@xn--80a1acny.xn--p1ai", 201),
    ] {
        let invited = admin
            .post("users/invitations", json!({"email": email}))
            .await;
        assert_eq!(invited.status, status, "{email}");
    }
    let elsewhere = json!({"email": "x@example.org"});
    admin
        .post("users/invitations", elsewhere)
        .await
        .wrong_field("email", FieldCode::DomainNotAllowed);
    // Where sign-up is open an invitation is used up all the same.
    register(&app, "X@почта.рф").await;
    assert_eq!(admin.get("users/invitations").await.value()["total"], 0);
}

#[actix_web::test]
async fn only_addresses_of_the_allowed_domains_sign_up() {
    let app = TestApp::with(|config| {
        config.accounts.allowed_domains = vec!["Почта.рф".to_owned(), "example.org".to_owned()];
    })
    .await;
    for refused in ["vera@example.com", "vera@sub.example.org", "vera@xn--p1ai"] {
        let answer = register(&app, refused).await;
        answer.wrong_field("email", FieldCode::DomainNotAllowed);
    }
    for taken in ["vera@xn--80a1acny.xn--p1ai", "vera@EXAMPLE.org"] {
        assert_eq!(register(&app, taken).await.status, 202);
        assert!(account(&app, taken).await.is_some());
    }
}
