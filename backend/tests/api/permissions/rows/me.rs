//! One's own account.

use contract::permissions::Permission::KeepOwnProfile;

use super::super::rights::{IN, KNOWN, Key, PROVED, everyone};
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row("GET /api/v1/me", KNOWN),
        row(
            "GET /api/v1/me/owns",
            everyone(Key::Scope(&[KeepOwnProfile]), IN),
        ),
        row("DELETE /api/v1/me", PROVED).spending(),
    ]
}
