//! Signing up and in, and what letters ask for.

use serde_json::json;

use super::super::rights::{ANYBODY, nobody};
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row("POST /api/v1/auth/login", nobody(401))
            .with(json!({"email": "nobody@example.org", "password": "wrong"})),
        row("POST /api/v1/auth/refresh", nobody(401)),
        row("POST /api/v1/auth/logout", ANYBODY).spending(),
        row("POST /api/v1/auth/register", ANYBODY)
            .with(json!({"email": "new@example.org", "password": "correct horse battery"})),
        row("POST /api/v1/auth/confirm", nobody(410))
            .with(json!({"token": "1.x", "password": "correct horse battery"})),
        row("POST /api/v1/auth/confirm/resend", ANYBODY)
            .with(json!({"email": "nobody@example.org"})),
        row("POST /api/v1/auth/password-reset", ANYBODY)
            .with(json!({"email": "nobody@example.org"})),
        row("POST /api/v1/auth/password-reset/confirm", nobody(410))
            .with(json!({"token": "1.x", "password": "correct horse battery"})),
        row("POST /api/v1/auth/password-strength", ANYBODY)
            .with(json!({"password": "correct horse battery", "email": "", "full_name": ""})),
        row("POST /api/v1/auth/email-change", nobody(410)).with(json!({"token": "1.x"})),
    ]
}
