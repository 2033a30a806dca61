//! A forgotten password: a new one is chosen by the link of a letter.

use crate::support::{golub::PASSWORD, outbox, person, story::story_of_two};

const ANNA: &str = "anna@example.org";
const NEW_PASSWORD: &str = "seven herons cross a quiet harbour";

#[tokio::test]
async fn a_new_password_is_chosen_by_a_link_that_works_once_and_ends_all_sessions() {
    story_of_two(
        "forgotten_password",
        &[],
        async |anna, her_old_laptop, golub| {
            golub.makes_account("user", ANNA, "Anna");
            person::signs_in_as(her_old_laptop, ANNA, PASSWORD).await;
            // A screen that asks for nothing by itself: it notices nothing before its next act.
            her_old_laptop.press("Recipients").await;
            her_old_laptop
                .find("//h1[normalize-space(.)='Recipients']")
                .await;

            anna.go("/messages").await;
            anna.sees("Sign in to open this page").await;
            anna.press("Forgot your password?").await;
            anna.fill("E-mail", ANNA).await;
            anna.press("Send the link").await;
            anna.sees("Check your mail").await;
            let link = outbox::link(golub, ANNA, "/reset-password", 1).await;

            // Opening it uses nothing up.
            anna.go(&link).await;
            anna.go(&link).await;
            anna.fill("New password", NEW_PASSWORD).await;
            anna.press("Change password").await;
            anna.sees("Your password is changed").await;

            her_old_laptop.press("Messages").await;
            her_old_laptop.sees("Sign in again").await;
            person::signs_in_over_it(her_old_laptop, PASSWORD).await;
            her_old_laptop
                .sees("The address or the password is wrong")
                .await;
            person::signs_in_over_it(her_old_laptop, NEW_PASSWORD).await;
            her_old_laptop.no_longer_sees("Sign in again").await;
            her_old_laptop
                .find("//h1[normalize-space(.)='Messages']")
                .await;

            anna.go(&link).await;
            anna.fill("New password", "another seven herons in the harbour")
                .await;
            anna.press("Change password").await;
            anna.sees("This link was used already").await;

            person::signs_in_as(anna, ANNA, NEW_PASSWORD).await;
            // Where she wanted to go, and only this once.
            anna.find("//h1[normalize-space(.)='Messages']").await;
            person::signs_out(anna).await;
            person::signs_in_as(anna, ANNA, NEW_PASSWORD).await;
            anna.find("//h1[normalize-space(.)='Overview']").await;
            for browser in [anna, her_old_laptop] {
                assert_eq!(
                    browser.complaints_beside_refusals().await,
                    Vec::<String>::new()
                );
            }
        },
    )
    .await;
}
