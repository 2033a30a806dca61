//! Every screen, for those who see little, hear it read, or steer by keys: axe-core finds nothing on any of them, in
//! English on a wide screen and on a phone and in Russian on a phone, in light and in dark, and nothing scrolls sideways.

mod walk;

use serde_json::{Value, json};

use crate::support::{
    api,
    browser::Browser,
    golub::{ADMIN, Golub, PASSWORD},
    person,
    story::story,
};

const MANAGER: (&str, &str) = ("dmitry@ladoga.example", "golub-demo-manager");
const WRITER: (&str, &str) = ("emily@ladoga.example", "golub-demo-content");
const USER: (&str, &str) = ("anna@ladoga.example", "golub-demo-user");

/// The button of a page that asks before it deletes: the last one beside the title.
const DELETE: &str = ".page-actions button:last-of-type";

#[tokio::test]
async fn guests_find_every_screen_open_to_them() {
    told("accessible_guests", None, async |browser| {
        let token = api::token(browser).await;
        let slug = api::get(browser, &token, "blog/articles").await["items"][0]["slug"].clone();
        let slug = slug.as_str().expect("the demo has an article");
        let article = format!("/blog/{slug}");
        paths(&[
            "/",
            "/blog",
            &article,
            "/blog/none-such",
            "/sign-in",
            "/sign-up",
            "/forgot-password",
            "/reset-password?token=1.x",
            "/confirm?token=1.x",
            "/confirm",
            "/confirm-email?token=1.x",
            "/confirm-email",
            "/unsubscribe?token=x",
            "/nowhere",
        ])
    })
    .await;
}

#[tokio::test]
async fn users_find_every_screen_open_to_them() {
    told("accessible_users", Some(USER), async |browser| {
        let token = api::token_with(browser, USER.0, USER.1).await;
        let mailing = first(browser, &token, "mailings?status=completed").await;
        let recipient = first(browser, &token, "recipients").await;
        let message = first(browser, &token, "messages").await;
        let runs = api::get(browser, &token, &format!("mailings/{mailing}/runs")).await;
        let run = id_of(&runs);
        let deliveries = api::get(browser, &token, &format!("runs/{run}/deliveries")).await;
        let delivery = id_of(&deliveries);
        paths(&[
            "/",
            "/overview",
            "/mailings",
            "/mailings/new",
            &format!("/mailings/{mailing}"),
            &format!("/mailings/{mailing}/edit"),
            &format!("/runs/{run}"),
            &format!("/deliveries/{delivery}"),
            "/attempts",
            "/reports",
            "/reports?tab=completed",
            "/reports?tab=completed&filter=runs",
            "/reports?tab=mailings",
            "/reports?tab=messages",
            &format!("/reports/mailings/{mailing}"),
            &format!("/reports/messages/{message}"),
            "/recipients",
            "/recipients?search=nobody-is-called-so",
            "/recipients/new",
            &format!("/recipients/{recipient}"),
            &format!("/recipients/{recipient} | {DELETE}"),
            &format!("/recipients/{recipient}/edit"),
            "/messages",
            "/messages/new",
            &format!("/messages/{message}"),
            "/profile",
            "/profile/security",
            "/profile/sessions",
            "/profile/tokens",
            "/profile/activity",
            "/users",
            "/mailings/999999",
        ])
    })
    .await;
}

#[tokio::test]
async fn who_writes_the_blog_finds_every_screen_open_to_them() {
    told("accessible_writers", Some(WRITER), async |browser| {
        let token = api::token_with(browser, WRITER.0, WRITER.1).await;
        let article = first(browser, &token, "blog/sources").await;
        let slug = api::get(browser, &token, "blog/articles").await["items"][0]["slug"].clone();
        paths(&[
            "/articles",
            "/articles?filter=draft",
            "/articles/new",
            &format!("/articles/{article}"),
            &format!("/blog/{}", slug.as_str().expect("the demo has an article")),
            "/overview",
        ])
    })
    .await;
}

#[tokio::test]
async fn managers_find_every_screen_open_to_them() {
    told("accessible_managers", Some(MANAGER), async |browser| {
        let token = api::token_with(browser, MANAGER.0, MANAGER.1).await;
        let mailing = first(browser, &token, "mailings").await;
        let message = first(browser, &token, "messages").await;
        let user = first(browser, &token, "users").await;
        paths(&[
            "/overview",
            "/mailings",
            &format!("/mailings/{mailing}"),
            "/attempts",
            "/reports",
            "/reports?tab=completed&filter=runs",
            "/reports?tab=users",
            &format!("/reports/mailings/{mailing}"),
            &format!("/messages/{message}"),
            "/recipients",
            "/users",
            &format!("/users/{user}"),
        ])
    })
    .await;
}

#[tokio::test]
async fn administrators_find_every_screen_open_to_them() {
    let admin = Some((ADMIN, PASSWORD));
    told("accessible_admins", admin, async |browser| {
        let token = api::token(browser).await;
        let user = first(browser, &token, "users").await;
        paths(&[
            "/overview",
            "/users",
            "/users/new",
            &format!("/users/{user}"),
            &format!("/users/{user}/edit"),
            "/audit-log",
            "/service-letters",
            "/captured-mail",
        ])
    })
    .await;
}

/// Signs in, looks up the paths, and walks them all.
async fn told(
    name: &str,
    who: Option<(&str, &str)>,
    screens: impl AsyncFnOnce(&Browser) -> Vec<String>,
) {
    story(name, &[], async |browser, golub: &Golub| {
        golub.fills_demo();
        browser.go("/nowhere").await;
        let screens = screens(browser).await;
        if let Some((email, password)) = who {
            person::signs_in_as(browser, email, password).await;
            browser.arrives("/overview").await;
        }
        let findings = walk::findings(browser, &screens).await;
        assert!(findings.is_empty(), "{}", findings.join("\n"));
    })
    .await;
}

/// The id of the first thing in a list.
async fn first(browser: &Browser, token: &str, list: &str) -> i64 {
    id_of(&api::get(browser, token, list).await)
}

fn id_of(list: &Value) -> i64 {
    let id = &list["items"][0]["id"];
    assert_ne!(*id, json!(null), "the demo has one");
    id.as_i64().expect("a number")
}

fn paths(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}
