//! Another address: both letters are opened, and in both a button is pressed.

use crate::support::{golub::PASSWORD, outbox, person, story::story};

const ANNA: &str = "anna@example.org";
const NEW: &str = "sokolova@example.org";

#[tokio::test]
async fn an_address_changes_when_a_button_was_pressed_behind_both_letters() {
    story("changed_address", &[], async |anna, golub| {
        golub.makes_account("user", ANNA, "Anna");
        person::signs_in_as(anna, ANNA, PASSWORD).await;
        anna.find("//h1[normalize-space(.)='Overview']").await;
        anna.go("/profile").await;
        anna.press("Edit").await;
        anna.fill("New address", NEW).await;
        anna.press("Send both letters").await;
        let present = outbox::link(golub, ANNA, "/confirm-email", 1).await;
        let new = outbox::link(golub, NEW, "/confirm-email", 1).await;

        // Opening them, however often, does nothing.
        anna.go(&new).await;
        anna.sees("Change of your address").await;
        anna.go(&present).await;
        anna.press("Agree to the change").await;
        anna.sees("One of two is confirmed").await;
        anna.arrives("/confirm-email").await;
        anna.go(&new).await;
        anna.press("Agree to the change").await;
        anna.sees("Your address is changed").await;
        anna.sees(NEW).await;

        anna.go(&new).await;
        anna.press("Agree to the change").await;
        anna.sees("This link does not work").await;
        assert_eq!(
            anna.complaints_beside_refusals().await,
            Vec::<String>::new()
        );
    })
    .await;
}
