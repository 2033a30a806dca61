//! Rows held for a change until the transaction ends: of two changes at once, the second sees the first.
//!
//! SQLite drops the lock; it has one writer.

use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect, Select};

use crate::problem::ApiError;

/// The one row that was selected, held.
pub async fn one<E: EntityTrait>(
    tx: &impl ConnectionTrait,
    row: Select<E>,
) -> Result<E::Model, ApiError> {
    row.lock_exclusive()
        .one(tx)
        .await?
        .ok_or(ApiError::NotFound)
}
