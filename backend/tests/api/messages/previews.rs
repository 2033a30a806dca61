//! Messages as their recipients would get them.

use contract::messages::LetterPreview;
use contract::problem::{ErrorCode, FieldCode};
use serde_json::json;

use crate::support::TestApp;

#[actix_web::test]
async fn a_letter_is_shown_as_its_recipient_would_get_it() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let message = anna
        .post(
            "messages",
            json!({"subject": "Hi {{ full_name }}", "body": "# Dear {{ full_name }}\n\n[{{email}}](https://example.org/{{ email }})"}),
        )
        .await
        .id();
    let hostile =
        json!({"email": "x&y@example.org", "full_name": "<script>alert(1)</script> {{ email }}"});
    let recipient = anna.post("recipients", hostile).await.id();
    let path = format!("messages/{message}/preview");

    let shown: LetterPreview = anna
        .post(&path, json!({"recipient_id": recipient}))
        .await
        .json();
    assert_eq!(shown.subject, "Hi <script>alert(1)</script> {{ email }}");
    assert!(
        shown
            .text
            .starts_with("# Dear <script>alert(1)</script> {{ email }}")
    );
    assert!(shown.bytes > 500);
    let html = app.guest().get(&shown.html_url).await;
    assert!(
        html.text()
            .contains("<h1>Dear &lt;script&gt;alert(1)&lt;/script&gt; {{ email }}</h1>"),
        "{}",
        html.text()
    );
    assert!(
        html.text()
            .contains("href=\"https://example.org/x&amp;y@example.org\""),
        "{}",
        html.text()
    );

    // Without a recipient, and even without a body, it is shown for somebody made up.
    let anyone: LetterPreview = anna.act(&path).await.json();
    assert_eq!(anyone.subject, "Hi Anna Example");
    // A stranger's recipient is none.
    let share = json!({"shared": true});
    anna.patch(&format!("messages/{message}"), share)
        .await
        .value();
    boris
        .post(&path, json!({"recipient_id": recipient}))
        .await
        .wrong_field("recipient_id", FieldCode::UnknownReference);
}

#[actix_web::test]
async fn a_draft_is_shown_without_being_saved() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let draft = json!({"subject": "Hi", "body": "1 < 2, {{ email }}", "format": "text"});
    let shown: LetterPreview = anna.post("messages/preview", draft).await.json();
    assert_eq!(shown.text, "1 < 2, anna@example.org");
    let html = app.guest().get(&shown.html_url).await;
    assert!(html.text().contains("<p>1 &lt; 2, anna@example.org</p>"));
    assert_eq!(anna.get("messages").await.value()["total"], 0);
    anna.post(
        "messages/preview",
        json!({"subject": "Hi", "body": "{{ x }}"}),
    )
    .await
    .wrong_field("body", FieldCode::UnknownVariable);
}

#[actix_web::test]
async fn a_view_opens_once_within_a_minute_and_can_do_nothing() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let draft = json!({"subject": "Hi", "body": "<script>alert(1)</script>", "format": "html"});
    let link = async || {
        let shown: LetterPreview = anna.post("messages/preview", &draft).await.json();
        shown.html_url
    };

    let url = link().await;
    let shown = app.guest().get(&url).await;
    assert_eq!(shown.status, 200);
    assert_eq!(shown.header("content-type"), "text/html; charset=utf-8");
    let policy = shown.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    );
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    app.guest()
        .get(&url)
        .await
        .refused(404, ErrorCode::NotFound);

    let late = link().await;
    app.pass(std::time::Duration::from_secs(60));
    app.guest()
        .get(&late)
        .await
        .refused(404, ErrorCode::NotFound);
    app.guest()
        .get("views/x")
        .await
        .refused(404, ErrorCode::NotFound);

    let url = link().await;
    let guest = app.guest();
    let (one, other) = futures_util::future::join(guest.get(&url), guest.get(&url)).await;
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
}
