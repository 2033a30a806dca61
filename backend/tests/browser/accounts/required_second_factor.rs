//! Staff that must have a second factor.

use crate::support::{golub::PASSWORD, person, story::story};

const MANAGER: &str = "mark@golub.example";
const USER: &str = "ulla@golub.example";

#[tokio::test]
async fn staff_that_must_have_a_second_factor_reach_nothing_before_it_is_on() {
    let staff = [("GOLUB__ACCOUNTS__SECOND_FACTOR", "staff".to_owned())];
    story("required_second_factor", &staff, async |browser, golub| {
        golub.makes_account("manager", MANAGER, "Mark");
        golub.makes_account("user", USER, "Ulla");

        person::signs_in_as(browser, MANAGER, PASSWORD).await;
        for path in ["/users", "/overview", "/profile", "/recipients/new"] {
            browser.sees("First, protect your account").await;
            assert_eq!(browser.texts("//nav//a").await, Vec::<String>::new());
            browser.go(path).await;
        }
        person::turns_on_second_factor(browser).await;
        browser.press("Users").await;
        browser.find("//h1[normalize-space(.)='Users']").await;
        person::signs_out(browser).await;

        person::signs_in_as(browser, USER, PASSWORD).await;
        browser.find("//h1[normalize-space(.)='Overview']").await;
        assert_eq!(
            browser.complaints_beside_refusals().await,
            Vec::<String>::new()
        );
    })
    .await;
}
