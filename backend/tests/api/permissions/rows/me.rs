//! One's own account.

use super::super::rights::KNOWN;
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![row("GET /api/v1/me", KNOWN)]
}
