//! Turning it on and off.

use std::time::Duration;

use contract::accounts::SecondFactorState;
use contract::accounts::second_factor::{RecoveryCodes, SecondFactorView};
use contract::audit::Act;
use contract::problem::{ErrorCode, FieldCode};
use golub::accounts::entity as user;
use golub::accounts::second_factor::recovery_code_entity as recovery_code;
use golub::notices::Notice;
use sea_orm::EntityTrait;
use serde_json::json;

use super::super::access;
use super::{Phone, set_up, sign_in, start, turned_on};
use crate::support::app::PASSWORD;
use crate::support::{Client, TestApp};

#[actix_web::test]
async fn it_is_in_force_once_a_code_shows_that_the_app_has_the_secret() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let elsewhere = app.signed_in(anna.id, anna.email.clone()).await;
    assert_eq!(view(&anna).await, (SecondFactorState::Off, None, 0));
    let answer = anna.act("me/second-factor/setup").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let setup = answer.json();
    let phone = Phone::with(&app, &setup);
    assert_eq!(
        setup.url,
        format!(
            "otpauth://totp/Golub:anna%40golub.example?secret={}&issuer=Golub&algorithm=SHA1&digits=6&period=30",
            setup.secret
        )
    );
    // Nothing has changed so far.
    assert_eq!(sign_in(&app, &anna, None).await.status, 200);

    let wrong = phone.code_in(300);
    anna.post("me/second-factor", start(&setup, &wrong))
        .await
        .wrong_field("code", FieldCode::WrongCode);
    let answer = anna
        .post("me/second-factor", start(&setup, &phone.code()))
        .await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let RecoveryCodes { codes } = answer.json();
    assert_eq!(codes.len(), 10);
    for code in &codes {
        let groups: Vec<&str> = code.split('-').collect();
        assert_eq!(groups.len(), 5, "{code}");
        assert!(groups.iter().all(|group| group.len() == 5), "{code}");
    }

    let (state, on_since, left) = view(&anna).await;
    assert_eq!((state, left), (SecondFactorState::On, 10));
    assert_eq!(on_since, Some(app.app.clock.now()));
    assert_eq!(anna.get("me").await.value()["second_factor"], "on");
    // Whoever was signed in elsewhere was so without a code.
    elsewhere.get("me").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(
        app.acts_upon(anna.id).await,
        [Act::SignedIn, Act::SecondFactorOn]
    );
    assert_eq!(
        app.notices_to(anna.id).await,
        [Notice::SecondFactorOn {
            client: String::new()
        }]
    );
    sign_in(&app, &anna, None)
        .await
        .refused(401, ErrorCode::SecondFactorRequired);

    anna.act("me/second-factor/setup")
        .await
        .refused(409, ErrorCode::SecondFactorState);
    app.pass(Duration::from_secs(30));
    anna.post("me/second-factor", start(&setup, &phone.code()))
        .await
        .refused(409, ErrorCode::SecondFactorState);
}

#[actix_web::test]
async fn nothing_in_the_database_makes_a_code() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let setup = set_up(&anna).await;
    let phone = Phone::with(&app, &setup);
    let answer = anna
        .post("me/second-factor", start(&setup, &phone.code()))
        .await;
    let RecoveryCodes { codes } = answer.json();
    let db = app.app.database.read();
    let user = user::Entity::find_by_id(anna.id).one(db).await.unwrap();
    let kept = recovery_code::Entity::find().all(db).await.unwrap();
    assert_eq!(kept.len(), 10);
    let kept = format!("{user:?} {kept:?}");
    assert!(!kept.contains(&setup.secret));
    for code in codes {
        assert!(!kept.contains(&code) && !kept.contains(&code.replace('-', "")));
    }
}

