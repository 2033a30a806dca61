//! Whom a mailing goes to: all of its owner's recipients, or those that were chosen.

use contract::mailings::MailingView;
use contract::problem::FieldCode;
use serde_json::json;

use crate::support::TestApp;
use crate::support::make::mailing;

#[actix_web::test]
async fn recipients_must_all_be_the_owners() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = app.member("boris").await;
    let message_id = app.message(&anna, "News").await;
    let (mine, his) = (anna.recipient("maria").await, boris.recipient("ivan").await);

    for ids in [vec![mine, his], vec![mine, 987_654], vec![-1]] {
        let change = json!({"audience": {"recipient_ids": ids}});
        let refused = anna.post("mailings", mailing(message_id, change)).await;
        refused.wrong_field("audience", FieldCode::UnknownReference);
    }
    let path = format!("mailings/{}", anna.mailing(message_id, json!({})).await.id);
    let change = json!({"audience": {"recipient_ids": [his]}});
    anna.patch(&path, change)
        .await
        .wrong_field("audience", FieldCode::UnknownReference);
    assert_eq!(anna.get("mailings").await.value()["total"], 1);

    // An admin who changes somebody's mailing chooses among that person's recipients.
    let admin = app.admin("root").await;
    let hers = json!({"audience": {"recipient_ids": [mine]}});
    let changed: MailingView = admin.patch(&path, hers).await.json();
    assert_eq!(changed.audience.recipient_ids, [mine]);
    let own = admin.recipient("olga").await;
    let foreign = json!({"audience": {"recipient_ids": [own]}});
    admin
        .patch(&path, foreign)
        .await
        .wrong_field("audience", FieldCode::UnknownReference);
}

#[actix_web::test]
async fn an_audience_follows_its_recipients() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let (maria, ivan) = (anna.recipient("maria").await, anna.recipient("ivan").await);
    let chosen = json!({"audience": {"recipient_ids": [maria, ivan]}});
    let chosen = format!("mailings/{}", anna.mailing(message_id, chosen).await.id);
    let all = format!("mailings/{}", anna.mailing(message_id, json!({})).await.id);

    anna.delete(&format!("recipients/{ivan}")).await;
    anna.recipient("olga").await;
    let left: MailingView = anna.get(&chosen).await.json();
    assert_eq!(left.audience.recipient_ids, [maria]);
    let everybody: MailingView = anna.get(&all).await.json();
    assert_eq!(
        (everybody.audience.all, everybody.audience.count),
        (true, 2)
    );

    let change = json!({"audience": {"all": true}});
    let changed: MailingView = anna.patch(&chosen, change).await.json();
    assert_eq!((changed.audience.all, changed.audience.count), (true, 2));
    let change = json!({"audience": {"recipient_ids": [maria]}});
    let changed: MailingView = anna.patch(&chosen, change).await.json();
    assert_eq!((changed.audience.all, changed.audience.count), (false, 1));
}

#[actix_web::test]
async fn audiences_that_nothing_uses_are_gone() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let maria = anna.recipient("maria").await;
    let chosen = json!({"audience": {"recipient_ids": [maria]}});
    let path = format!(
        "mailings/{}",
        anna.mailing(message_id, chosen.clone()).await.id
    );
    assert_eq!(app.audiences().await, 1);
    anna.patch(&path, chosen).await.value();
    assert_eq!(app.audiences().await, 1);

    // A copy has the same one.
    let copy = anna.act(&format!("{path}/duplicate")).await.id();
    assert_eq!(app.audiences().await, 1);
    anna.delete(&path).await;
    let copied: MailingView = anna.get(&format!("mailings/{copy}")).await.json();
    assert_eq!(copied.audience.recipient_ids, [maria]);
    anna.patch(
        &format!("mailings/{copy}"),
        json!({"audience": {"all": true}}),
    )
    .await
    .value();
    assert_eq!(app.audiences().await, 0);
}

#[actix_web::test]
async fn ten_thousand_can_be_chosen() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message_id = app.message(&anna, "News").await;
    let ids = app.many_recipients(&anna, 10_000).await;
    let change = json!({"audience": {"recipient_ids": ids}});
    let made = anna.mailing(message_id, change).await;
    assert_eq!(made.audience.count, 10_000);
    let path = format!("mailings/{}", made.id);
    let change = json!({"audience": {"recipient_ids": ids[..9_000]}});
    let changed: MailingView = anna.patch(&path, change).await.json();
    assert_eq!(changed.audience.count, 9_000);
    assert_eq!(anna.delete(&path).await.status, 204);
    assert_eq!(app.audiences().await, 0);
}
