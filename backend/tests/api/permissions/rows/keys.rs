//! What opens one's account: proofs, sessions, API tokens, the second factor.

use serde_json::json;

use super::super::rights::{IN, IN_PERSON, Key, PROVED, PROVED_OWN, everyone};
use super::super::stage::Thing::{ApiToken, Session};
use super::{Row, row};
use crate::support::app::PASSWORD;

pub fn rows() -> Vec<Row> {
    vec![
        row("POST /api/v1/auth/prove", IN_PERSON)
            .with(json!({"password": PASSWORD}))
            .spending(),
        row("GET /api/v1/me/sessions", IN_PERSON),
        row("DELETE /api/v1/me/sessions", PROVED).spending(),
        row("DELETE /api/v1/me/sessions/{id}", PROVED_OWN).about(Session),
        row("GET /api/v1/me/tokens", IN_PERSON),
        row("POST /api/v1/me/tokens", PROVED)
            .with(json!({
                "name": "Shop",
                "scopes": ["see_mailings"],
                "expires_at": "2031-01-01T00:00:00Z",
            }))
            .spending(),
        row("DELETE /api/v1/me/tokens/{id}", PROVED_OWN).about(ApiToken),
        row("GET /api/v1/me/second-factor", IN_PERSON),
        row(
            "POST /api/v1/me/second-factor/setup",
            everyone(Key::ProofToSetUp, IN),
        ),
        // None of these has a setup under way, or a second factor to turn off.
        row("POST /api/v1/me/second-factor", everyone(Key::Session, 422))
            .with(json!({"setup": "x", "code": "123456"})),
        row("DELETE /api/v1/me/second-factor", everyone(Key::Proof, 409)),
        row(
            "POST /api/v1/me/second-factor/recovery-codes",
            everyone(Key::Proof, 409),
        ),
    ]
}
