//! An administrator makes a user on the page, changes and deletes it.

use crate::support::{golub::ADMIN, outbox, person, story::story};

const ANNA: &str = "anna@example.org";

#[tokio::test]
async fn an_administrator_makes_changes_and_deletes_a_user() {
    story("made_by_hand", &[], async |adam, golub| {
        person::signs_in(adam).await;
        adam.press("Users").await;
        adam.press("New user").await;
        adam.fill("E-mail", ANNA).await;
        adam.fill("Full name", "Anna Orlova").await;
        adam.choose("Content manager").await;
        adam.press("Create user").await;
        adam.sees("Anna Orlova was created").await;
        outbox::link(golub, ANNA, "/reset-password", 1).await;

        adam.press("Edit").await;
        adam.find("//h1[normalize-space(.)='Edit user']").await;
        adam.fill("Full name", "Anna Petrova").await;
        adam.fill("City", "Pskov").await;
        adam.choose("Manager").await;
        adam.press("Save").await;
        adam.sees("Anna Petrova was saved").await;
        adam.find("//h1[normalize-space(.)='Anna Petrova']").await;
        adam.sees("Pskov").await;
        adam.sees("Manager · not signed in yet").await;

        adam.press("More actions").await;
        adam.press("Delete").await;
        adam.fill(&format!("Type {ANNA} to confirm"), ANNA).await;
        adam.answers("Delete user").await;
        adam.sees("Anna Petrova was deleted").await;
        adam.find(&format!("//table//a[contains(., '{ADMIN}')]"))
            .await;
        adam.no_longer_sees(ANNA).await;
        assert_eq!(adam.complaints().await, Vec::<String>::new());
    })
    .await;
}
