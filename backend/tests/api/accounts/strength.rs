//! Weighing passwords, wherever one is chosen.

use contract::accounts::password::PasswordStrength;
use contract::problem::{ErrorCode, FieldCode};
use golub::accounts::first_admin::first_admin;
use golub::accounts::make::{self, NewUser};
use golub::config::Secret;
use golub::problem::ApiError;
use serde_json::{Value, json};

use super::boris;
use super::letters::register_with;
use crate::support::TestApp;

async fn weigh(app: &TestApp, body: Value) -> PasswordStrength {
    let answer = app.guest().post("auth/password-strength", body).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

#[actix_web::test]
async fn a_password_is_weighed_with_what_its_person_is_known_by() {
    let app = TestApp::with(|config| config.instance.name = "Ladoga Letters".to_owned()).await;
    let strong = weigh(&app, json!({"password": "correct horse battery"})).await;
    assert!(strong.score >= 3 && strong.warning.is_none(), "{strong:?}");
    let common = weigh(&app, json!({"password": "password123"})).await;
    assert!(common.score < 3 && !common.hints.is_empty(), "{common:?}");
    assert!(common.warning.is_some());

    let name = json!({"password": "Kronshtadtskaya", "full_name": "Anna Kronshtadtskaya"});
    let stranger = json!({"password": "Kronshtadtskaya"});
    assert!(weigh(&app, stranger).await.score >= 3);
    assert!(weigh(&app, name).await.score < 3);
    let address = json!({"password": "zxvbsokolik", "email": "zxvbsokolik@example.org"});
    assert!(weigh(&app, address).await.score < 3);
    assert!(
        weigh(&app, json!({"password": "ladogaletters"}))
            .await
            .score
            < 3
    );
    assert!(weigh(&app, json!({"password": ""})).await.score == 0);
    let long = json!({"password": "x".repeat(500_000), "email": "y".repeat(500_000)});
    assert!(weigh(&app, long).await.score < 3);
}

#[actix_web::test]
async fn a_weak_password_is_refused_with_the_word_for_why() {
    let app = TestApp::start().await;
    let answer = register_with(&app, "vera@example.org", "password12").await;
    answer.wrong_field("password", FieldCode::TooWeak);
    let told = &answer.problem().errors.of("password")[0].clone();
    let word = told.name.as_deref().unwrap();
    let words = [
        "top_password",
        "common_password",
        "similar_to_common_password",
    ];
    assert!(words.contains(&word), "{word}");
    answer.refused(422, ErrorCode::Invalid);
}

#[actix_web::test]
async fn whoever_makes_accounts_past_the_api_chooses_no_weak_password_either() {
    let app = TestApp::with(|config| {
        config.admin.email = "boss@example.org".to_owned();
        config.admin.password = Secret::new("golubgolub");
    })
    .await;
    let weak = NewUser {
        password: Some(Secret::new("borisexample")),
        ..boris()
    };
    let Err(ApiError::Invalid(errors)) = make::create_user(&app.app, weak).await else {
        panic!("it was taken");
    };
    assert_eq!(errors.of("password")[0].code, FieldCode::TooWeak);
    // The one from the settings: whoever starts the service reads what to mend.
    let refused = first_admin(&app.app).await.unwrap_err().to_string();
    assert_eq!(refused, "admin.password is too easy to guess");
}
