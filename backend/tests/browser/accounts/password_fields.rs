//! Fields for passwords: hidden, but not from their owner, and known to password managers.

use crate::support::story::story;

#[tokio::test]
async fn a_password_is_hidden_until_its_owner_asks_and_password_managers_know_the_field() {
    story("password_fields", &[], async |browser, _| {
        for (path, kind) in [
            ("/sign-in", "current-password"),
            ("/sign-up", "new-password"),
        ] {
            browser.go(path).await;
            browser.fill("Password", "seven herons").await;
            let field = format!("//input[@autocomplete='{kind}']");
            browser.find(&format!("{field}[@type='password']")).await;
            browser.press("Show the password").await;
            browser.find(&format!("{field}[@type='text']")).await;
            browser.press("Show the password").await;
            browser.find(&format!("{field}[@type='password']")).await;
        }
        assert_eq!(
            browser.complaints_beside_refusals().await,
            Vec::<String>::new()
        );
    })
    .await;
}
