//! Recipients.

use serde_json::json;

use super::super::rights::{ANYBODY, EDIT, KEEPERS, SEE, SEERS};
use super::super::stage::Thing::{Recipient, Suppressed, WayOut};
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row("GET /api/v1/recipients", SEERS),
        row("POST /api/v1/recipients", KEEPERS).with(json!({"email": "new@example.org"})),
        row("GET /api/v1/recipients/{id}", SEE).about(Recipient),
        row("GET /api/v1/recipients/{id}/timeline", SEE).about(Recipient),
        row("PATCH /api/v1/recipients/{id}", EDIT)
            .about(Recipient)
            .with(json!({"comment": "x"})),
        row("DELETE /api/v1/recipients/{id}", EDIT).about(Recipient),
        row("DELETE /api/v1/recipients/{id}/suppression", EDIT).about(Suppressed),
        row("GET /api/v1/unsubscribe/{token}", ANYBODY).about(WayOut),
        row("POST /api/v1/unsubscribe/{token}", ANYBODY).about(WayOut),
        row("DELETE /api/v1/unsubscribe/{token}", ANYBODY).about(WayOut),
    ]
}
