//! The operations on messages.

use contract::listing::Page;
use contract::messages::{
    DraftPreviewRequest, LetterPreview, MessageChange, MessageView, NewMessage, TestLetterResult,
    TestSmsResult,
};

use crate::client::{Call, Version};
use crate::operations;

operations! {
    LIST: Get "/messages" -> Page<MessageView>;
    CREATE: Post "/messages" -> MessageView;
    READ: Get "/messages/{id}" -> MessageView;
    CHANGE: Patch "/messages/{id}" -> MessageView;
    DELETE: Delete "/messages/{id}" -> ();
    DUPLICATE: Post "/messages/{id}/duplicate" -> MessageView;
    PREVIEW_DRAFT: Post "/messages/preview" -> LetterPreview;
    /// Sends the saved message to oneself.
    TEST: Post "/messages/{id}/test" -> TestLetterResult;
    /// Sends the saved SMS text to one's own phone.
    TEST_SMS: Post "/messages/{id}/test-sms" -> TestSmsResult;
}

pub fn create(message: &NewMessage) -> Call<MessageView> {
    CREATE.call().body(message)
}

pub fn change(version: &Version, message: NewMessage) -> Call<MessageView> {
    let NewMessage {
        subject,
        body,
        format,
        shared,
        sms_text,
    } = message;
    let change = MessageChange {
        subject: Some(subject),
        body: Some(body),
        format: Some(format),
        shared: Some(shared),
        sms_text: Some(sms_text),
    };
    CHANGE.at(version).body(&change)
}

/// Shows a draft as a recipient would get it; without one, as a made-up one would.
pub fn preview(draft: &NewMessage, recipient_id: Option<i64>) -> Call<LetterPreview> {
    let NewMessage {
        subject,
        body,
        format,
        shared: _,
        sms_text,
    } = draft.clone();
    PREVIEW_DRAFT
        .call()
        .body(&DraftPreviewRequest {
            subject,
            body,
            format,
            sms_text,
            recipient_id,
        })
        .changing_nothing()
}
