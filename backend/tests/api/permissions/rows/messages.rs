//! Messages: private ones, and shared ones.

use serde_json::json;

use super::super::rights::{EDIT, EDIT_SHARED, KEEPERS, SEE, SEERS, USE_SHARED};
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
        row("POST /api/v1/messages/{id}/duplicate", EDIT).about(Message),
        row("POST /api/v1/messages/{id}/duplicate", USE_SHARED).about(SharedMessage),
    ]
}
