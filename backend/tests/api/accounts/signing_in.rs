//! Signing in, staying signed in, signing out.

use std::time::Duration;

use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use contract::accounts::AccessToken;
use contract::problem::ErrorCode;
use golub::accounts::entity as user;
use golub::config::Secret;

use super::{
    PASSWORD, access, anna, cookie, create_anna, refresh, set, sign_in, with_anna, with_cookie,
};
use crate::support::TestApp;

#[actix_web::test]
async fn whoever_knows_the_password_gets_in_however_the_address_is_written() {
    let app = with_anna().await;
    for email in ["anna@почта.рф", " ANNA@Почта.рф "] {
        let answer = sign_in(&app, email, PASSWORD).await;
        let token: AccessToken = answer.json();
        assert_eq!(token.expires_in, 600);
        assert_eq!(answer.header("cache-control"), "no-store");
        let me = app.bearing(&token.access_token).get("me").await;
        assert_eq!(me.value()["email"], "anna@почта.рф");
        assert_eq!(me.value()["role"], "user");
        assert_eq!(
            app.guest().get_known("me", me.header("etag")).await.status,
            401
        );
        let known = app.bearing(&token.access_token);
        assert_eq!(known.get_known("me", me.header("etag")).await.status, 304);
    }
    assert!(anna(&app).await.last_seen_at.is_some());
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_address_are_told_the_same() {
    let app = with_anna().await;
    let wrong = sign_in(&app, "anna@почта.рф", "correct horse batterx").await;
    wrong.refused(401, ErrorCode::WrongCredentials);
    for (email, password) in [
        ("nobody@example.org", PASSWORD),
        ("no address at all", PASSWORD),
        ("", ""),
        ("anna@почта.рф", ""),
        ("anna@почта.рф\u{0}", PASSWORD),
    ] {
        let answer = sign_in(&app, email, password).await;
        assert_eq!((answer.status, &answer.body), (401, &wrong.body), "{email}");
        assert_eq!(answer.header("set-cookie"), "");
    }
}

#[actix_web::test]
async fn blocked_and_unconfirmed_is_told_only_to_who_knows_the_password() {
    let app = with_anna().await;
    let email = "anna@почта.рф";
    let token = access(&sign_in(&app, email, PASSWORD).await);

    set(&app, user::Column::BlockedAt, Some(app.app.clock.now())).await;
    sign_in(&app, email, "not the password")
        .await
        .refused(401, ErrorCode::WrongCredentials);
    sign_in(&app, email, PASSWORD)
        .await
        .refused(403, ErrorCode::Blocked);
    // Who is blocked is out at once.
    app.bearing(&token)
        .get("me")
        .await
        .refused(401, ErrorCode::SignedOut);

    set(&app, user::Column::BlockedAt, None).await;
    assert_eq!(app.bearing(&token).get("me").await.status, 200);
    set(&app, user::Column::ConfirmedAt, None).await;
    sign_in(&app, email, "not the password")
        .await
        .refused(401, ErrorCode::WrongCredentials);
    sign_in(&app, email, PASSWORD)
        .await
        .refused(403, ErrorCode::Unconfirmed);
}

#[actix_web::test]
async fn the_refresh_token_is_out_of_reach_for_scripts_and_other_sites() {
    let app = with_anna().await;
    let cookie = cookie(&sign_in(&app, "anna@почта.рф", PASSWORD).await);
    assert_eq!(cookie.http_only(), Some(true));
    assert_eq!(cookie.same_site().unwrap().to_string(), "Strict");
    assert_eq!(cookie.path(), Some("/api/v1/auth"));
    assert_eq!(cookie.secure(), None);

    let app =
        TestApp::with(|config| config.http.public_url = "https://golub.example".to_owned()).await;
    create_anna(&app).await;
    let cookie = super::cookie(&sign_in(&app, "anna@почта.рф", PASSWORD).await);
    assert_eq!(cookie.secure(), Some(true));
}

#[actix_web::test]
async fn a_session_is_renewed_again_and_again() {
    let app = with_anna().await;
    let mut cookie = cookie(&sign_in(&app, "anna@почта.рф", PASSWORD).await);
    for _ in 0..4 {
        // Longer than the session would hold without being used.
        app.pass(Duration::from_secs(20 * 24 * 3600));
        let renewed = refresh(&app, &cookie).await;
        assert_eq!(app.bearing(&access(&renewed)).get("me").await.status, 200);
        assert_ne!(super::cookie(&renewed).value(), cookie.value());
        cookie = super::cookie(&renewed);
    }
    app.pass(Duration::from_secs(31 * 24 * 3600));
    refresh(&app, &cookie)
        .await
        .refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn an_access_token_ends_after_ten_minutes() {
    let app = with_anna().await;
    let token = access(&sign_in(&app, "anna@почта.рф", PASSWORD).await);
    app.pass(Duration::from_secs(599));
    assert_eq!(app.bearing(&token).get("me").await.status, 200);
    app.pass(Duration::from_secs(1));
    let answer = app.bearing(&token).get("me").await;
    answer.refused(401, ErrorCode::SignedOut);
    assert_eq!(answer.header("www-authenticate"), "Bearer");
}

#[actix_web::test]
async fn two_tabs_renew_at_once_and_both_stay_signed_in() {
    let app = with_anna().await;
    let old = cookie(&sign_in(&app, "anna@почта.рф", PASSWORD).await);
    let (one, other) = futures_util::future::join(refresh(&app, &old), refresh(&app, &old)).await;
    assert_eq!(cookie(&one).value(), cookie(&other).value());
    app.pass(Duration::from_secs(19));
    let late = refresh(&app, &old).await;
    assert_eq!(cookie(&late).value(), cookie(&one).value());
}

#[actix_web::test]
async fn an_old_refresh_token_that_comes_back_ends_its_session() {
    let app = with_anna().await;
    let old = cookie(&sign_in(&app, "anna@почта.рф", PASSWORD).await);
    let renewed = refresh(&app, &old).await;
    app.pass(Duration::from_secs(21));
    refresh(&app, &old).await.refused(401, ErrorCode::SignedOut);
    refresh(&app, &cookie(&renewed))
        .await
        .refused(401, ErrorCode::SignedOut);
    app.bearing(&access(&renewed))
        .get("me")
        .await
        .refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn a_made_up_refresh_token_renews_nothing() {
    let app = with_anna().await;
    let real = cookie(&sign_in(&app, "anna@почта.рф", PASSWORD).await);
    for value in [
        "",
        "1",
        "1.1",
        "1.1.",
        "1.1.AAAA",
        "9223372036854775808.1.AAAA",
        "%00.1.AAAA",
        "1.-1.AAAA",
    ] {
        refresh(&app, &Cookie::new(real.name().to_owned(), value))
            .await
            .refused(401, ErrorCode::SignedOut);
    }
    app.guest()
        .act("auth/refresh")
        .await
        .refused(401, ErrorCode::SignedOut);
    assert_eq!(refresh(&app, &real).await.status, 200);
}

#[actix_web::test]
async fn whose_session_ended_with_a_block_is_told_so_where_they_were_signed_in() {
    let app = with_anna().await;
    let answer = sign_in(&app, "anna@почта.рф", PASSWORD).await;
    let (token, kept) = (access(&answer), cookie(&answer));
    app.block(anna(&app).await.id, true).await;

    let renewal = || {
        TestRequest::post()
            .uri("/api/v1/auth/refresh")
            .cookie(kept.clone())
    };
    let page = app.bearing(&token);
    page.send(renewal()).await.refused(403, ErrorCode::Blocked);
    // Without the access token nothing shows whose session it was.
    app.guest()
        .send(renewal())
        .await
        .refused(401, ErrorCode::SignedOut);

    app.block(anna(&app).await.id, false).await;
    page.send(renewal())
        .await
        .refused(401, ErrorCode::SignedOut);
    app.clock.advance(Duration::from_secs(601));
    app.block(anna(&app).await.id, true).await;
    page.send(renewal())
        .await
        .refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn signing_out_ends_the_session_and_takes_the_cookie_away() {
    let app = with_anna().await;
    let answer = sign_in(&app, "anna@почта.рф", PASSWORD).await;
    let (token, kept) = (access(&answer), cookie(&answer));

    let out = with_cookie(&app, "/api/v1/auth/logout", &kept).await;
    assert_eq!(out.status, 204);
    let taken = cookie(&out);
    assert_eq!(
        (taken.value(), taken.max_age().unwrap().whole_seconds()),
        ("", 0)
    );
    assert_eq!(taken.path(), kept.path());
    app.bearing(&token)
        .get("me")
        .await
        .refused(401, ErrorCode::SignedOut);
    refresh(&app, &kept)
        .await
        .refused(401, ErrorCode::SignedOut);

    // Nothing is left to end, and that is no error.
    assert_eq!(
        with_cookie(&app, "/api/v1/auth/logout", &kept).await.status,
        204
    );
    assert_eq!(app.bearing(&token).act("auth/logout").await.status, 204);
    // Without the cookie the access token is enough.
    let token = access(&sign_in(&app, "anna@почта.рф", PASSWORD).await);
    assert_eq!(app.bearing(&token).act("auth/logout").await.status, 204);
    app.bearing(&token)
        .get("me")
        .await
        .refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn a_token_of_another_service_is_nobodys() {
    let app = with_anna().await;
    let other = TestApp::with(|config| {
        config.auth.secret = Secret::new("another secret, and long enough too")
    })
    .await;
    create_anna(&other).await;
    let token = access(&sign_in(&other, "anna@почта.рф", PASSWORD).await);
    sign_in(&app, "anna@почта.рф", PASSWORD).await;
    app.bearing(&token)
        .get("me")
        .await
        .refused(401, ErrorCode::SignedOut);
    for wrong in [
        "",
        "x",
        "a.b.c",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOjEsInNpZCI6MSwiZXhwIjo5OTk5OTk5OTk5fQ.",
    ] {
        app.bearing(wrong)
            .get("me")
            .await
            .refused(401, ErrorCode::SignedOut);
    }
}
