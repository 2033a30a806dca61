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
    over_staff: bool,
}

impl Overseer {
    pub fn command_line() -> Self {
        Self {
            actor: Actor::command_line(),
            over_staff: true,
        }
    }

    /// Refuses what nobody may do to themselves.
    pub fn not_oneself(&self, user_id: i64) -> Result<(), ApiError> {
        if self.actor.id == Some(user_id) {
            return Err(ApiError::OwnAccount);
        }
        Ok(())
    }

    /// Staff is out of a manager's reach.
    pub fn reaches(&self, user: &user::Model) -> Result<(), ApiError> {
        if Role::from(user.role).is_staff() && !self.over_staff {
            return Err(ApiError::Forbidden);
        }
        Ok(())
    }
}

impl From<&CurrentUser> for Overseer {
    fn from(user: &CurrentUser) -> Self {
        Self {
            actor: user.into(),
            over_staff: user.may(Permission::ManageUsers),
        }
    }
}
