//! Accounts made past the API: by the command line and by the first start.

use contract::problem::FieldCode;
use golub::accounts::first_admin::first_admin;
use golub::accounts::make::{self, NewUser};
use golub::config::Secret;
use golub::problem::ApiError;

use super::{PASSWORD, access, boris, sign_in, with_anna};
use crate::support::TestApp;

#[actix_web::test]
async fn an_account_is_made_only_with_what_is_right() {
    let app = with_anna().await;
    let cases = [
        (
            NewUser {
                email: "boris".to_owned(),
                ..boris()
            },
            "email",
            FieldCode::NotAnAddress,
        ),
        (
            NewUser {
                password: Some(Secret::new("too short")),
                ..boris()
            },
            "password",
            FieldCode::TooShort,
        ),
        (
            NewUser {
                password: Some(Secret::new("x".repeat(129))),
                ..boris()
            },
            "password",
            FieldCode::TooLong,
        ),
        (
            NewUser {
                time_zone: "Mars/Olympus".to_owned(),
                ..boris()
            },
            "time_zone",
            FieldCode::UnknownZone,
        ),
        (
            NewUser {
                full_name: "a\r\nb".to_owned(),
                ..boris()
            },
            "full_name",
            FieldCode::ControlCharacter,
        ),
    ];
    for (new, field, code) in cases {
        let Err(ApiError::Invalid(errors)) = make::create_user(&app.app, new).await else {
            panic!("{field} was taken");
        };
        assert_eq!(errors.of(field)[0].code, code);
    }
    let twice = NewUser {
        email: "ANNA@почта.рф".to_owned(),
        ..boris()
    };
    assert!(matches!(
        make::create_user(&app.app, twice).await,
        Err(ApiError::Taken("email"))
    ));
    assert!(make::create_user(&app.app, boris()).await.is_ok());
}

#[actix_web::test]
async fn the_first_administrator_is_made_once() {
    let app = TestApp::with(|config| {
        config.admin.email = "boss@example.org".to_owned();
        config.admin.password = Secret::new(PASSWORD);
    })
    .await;
    let made = first_admin(&app.app).await.unwrap().unwrap();
    assert_eq!(
        (made.email.as_str(), made.made_up_password),
        ("boss@example.org", None)
    );
    assert!(first_admin(&app.app).await.unwrap().is_none());
    let token = access(&sign_in(&app, "boss@example.org", PASSWORD).await);
    assert_eq!(app.bearing(&token).get("me").await.value()["role"], "admin");

    let app = TestApp::start().await;
    let made = first_admin(&app.app).await.unwrap().unwrap();
    assert_eq!(
        sign_in(&app, &made.email, &made.made_up_password.unwrap())
            .await
            .status,
        200
    );
}
