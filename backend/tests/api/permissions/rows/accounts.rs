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
    ]
}
