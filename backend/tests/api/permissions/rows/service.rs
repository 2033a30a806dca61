//! The service itself: its health, its name, what it captured and wrote down.

use contract::permissions::Permission::{ReadAuditLog, ReadCapturedMail};

use super::super::rights::{ANYBODY, SEERS, admins, nobody};
use super::super::stage::Thing::{CapturedLetter, View};
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row("GET /health/live", ANYBODY),
        row("GET /health/ready", ANYBODY),
        row("GET /api/v1/instance", ANYBODY),
        row("GET /api/v1/instance/theme.css", ANYBODY),
        // There is none but in the settings of `instance`'s own tests.
        row("GET /api/v1/instance/logo/{id}", nobody(404)),
        row("GET /api/v1/views/{token}", ANYBODY).about(View),
        row("GET /api/v1/audit-log", admins(&[ReadAuditLog])),
        row("GET /api/v1/captured-mail", admins(&[ReadCapturedMail])),
        row(
            "GET /api/v1/captured-mail/{id}",
            admins(&[ReadCapturedMail]),
        )
        .about(CapturedLetter),
        row("GET /api/v1/mail-servers", SEERS),
        row("GET /api/v1/notices", admins(&[ReadAuditLog])),
    ]
}
