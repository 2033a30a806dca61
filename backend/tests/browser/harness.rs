//! The harness itself: a browser opens, and its console is heard.

use serde_json::json;

use crate::support::browser::Browser;

#[tokio::test]
async fn the_browser_shows_a_page_and_tells_what_its_console_said() {
    let browser = Browser::open("data:text/html,").await;
    browser.go("<title>Golub</title><label for=a>Name</label><input id=a><button onclick=\"console.error('coo')\">Speak</button>").await;
    browser.fill("Name", "Анна").await;
    let typed = browser
        .evaluate("return document.getElementById('a').value", vec![])
        .await;
    assert_eq!(typed, json!("Анна"));
    browser.press("Speak").await;
    let complaints = browser.complaints().await;
    assert!(
        complaints.iter().any(|line| line.contains("coo")),
        "{complaints:?}"
    );
}
