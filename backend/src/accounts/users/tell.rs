//! Telling people what was done with their accounts.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

use crate::accounts::entity as user;
use crate::notices::{self, Addressee, Notice};
use crate::problem::ApiError;

/// Tells the person of the account. An address that was never confirmed may be somebody else's: it is told nothing.
pub async fn person(
    tx: &impl ConnectionTrait,
    user: &user::Model,
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    if user.confirmed_at.is_some() {
        notices::tell(tx, Addressee::from(user), notice, now).await?;
    }
    Ok(())
}

/// Tells who was the person of an account that is no more.
pub async fn former(
    tx: &impl ConnectionTrait,
    user: &user::Model,
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    if user.confirmed_at.is_some() {
        let to = Addressee {
            user_id: None,
            ..Addressee::from(user)
        };
        notices::tell(tx, to, notice, now).await?;
    }
    Ok(())
}
