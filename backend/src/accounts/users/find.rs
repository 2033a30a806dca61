//! The accounts there are. A deleted one is a row without a person: nothing here finds it.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};

use crate::accounts::entity as user;
use crate::problem::ApiError;

/// All of them.
pub fn accounts() -> Select<user::Entity> {
    user::Entity::find().filter(user::Column::DeletedAt.is_null())
}

pub async fn account(db: &impl ConnectionTrait, id: i64) -> Result<user::Model, ApiError> {
    accounts()
        .filter(user::Column::Id.eq(id))
        .one(db)
        .await?
        .ok_or(ApiError::NotFound)
}

/// The account, held for a change until the transaction ends.
pub async fn held(tx: &impl ConnectionTrait, id: i64) -> Result<user::Model, ApiError> {
    // SQLite, which drops the lock, has one writer.
    accounts()
        .filter(user::Column::Id.eq(id))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(ApiError::NotFound)
}
