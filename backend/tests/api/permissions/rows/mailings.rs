//! Mailings. What making one takes is tried by a test of its own.

use contract::permissions::Permission::{KeepOwnMailings, SendAnyMailing, StopAnyMailing};
use serde_json::json;

use super::super::rights::{EDIT, SEE, SEERS, overseers};
use super::super::stage::Thing::{Mailing, PausedMailing};
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    let schedule = json!({"starts_at": "2030-06-01T09:00:00Z", "time_zone": "Europe/Moscow"});
    let send = overseers(&[KeepOwnMailings, SendAnyMailing]);
    let stop = overseers(&[KeepOwnMailings, StopAnyMailing]);
    vec![
        row("GET /api/v1/mailings", SEERS),
        row("POST /api/v1/mailings/preview-runs", SEERS).with(schedule),
        row("POST /api/v1/mailings/preview-audience", SEERS)
            .with(json!({"audience": {"all": true}})),
        row("GET /api/v1/mailings/{id}", SEE).about(Mailing),
        row("PATCH /api/v1/mailings/{id}", EDIT)
            .about(Mailing)
            .with(json!({"title": "x"})),
        row("DELETE /api/v1/mailings/{id}", EDIT).about(Mailing),
        row("POST /api/v1/mailings/{id}/send", send).about(Mailing),
        row("POST /api/v1/mailings/{id}/retry", send)
            .about(Mailing)
            .with(json!({"unknown": true})),
        row("POST /api/v1/mailings/{id}/pause", EDIT).about(Mailing),
        row("POST /api/v1/mailings/{id}/resume", EDIT).about(PausedMailing),
        row("POST /api/v1/mailings/{id}/stop", stop).about(Mailing),
        row("POST /api/v1/mailings/{id}/duplicate", EDIT).about(Mailing),
    ]
}
