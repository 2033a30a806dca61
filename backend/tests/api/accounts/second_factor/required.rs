//! Where the service asks for it: nothing else works before it is on.

use contract::accounts::second_factor::SecondFactorFor;
use contract::permissions::Role;
use contract::problem::ErrorCode;
use serde_json::json;

use super::super::access;
use super::{sign_in, turned_on};
use crate::support::TestApp;

#[actix_web::test]
async fn who_must_have_one_sets_it_up_before_anything_else() {
    let app = required_for(SecondFactorFor::Staff).await;
    let manager = app.manager("manager").await;
    let answer = sign_in(&app, &manager, None).await;
    let person = app.bearing(&access(&answer));
    assert_eq!(person.get("me").await.value()["second_factor"], "required");
    assert_eq!(
        person.get("me/second-factor").await.value()["state"],
        "required"
    );
    for path in ["users", "mailings"] {
        person
            .get(path)
            .await
            .refused(403, ErrorCode::SecondFactorSetupRequired);
    }
    person
        .post(
            "me/tokens",
            json!({"name": "x", "scopes": ["see_mailings"]}),
        )
        .await
        .refused(403, ErrorCode::SecondFactorSetupRequired);

    let (phone, _) = turned_on(&app, &person).await;
    assert_eq!(person.get("users").await.status, 200);
    assert_eq!(person.get("me").await.value()["second_factor"], "on");
    person
        .delete("me/second-factor")
        .await
        .refused(409, ErrorCode::SecondFactorState);
    assert_eq!(
        sign_in(&app, &manager, Some(&phone.code())).await.status,
        200
    );
}

#[actix_web::test]
async fn for_whom_it_is_asked_is_as_the_settings_say() {
    for (required_for, user, manager) in [
        (SecondFactorFor::Nobody, 200, 200),
        (SecondFactorFor::Staff, 200, 403),
        (SecondFactorFor::Everyone, 403, 403),
    ] {
        let app = self::required_for(required_for).await;
        for (role, status) in [
            (Role::User, user),
            (Role::ContentManager, manager),
            (Role::Manager, manager),
            (Role::Admin, manager),
        ] {
            let person = app.person(role.word(), role).await;
            assert_eq!(person.get("mailings").await.status, status, "{role:?}");
        }
    }
}

#[actix_web::test]
async fn an_api_token_from_before_it_was_required_waits_too() {
    let app = TestApp::start().await;
    let manager = app.manager("manager").await;
    let new = json!({"name": "Shop", "scopes": ["see_mailings"]});
    let made = manager.post("me/tokens", new).await.value();
    let token = made["token"].as_str().unwrap();
    let stricter = app
        .another_process_with(|config| config.accounts.second_factor = SecondFactorFor::Staff)
        .await;
    let program = stricter.bearing(token);
    program
        .get("mailings")
        .await
        .refused(403, ErrorCode::SecondFactorSetupRequired);
    assert_eq!(program.get("me").await.status, 200);
    turned_on(&stricter, &stricter.meeting(&manager)).await;
    assert_eq!(program.get("mailings").await.status, 200);
}

async fn required_for(whom: SecondFactorFor) -> TestApp {
    TestApp::with(|config| config.accounts.second_factor = whom).await
}
