//! Captured mail: an inbox for the admin of a service that is being tried out.

use contract::delivery::{CapturedLetter, CapturedLetterDetail, DeliveryDetail};
use contract::listing::Page;
use contract::problem::ErrorCode;
use golub::config::SmsTransport;
use serde_json::json;

use crate::support::TestApp;

#[actix_web::test]
async fn an_admin_reads_what_was_captured() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.member("anna").await, app.admin("adam").await);
    let empty: Page<CapturedLetter> = admin.get("captured-mail").await.json();
    assert_eq!((empty.total, empty.next), (0, None));

    anna.post(
        "recipients",
        json!({"email": "maria@почта.рф", "full_name": "Мария <b>"}),
    )
    .await
    .id();
    anna.recipient("ivan").await;
    let message = app.message(&anna, "Новости для {{ full_name }}").await;
    let once = json!({"starts_at": app.now(), "recurrence": {"kind": "once"}});
    anna.mailing(message, once).await;
    app.run_worker().await;

    let first: Page<CapturedLetter> = admin.get("captured-mail?limit=1").await.json();
    assert_eq!((first.items.len(), first.total), (1, 2));
    let path = format!("captured-mail?limit=1&after={}", first.next.unwrap());
    let second: Page<CapturedLetter> = admin.get(&path).await.json();
    assert_eq!((second.items.len(), second.next), (1, None));
    let both: Page<CapturedLetter> = admin.get("captured-mail").await.json();
    assert_eq!(both.items, [first.items, second.items].concat());

    let hers = both
        .items
        .iter()
        .find(|letter| letter.to.contains("maria"))
        .unwrap();
    assert_eq!(hers.subject, "Новости для Мария <b>");
    assert_eq!(hers.captured_at, app.now());
    let opened = admin.get(&format!("captured-mail/{}", hers.id)).await;
    let opened: CapturedLetterDetail = opened.json();
    assert_eq!(opened.letter, *hers);
    assert_eq!(opened.from, "Golub <golub@localhost>");
    assert_eq!(opened.reply_to, Some(anna.email.clone()));
    assert_eq!(
        opened.text.as_deref().map(str::trim_end),
        Some("Здравствуйте, Мария <b>!")
    );
    assert!(
        opened
            .source
            .contains(&format!("<{}>\r\n", opened.message_id))
    );
    let delivery: DeliveryDetail = anna.get("deliveries/1").await.json();
    assert_eq!(opened.message_id, delivery.message_id);

    // The link opens once, for anybody who has it: it is meant for a frame.
    let link = opened.html_url.unwrap();
    let shown = app.guest().get(&link).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("Здравствуйте, Мария &lt;b&gt;!"));
    app.guest()
        .get(&link)
        .await
        .refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn a_letter_is_a_letter_of_the_outbox_and_nothing_else() {
    let app = TestApp::start().await;
    let admin = app.admin("adam").await;
    std::fs::write(
        app.app.config.data.join("secret.eml"),
        "Subject: no\r\n\r\n",
    )
    .unwrap();
    for id in [
        "gone.eml",
        "..%2Fsecret.eml",
        "%2Fetc%2Fpasswd",
        "golub.db",
        "%00.eml",
        "%FF.eml",
    ] {
        admin
            .get(&format!("captured-mail/{id}"))
            .await
            .refused(404, ErrorCode::NotFound);
    }
    for wrong in ["limit=0", "limit=201"] {
        let answer = admin.get(&format!("captured-mail?{wrong}")).await;
        answer.refused(422, ErrorCode::Invalid);
    }
    let past_the_end = admin.get("captured-mail?after=%00..").await;
    assert_eq!(past_the_end.value()["total"], 0);
}

#[actix_web::test]
async fn only_an_admin_reads_it_and_only_where_mail_is_captured() {
    let app = TestApp::start().await;
    for person in [app.member("anna").await, app.manager("mona").await] {
        for path in ["captured-mail", "captured-mail/x.eml"] {
            person.get(path).await.refused(403, ErrorCode::Forbidden);
        }
    }
    let sending = TestApp::with(|config| {
        config.mail.smtp_url = Some("smtp://127.0.0.1:9?tls=none".parse().unwrap());
        config.sms.transport = Some(SmsTransport::Off);
    })
    .await;
    let admin = sending.admin("adam").await;
    for path in ["captured-mail", "captured-mail/x.eml"] {
        admin.get(path).await.refused(404, ErrorCode::NotFound);
    }
}
