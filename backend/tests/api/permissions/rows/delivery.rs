//! Runs, deliveries and attempts.

use super::super::rights::{SEE, SEERS};
use super::super::stage::Thing::{Delivery, Mailing, Run};
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row("GET /api/v1/mailings/{id}/runs", SEE).about(Mailing),
        row("GET /api/v1/mailings/{id}/progress", SEE).about(Mailing),
        row("GET /api/v1/runs/{id}", SEE).about(Run),
        row("GET /api/v1/runs/{id}/deliveries", SEE).about(Run),
        row("GET /api/v1/deliveries/{id}", SEE).about(Delivery),
        row("GET /api/v1/attempts", SEERS),
        row("GET /api/v1/attempts/totals", SEERS),
    ]
}
