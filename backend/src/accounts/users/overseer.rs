//! Who acts upon other people's accounts, and upon whose they may.

use contract::permissions::{Permission, Role};

use crate::accounts::entity as user;
use crate::audit::Actor;
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;

/// A manager, an administrator, or whoever runs commands on the machine.
#[derive(Clone, Debug)]
pub struct Overseer {
    pub actor: Actor,
    staff: Staff,
}

/// Whether those who work for the service are in reach too.
#[derive(Clone, Copy, Debug)]
enum Staff {
    InReach,
    /// Not of a manager.
    AboveRole,
    /// Not of a program, whatever its scopes: a token that leaks would make itself an administrator.
    InPersonOnly,
}

impl Overseer {
    pub fn command_line() -> Self {
        Self {
            actor: Actor::command_line(),
            staff: Staff::InReach,
        }
    }

    /// Refuses what nobody may do to themselves.
    pub fn not_oneself(&self, user_id: i64) -> Result<(), ApiError> {
        if self.actor.id == Some(user_id) {
            return Err(ApiError::OwnAccount);
        }
        Ok(())
    }

    /// Refuses what is done to staff by who may not.
    pub fn reaches(&self, user: &user::Model) -> Result<(), ApiError> {
        self.gives(user.role.into())
    }

    /// Refuses to make somebody staff to who may not.
    pub fn gives(&self, role: Role) -> Result<(), ApiError> {
        match self.staff {
            Staff::AboveRole if role.is_staff() => Err(ApiError::Forbidden),
            Staff::InPersonOnly if role.is_staff() => Err(ApiError::SessionRequired),
            Staff::InReach | Staff::AboveRole | Staff::InPersonOnly => Ok(()),
        }
    }
}

impl From<&CurrentUser> for Overseer {
    fn from(user: &CurrentUser) -> Self {
        let staff = if !user.role.may(Permission::ManageUsers) {
            Staff::AboveRole
        } else if user.session_id().is_none() {
            Staff::InPersonOnly
        } else {
            Staff::InReach
        };
        Self {
            actor: user.into(),
            staff,
        }
    }
}
