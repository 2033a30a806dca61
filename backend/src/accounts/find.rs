//! The accounts there are. A deleted one is a row without a person: nothing here finds it.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select};

use super::entity as user;
use crate::address::Keyed;
use crate::database::{hold, search};
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
    hold::one(tx, accounts().filter(user::Column::Id.eq(id))).await
}

/// The account with this address, however it is written.
pub async fn by_email(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<user::Model>, ApiError> {
    match Keyed::parse(email) {
        Ok(email) => Ok(by_key(db, &email.key).await?),
        Err(_) => Ok(None),
    }
}

/// The account whose address has this key.
pub async fn by_key(
    db: &impl ConnectionTrait,
    email_key: &str,
) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find()
        .filter(user::Column::EmailKey.eq(email_key))
        .one(db)
        .await
}

/// Lets an account be found by its address and name: after each change of one of them.
pub async fn index(tx: &impl ConnectionTrait, user: &user::Model) -> Result<(), DbErr> {
    let texts = [&user.email, &user.email_key, &user.full_name].map(String::as_str);
    search::index(tx, search::Kind::User, user.id, user.id, &texts).await
}
