//! A session that was ended elsewhere, while a form is half filled in.

use crate::support::{
    api,
    golub::{ADMIN, PASSWORD},
    person,
    story::story,
};

#[tokio::test]
async fn what_was_typed_outlives_the_session_and_is_saved_after_signing_in_again() {
    story("session_ended", &[], async |browser, _| {
        person::signs_in(browser).await;
        browser.go("/recipients/new").await;
        browser.fill("E-mail", "dove@example.com").await;
        browser.fill("Full name", "Ольга Голубева").await;
        browser.fill("Comment", "Asked by phone").await;

        let elsewhere = api::token_of(browser, ADMIN).await;
        api::delete(browser, &elsewhere, "me/sessions").await;

        browser.press("Add recipient").await;
        browser.sees("Sign in again").await;
        person::signs_in_over_it(browser, PASSWORD).await;
        browser.no_longer_sees("Sign in again").await;

        browser.press("Add recipient").await;
        browser.sees("Ольга Голубева was added").await;
        let token = api::token_of(browser, ADMIN).await;
        let kept = api::get(browser, &token, "recipients").await;
        assert_eq!(kept["items"][0]["email"], "dove@example.com");
        assert_eq!(kept["items"][0]["full_name"], "Ольга Голубева");
        assert_eq!(kept["items"][0]["comment"], "Asked by phone");
        assert_eq!(
            browser.complaints_beside_refusals().await,
            Vec::<String>::new()
        );
    })
    .await;
}
