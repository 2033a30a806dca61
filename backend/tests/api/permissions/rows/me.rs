//! One's own account.

use contract::permissions::Permission::KeepOwnProfile;
use serde_json::json;

use super::super::rights::{IN, IN_PERSON, KNOWN, Key, PROVED, Rights, everyone};
use super::{Row, row};

const PROFILE: Rights = everyone(Key::Scope(&[KeepOwnProfile]), IN);

pub fn rows() -> Vec<Row> {
    let profile = json!({
        "full_name": "Anna", "city": "Kronstadt", "language": "ru", "time_zone": "Europe/Moscow"
    });
    vec![
        row("GET /api/v1/me", KNOWN),
        row("PATCH /api/v1/me", PROFILE).with(profile),
        // In this order: each has an avatar when it is asked for.
        row("PUT /api/v1/me/avatar", PROFILE),
        row("GET /api/v1/me/avatar", PROFILE),
        row("DELETE /api/v1/me/avatar", PROFILE),
        row("GET /api/v1/me/owns", PROFILE),
        row("DELETE /api/v1/me", PROVED).spending(),
        row("GET /api/v1/me/audit-log", PROFILE),
        row("POST /api/v1/me/phone", PROVED)
            .with(json!({"phone": "+79210000000"}))
            .spending(),
        // No check is under way, whoever asks.
        row(
            "GET /api/v1/me/phone",
            everyone(Key::Scope(&[KeepOwnProfile]), 404),
        ),
        row(
            "POST /api/v1/me/phone/confirm",
            everyone(Key::Scope(&[KeepOwnProfile]), 409),
        )
        .with(json!({"code": "000000"})),
        row("DELETE /api/v1/me/phone", PROVED),
        // Nobody here has a password: whoever gets as far is told that theirs is wrong.
        row("PUT /api/v1/me/password", everyone(Key::Session, 422))
            .with(json!({"current_password": "x", "password": "correct horse battery"})),
        row("POST /api/v1/me/email", PROVED)
            .with(json!({"email": "new@example.org"}))
            .spending(),
        row("GET /api/v1/me/email", everyone(Key::Session, 404)).spending(),
        row("DELETE /api/v1/me/email", IN_PERSON),
    ]
}
