//! Statistics. Whose are asked for by a scope is tried by a test of its own.

use contract::permissions::Permission::SeeEverything;

use super::super::rights::{SEE, SEERS, managers};
use super::super::stage::Thing::{Mailing, Message};
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row("GET /api/v1/statistics", SEERS),
        row("GET /api/v1/statistics/daily", SEERS),
        row("GET /api/v1/statistics/mailings", SEERS),
        row("GET /api/v1/statistics/mailings/{id}", SEE).about(Mailing),
        row("GET /api/v1/statistics/messages", SEERS),
        row("GET /api/v1/statistics/messages/{id}", SEE).about(Message),
        row("GET /api/v1/statistics/runs", SEERS),
        row("GET /api/v1/statistics/users", managers(&[SeeEverything])),
    ]
}
