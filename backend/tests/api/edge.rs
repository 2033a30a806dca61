//! The API's edge: health, unknown paths, bad tokens.

use contract::problem::ErrorCode;

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