#[actix_web::test]
async fn a_setup_is_for_who_asked_for_ten_minutes() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let setup = set_up(&anna).await;
    let phone = Phone::with(&app, &setup);
    let refused = async |person: &Client, setup: &str| {
        let body = json!({"setup": setup, "code": phone.code()});
        person
            .post("me/second-factor", body)
            .await
            .wrong_field("setup", FieldCode::OutOfRange);
    };
    refused(&boris, &setup.setup).await;
    for wrong in [
        "",
        "x",
        "x.9999999999.x",
        "..",
        &setup.setup.replace('.', "0."),
    ] {
        refused(&anna, wrong).await;
    }
    app.pass(Duration::from_secs(600));
    refused(&anna, &setup.setup).await;

    // To begin again takes a fresh proof by now; to end what was begun does not.
    anna.act("me/second-factor/setup")
        .await
        .refused(403, ErrorCode::ProofRequired);
    let setup = set_up(&boris_again(&app, &boris).await).await;
    let phone = Phone::with(&app, &setup);
    app.pass(Duration::from_secs(599));
    let done = boris
        .post("me/second-factor", start(&setup, &phone.code()))
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
}

#[actix_web::test]
async fn codes_are_tried_only_so_often_also_when_turning_it_on() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let setup = set_up(&anna).await;
    let phone = Phone::with(&app, &setup);
    for _ in 0..5 {
        anna.post("me/second-factor", start(&setup, "no code"))
            .await
            .wrong_field("code", FieldCode::WrongCode);
    }
    let right = anna
        .post("me/second-factor", start(&setup, &phone.code()))
        .await;
    right.refused(429, ErrorCode::TooManyRequests);
    assert_eq!(right.header("retry-after"), "900");
    // By then proof and setup have grown old.
    app.pass(Duration::from_secs(900));
    let proof = anna.post("auth/prove", json!({"password": PASSWORD}));
    let anna = app.bearing(&access(&proof.await));
    let setup = set_up(&anna).await;
    let phone = Phone::with(&app, &setup);
    let right = anna
        .post("me/second-factor", start(&setup, &phone.code()))
        .await;
    assert_eq!(right.status, 200);
}

#[actix_web::test]
async fn it_is_turned_off_by_who_proves_who_they_are() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    anna.delete("me/second-factor")
        .await
        .refused(409, ErrorCode::SecondFactorState);
    let (phone, codes) = turned_on(&app, &anna).await;
    let elsewhere = sign_in(&app, &anna, Some(&phone.code())).await;
    let elsewhere = app.bearing(&access(&elsewhere));
    assert_eq!(elsewhere.get("me").await.status, 200);
    app.pass(Duration::from_secs(600));
    anna.delete("me/second-factor")
        .await
        .refused(403, ErrorCode::ProofRequired);

    let anna_proved = prove(&app, &anna, &phone.code()).await;
    assert_eq!(anna_proved.delete("me/second-factor").await.status, 204);
    assert_eq!(view(&anna_proved).await, (SecondFactorState::Off, None, 0));
    elsewhere.get("me").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(sign_in(&app, &anna, None).await.status, 200);
    // A code that is not asked for is not looked at.
    assert_eq!(sign_in(&app, &anna, Some(&codes[0])).await.status, 200);
    let acts = app.acts_upon(anna.id).await;
    assert!(acts.contains(&Act::SecondFactorOff));
    let off = Notice::SecondFactorOff {
        client: String::new(),
    };
    assert!(app.notices_to(anna.id).await.contains(&off));

    // Turned on again it has another secret.
    let (again, _) = turned_on(&app, &anna_proved).await;
    assert_ne!(again.code(), phone.code());
}

async fn view(
    person: &Client,
) -> (
    SecondFactorState,
    Option<chrono::DateTime<chrono::Utc>>,
    u32,
) {
    let SecondFactorView {
        state,
        on_since,
        recovery_codes_left,
    } = person.get("me/second-factor").await.json();
    (state, on_since, recovery_codes_left)
}

async fn prove(app: &TestApp, person: &Client, code: &str) -> Client {
    let proof = json!({"password": PASSWORD, "code": code});
    let answer = person.post("auth/prove", proof).await;
    app.bearing(&access(&answer))
}

/// The same person, signed in anew.
async fn boris_again(app: &TestApp, boris: &Client) -> Client {
    app.signed_in(boris.id, boris.email.clone()).await
}
