//! The API's edge: health, unknown paths, bad tokens.

use contract::problem::ErrorCode;
use golub::database::Engine;
use golub::problem::ApiError;
use sea_orm::ConnectionTrait as _;

use crate::support::TestApp;

#[actix_web::test]
async fn a_fresh_service_is_ready() {
    let app = TestApp::start().await;
    assert_eq!(app.guest().get("/health/live").await.status, 204);
    let ready = app.guest().get("/health/ready").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.value()["mail_servers"]["closed"], 1);
    assert_eq!(app.guest().get("instance").await.value()["name"], "Golub");
}

#[actix_web::test]
async fn an_unknown_path_is_a_problem_document() {
    let app = TestApp::start().await;
    app.guest()
        .get("no/such/path")
        .await
        .refused(404, ErrorCode::NotFound);
    app.guest()
        .get("/api/nothing")
        .await
        .refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn who_gets_into_the_way_of_another_is_asked_to_try_again() {
    let app = TestApp::start().await;
    if app.app.database.engine() == Engine::Sqlite {
        return;
    }
    // A deadlock, a snapshot that is too old, a division by zero.
    for (code, passes) in [("40P01", true), ("40001", true), ("22012", false)] {
        let fails = format!("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$");
        let failed = app.app.database.read().execute_unprepared(&fails).await;
        let error = ApiError::from(failed.unwrap_err());
        let is_away = matches!(error, ApiError::Unavailable(_));
        assert_eq!(is_away, passes, "{code}");
    }
}
