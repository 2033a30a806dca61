//! An administrator who can sign in always remains.

use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::accounts::entity as user;
use crate::accounts::find;
use crate::problem::ApiError;

/// The administrators, held until the transaction ends: of two who let each other out at once the second waits
/// here, and then finds that it would let out the last.
#[derive(Debug)]
pub struct Admins(Vec<user::Model>);

impl Admins {
    /// Holds them. Always before the account that is acted upon, and in one order, so that two acts cannot wait for
    /// each other in a circle.
    pub async fn hold(tx: &impl ConnectionTrait) -> Result<Self, ApiError> {
        let admins = find::accounts()
            .filter(user::Column::Role.eq(user::RoleWord::Admin))
            .order_by_asc(user::Column::Id)
            .lock_exclusive()
            .all(tx)
            .await?;
        Ok(Self(admins))
    }

    /// Refuses to let this one out or down if no other could sign in.
    pub fn without(&self, user_id: i64) -> Result<(), ApiError> {
        // Who has not chosen a password yet may never do so.
        let able = |admin: &&user::Model| admin.is_active() && !admin.password_hash.is_empty();
        let is_one = self.0.iter().filter(able).any(|admin| admin.id == user_id);
        let others = self.0.iter().filter(able).any(|admin| admin.id != user_id);
        if is_one && !others {
            return Err(ApiError::LastAdmin);
        }
        Ok(())
    }
}
