//! Other people's accounts.

use contract::permissions::Permission::{BlockUsers, ManageUsers};
use serde_json::json;

use super::super::rights::{Rights, admins, managers};
use super::super::stage::Thing;
use super::{Row, row};

pub fn rows() -> Vec<Row> {
    const SEE: Rights = managers(&[BlockUsers]);
    const KEEP: Rights = admins(&[ManageUsers]);
    let new = json!({"email": "new@example.org", "role": "user", "time_zone": "UTC"});
    let of_one = |operation, rights| row(operation, rights).about(Thing::Account);
    vec![
        row("GET /api/v1/users", SEE),
        row("GET /api/v1/users/totals", SEE),
        of_one("GET /api/v1/users/{id}", SEE),
        row("GET /api/v1/users/{id}/avatar", SEE).about(Thing::PicturedAccount),
        of_one("POST /api/v1/users/{id}/block", SEE).with(json!({"reason": "x"})),
        of_one("POST /api/v1/users/{id}/unblock", SEE),
        row("POST /api/v1/users", KEEP).with(new),
        of_one("PATCH /api/v1/users/{id}", KEEP).with(json!({"city": "x"})),
        of_one("DELETE /api/v1/users/{id}", KEEP),
        of_one("POST /api/v1/users/{id}/password-link", KEEP),
        of_one("DELETE /api/v1/users/{id}/sessions", KEEP),
        row("GET /api/v1/users/invitations", KEEP),
        row("POST /api/v1/users/invitations", KEEP).with(json!({"email": "new@example.org"})),
        row("DELETE /api/v1/users/invitations/{id}", KEEP).about(Thing::Invitation),
    ]
}
