//! What each sees, and what is kept from them.

use crate::support::{
    browser::Browser,
    golub::{ADMIN, PASSWORD},
    person,
    story::story,
};

const USER: &str = "ulla@golub.example";
const CONTENT_MANAGER: &str = "clara@golub.example";
const MANAGER: &str = "mark@golub.example";

const MAILINGS: [&str; 6] = [
    "Overview",
    "Mailings",
    "Messages",
    "Recipients",
    "Attempts",
    "Reports",
];

#[tokio::test]
async fn everybody_sees_in_the_navigation_only_what_they_may() {
    story("navigation", &[], async |browser, golub| {
        golub.makes_account("user", USER, "Ulla");
        golub.makes_account("content_manager", CONTENT_MANAGER, "Clara");
        golub.makes_account("manager", MANAGER, "Mark");

        browser.go("/").await;
        browser.sees("Sign in").await;
        assert_eq!(navigation(browser).await, Vec::<String>::new());

        let of_team = |entries: &[&'static str]| [&MAILINGS, entries].concat();
        for (email, entries) in [
            (USER, of_team(&[])),
            (CONTENT_MANAGER, of_team(&["Blog"])),
            (MANAGER, of_team(&["Users"])),
            (
                ADMIN,
                of_team(&[
                    "Captured mail",
                    "Users",
                    "Blog",
                    "Audit log",
                    "Service letters",
                ]),
            ),
        ] {
            person::signs_in_as(browser, email, PASSWORD).await;
            browser.find("//h1[normalize-space(.)='Overview']").await;
            assert_eq!(navigation(browser).await, entries, "{email}");
            person::signs_out(browser).await;
        }
        assert_eq!(
            browser.complaints_beside_refusals().await,
            Vec::<String>::new()
        );
    })
    .await;
}

#[tokio::test]
async fn a_user_who_types_an_address_of_the_staff_is_told_that_it_is_not_theirs() {
    story("not_theirs", &[], async |browser, golub| {
        golub.makes_account("user", USER, "Ulla");
        person::signs_in_as(browser, USER, PASSWORD).await;
        browser.find("//h1[normalize-space(.)='Overview']").await;
        for path in ["/users", "/users/1", "/audit-log", "/captured-mail"] {
            browser.go(path).await;
            browser.sees("This screen is not for your role").await;
        }
        browser.press("To the overview").await;
        browser.find("//h1[normalize-space(.)='Overview']").await;
        assert_eq!(
            browser.complaints_beside_refusals().await,
            Vec::<String>::new()
        );
    })
    .await;
}

#[tokio::test]
async fn a_manager_blocks_users_and_no_staff() {
    story("no_staff", &[], async |browser, golub| {
        golub.makes_account("user", USER, "Ulla");
        golub.makes_account("content_manager", CONTENT_MANAGER, "Clara");
        golub.makes_account("manager", MANAGER, "Mark");
        person::signs_in_as(browser, MANAGER, PASSWORD).await;
        browser.find("//h1[normalize-space(.)='Overview']").await;

        let people: [(&str, &str, &[&str]); 4] = [
            (USER, "Ulla", &["Block"]),
            (CONTENT_MANAGER, "Clara", &[]),
            (ADMIN, ADMIN, &[]),
            (MANAGER, "Mark", &[]),
        ];
        for (email, name, acts) in people {
            person::opens_user(browser, email, name).await;
            let buttons = browser
                .texts("//main//button[starts-with(normalize-space(.), 'Block')]")
                .await;
            assert_eq!(buttons, acts, "{email}");
        }
        assert_eq!(
            browser.complaints_beside_refusals().await,
            Vec::<String>::new()
        );
    })
    .await;
}

/// The entries above the foot of the navigation.
async fn navigation(browser: &Browser) -> Vec<String> {
    browser
        .texts("//nav[@aria-label='Main navigation']//a")
        .await
}
