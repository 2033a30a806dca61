//! A mailing's channel: what it needs, when it may change, and whom it would reach.

use contract::mailings::{AudiencePreview, Channel, MailingView};
use contract::problem::FieldCode;
use golub::config::SmsTransport;
use serde_json::json;

use super::{BORIS, MARIA, message, planned, reachable, with_anna};
use crate::support::TestApp;
use crate::support::make::mailing;

#[actix_web::test]
async fn a_mailing_by_sms_needs_a_message_with_an_sms_text() {
    let (app, anna) = with_anna().await;
    let letters_only = app.message(&anna, "News").await;
    let both = message(&anna, "Hi").await;
    let by_sms = json!({"channel": "sms"});
    let refused = anna
        .post("mailings", mailing(letters_only, by_sms.clone()))
        .await;
    refused.wrong_field("message_id", FieldCode::NoSmsText);
    let made = planned(&anna, both, json!({})).await;
    assert_eq!(made.channel, Channel::Sms);
    let path = format!("mailings/{}", made.id);
    let refused = anna.patch(&path, json!({"message_id": letters_only})).await;
    refused.wrong_field("message_id", FieldCode::NoSmsText);
    let by_email = anna.mailing(letters_only, json!({})).await;
    assert_eq!(by_email.channel, Channel::Email);
    let refused = anna
        .patch(&format!("mailings/{}", by_email.id), by_sms)
        .await;
    refused.wrong_field("message_id", FieldCode::NoSmsText);
    let unknown = mailing(both, json!({"channel": "pigeon"}));
    assert_eq!(anna.post("mailings", unknown).await.status, 422);
}

#[actix_web::test]
async fn the_channel_may_change_until_the_first_run() {
    let (_app, anna) = with_anna().await;
    reachable(&anna, "maria", MARIA).await;
    let made = planned(&anna, message(&anna, "Hi").await, json!({})).await;
    let path = format!("mailings/{}", made.id);
    for channel in [Channel::Email, Channel::Sms] {
        let changed: MailingView = anna.patch(&path, json!({"channel": channel})).await.json();
        assert_eq!(changed.channel, channel);
    }
    anna.act(&format!("{path}/send")).await.value();
    let refused = anna.patch(&path, json!({"channel": "email"})).await;
    refused.wrong_field("channel", FieldCode::Fixed);
    let same: MailingView = anna.patch(&path, json!({"channel": "sms"})).await.json();
    assert_eq!(same.channel, Channel::Sms);
    let copy: MailingView = anna.act(&format!("{path}/duplicate")).await.json();
    assert_eq!(copy.channel, Channel::Sms);
}

#[actix_web::test]
async fn where_no_sms_service_is_set_up_none_is_offered() {
    let app = TestApp::with(|config| config.sms.transport = Some(SmsTransport::Off)).await;
    let anna = app.member("anna").await;
    let id = message(&anna, "Hi").await;
    let by_sms = json!({"channel": "sms"});
    let refused = anna.post("mailings", mailing(id, by_sms.clone())).await;
    refused.wrong_field("channel", FieldCode::NotOffered);
    let made = anna.mailing(id, json!({})).await;
    let refused = anna.patch(&format!("mailings/{}", made.id), by_sms).await;
    refused.wrong_field("channel", FieldCode::NotOffered);
}

#[actix_web::test]
async fn it_is_told_beforehand_how_many_have_no_phone() {
    let (app, anna) = with_anna().await;
    let maria = reachable(&anna, "maria", MARIA).await;
    reachable(&anna, "boris", BORIS).await;
    let olga = anna.recipient("olga").await;
    let strangers = app.member("tom").await;
    let theirs = strangers.recipient("zoe").await;
    let preview = async |audience: serde_json::Value| -> AudiencePreview {
        let body = json!({"audience": audience});
        anna.post("mailings/preview-audience", body).await.json()
    };
    let all = preview(json!({"all": true})).await;
    assert_eq!((all.count, all.without_phone), (3, 1));
    let chosen = preview(json!({"recipient_ids": [maria, olga, olga, theirs, 999_999]})).await;
    assert_eq!((chosen.count, chosen.without_phone), (2, 1));
    let nobody = json!({"audience": {}});
    let refused = anna.post("mailings/preview-audience", nobody).await;
    refused.wrong_field("audience", FieldCode::Required);
    // Somebody else's are counted for those alone who see everyone's.
    let body = json!({"audience": {"all": true}, "owner_id": anna.id});
    let manager = app.manager("max").await;
    let seen: AudiencePreview = manager
        .post("mailings/preview-audience", &body)
        .await
        .json();
    assert_eq!(seen.count, 3);
    let own: AudiencePreview = strangers
        .post("mailings/preview-audience", &body)
        .await
        .json();
    assert_eq!(own.count, 1);

    let id = message(&anna, "Hi").await;
    let to_all = planned(&anna, id, json!({})).await;
    assert_eq!(to_all.audience.without_phone, Some(1));
    let chosen = json!({"audience": {"recipient_ids": [maria, olga]}});
    let to_some = planned(&anna, id, chosen).await;
    assert_eq!(to_some.audience.without_phone, Some(1));
    let letters = anna.mailing(id, json!({})).await;
    assert_eq!(letters.audience.without_phone, None);
}
