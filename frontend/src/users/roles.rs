//! Roles in words: what each is called, and what it may do.

use contract::permissions::Role;

use super::texts;
use crate::i18n::Text;

pub const fn role_text(role: Role) -> Text {
    match role {
        Role::User => texts::ROLE_USER,
        Role::ContentManager => texts::ROLE_CONTENT_MANAGER,
        Role::Manager => texts::ROLE_MANAGER,
        Role::Admin => texts::ROLE_ADMIN,
    }
}

/// What one with this role may do.
pub const fn role_does(role: Role) -> Text {
    match role {
        Role::User => texts::USER_DOES,
        Role::ContentManager => texts::CONTENT_MANAGER_DOES,
        Role::Manager => texts::MANAGER_DOES,
        Role::Admin => texts::ADMIN_DOES,
    }
}
