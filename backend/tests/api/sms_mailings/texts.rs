//! The SMS text of a message: checked, shown as it will arrive, and kept while mailings need it.

use contract::messages::{LetterPreview, MessageView};
use contract::problem::{ErrorCode, FieldCode};
use contract::sms::{SmsEncoding, SmsLength};
use serde_json::{Value, json};

use super::{MARIA, message, planned, reachable, with_anna};

#[actix_web::test]
async fn a_message_has_an_sms_text_if_it_is_given_one() {
    let (_app, anna) = with_anna().await;
    let id = message(&anna, "  {{ full_name }}, ваши баллы\r\nсгорят 1 июня ").await;
    let path = format!("messages/{id}");
    let read: MessageView = anna.get(&path).await.json();
    let kept = "{{ full_name }}, ваши баллы\nсгорят 1 июня";
    assert_eq!(read.sms_text.as_deref(), Some(kept));
    let changed: MessageView = anna.patch(&path, json!({"subject": "x"})).await.json();
    assert_eq!(changed.sms_text.as_deref(), Some(kept));
    let copy: MessageView = anna.act(&format!("{path}/duplicate")).await.json();
    assert_eq!(copy.sms_text.as_deref(), Some(kept));
    for nothing in [Value::Null, json!(""), json!(" \n")] {
        anna.patch(&path, json!({"sms_text": "Hi"})).await.value();
        let taken: MessageView = anna.patch(&path, json!({"sms_text": nothing})).await.json();
        assert_eq!(taken.sms_text, None, "{nothing}");
    }
}

#[actix_web::test]
async fn what_is_wrong_with_a_text_is_told_at_its_place() {
    let (_app, anna) = with_anna().await;
    let too_long = "ж".repeat(67 * 8 + 1);
    let cases = [
        ("Hi {{ name }}".to_owned(), FieldCode::UnknownVariable),
        ("Hi {{ full_name".to_owned(), FieldCode::UnclosedVariable),
        ("bell\u{7}".to_owned(), FieldCode::ControlCharacter),
        (too_long, FieldCode::TooManyParts),
        ("a".repeat(1_501), FieldCode::TooLong),
    ];
    for (sms_text, code) in cases {
        let new = json!({"subject": "x", "body": "y", "sms_text": sms_text});
        for path in ["messages", "messages/preview"] {
            anna.post(path, &new).await.wrong_field("sms_text", code);
        }
    }
}

#[actix_web::test]
async fn a_preview_shows_the_sms_with_its_length() {
    let (_app, anna) = with_anna().await;
    let maria = reachable(&anna, "maria", MARIA).await;
    let id = message(&anna, "{{ full_name }} <{{ email }}>: 100 ₽").await;
    let body = json!({"recipient_id": maria});
    let shown = anna.post(&format!("messages/{id}/preview"), body).await;
    let shown: LetterPreview = shown.json();
    let sms = shown.sms.unwrap();
    assert_eq!(sms.text, "maria <maria@example.org>: 100 ₽");
    let length = SmsLength {
        encoding: SmsEncoding::Ucs2,
        characters: 32,
        parts: 1,
        left: 38,
    };
    assert_eq!(sms.length, length);
    let draft = json!({"subject": "x", "body": "y", "sms_text": "100 €"});
    let shown: LetterPreview = anna.post("messages/preview", draft).await.json();
    let length = shown.sms.unwrap().length;
    assert_eq!((length.encoding, length.characters), (SmsEncoding::Gsm7, 6));
    let draft = json!({"subject": "x", "body": "y"});
    let shown: LetterPreview = anna.post("messages/preview", draft).await.json();
    assert_eq!(shown.sms, None);
}

#[actix_web::test]
async fn a_text_that_a_mailing_sends_cannot_be_taken_away() {
    let (app, anna) = with_anna().await;
    let id = message(&anna, "Hi").await;
    let path = format!("messages/{id}");
    let body = crate::support::make::mailing(id, json!({}));
    anna.post("mailings", body).await.value();
    let nothing = json!({"sms_text": null});
    anna.patch(&path, &nothing).await.value();
    anna.patch(&path, json!({"sms_text": "Hi"})).await.value();
    let mailing = planned(&anna, id, json!({"title": "By SMS"})).await;
    let refused = anna.patch(&path, &nothing).await;
    refused.refused(409, ErrorCode::MessageInUse);
    let in_use = refused.problem().in_use.unwrap();
    assert_eq!(in_use.mailings.len(), 1);
    assert_eq!(in_use.mailings[0].title, "By SMS");
    anna.patch(&path, json!({"sms_text": "Other"}))
        .await
        .value();
    let stop = format!("mailings/{}/stop", mailing.id);
    anna.act(&stop).await.value();
    anna.patch(&path, &nothing).await.value();
    app.sums_agree().await;
}
