//! Messages: private ones, and shared ones.

use serde_json::json;

use super::super::rights::{EDIT, EDIT_SHARED, IN, KEEPERS, Rights, SEE, SEERS, USE_SHARED};
use super::super::stage::Thing::{Message, SharedMessage};
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    let draft = json!({"subject": "Hi", "body": "Hello"});
    let change = json!({"subject": "x"});
    vec![
        row("GET /api/v1/messages", SEERS),
        row("POST /api/v1/messages", KEEPERS).with(draft.clone()),
        row("POST /api/v1/messages/preview", SEERS).with(draft),
        row("GET /api/v1/messages/{id}", SEE).about(Message),
        row("GET /api/v1/messages/{id}", SEERS).about(SharedMessage),
        row("PATCH /api/v1/messages/{id}", EDIT)
            .about(Message)
            .with(change.clone()),
        row("PATCH /api/v1/messages/{id}", EDIT_SHARED)
            .about(SharedMessage)
            .with(change),
        row("DELETE /api/v1/messages/{id}", EDIT).about(Message),
        row("DELETE /api/v1/messages/{id}", EDIT_SHARED).about(SharedMessage),
        row("POST /api/v1/messages/{id}/preview", SEE).about(Message),
        row("POST /api/v1/messages/{id}/preview", SEERS).about(SharedMessage),
        row("POST /api/v1/messages/{id}/test", EDIT).about(Message),
        row("POST /api/v1/messages/{id}/test", USE_SHARED).about(SharedMessage),
        row("POST /api/v1/messages/{id}/test-sms", without_text(EDIT)).about(Message),
        row(
            "POST /api/v1/messages/{id}/test-sms",
            without_text(USE_SHARED),
        )
        .about(SharedMessage),
        row("POST /api/v1/messages/{id}/duplicate", EDIT).about(Message),
        row("POST /api/v1/messages/{id}/duplicate", USE_SHARED).about(SharedMessage),
    ]
}

/// Whoever gets as far is told that the message has no SMS text.
fn without_text(rights: Rights) -> Rights {
    let told = |answers: [u16; 4]| answers.map(|answer| if answer == IN { 422 } else { answer });
    Rights {
        own: told(rights.own),
        foreign: told(rights.foreign),
        ..rights
    }
}
