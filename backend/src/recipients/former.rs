//! Addresses that recipients had when letters went to them: the ledger is searched by them still.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::entity::Model;
use crate::database::search::{self, Kind};
use crate::delivery::entity::delivery;

/// Keeps the address of a recipient who gets another, or is deleted, if letters went there.
pub async fn remember(tx: &impl ConnectionTrait, recipient: &Model) -> Result<(), DbErr> {
    let Model {
        id,
        owner_id,
        email,
        ..
    } = recipient;
    let has_letters: Option<i64> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Id)
        .filter(delivery::Column::RecipientId.eq(*id))
        .limit(1)
        .into_tuple()
        .one(tx)
        .await?;
    match has_letters {
        Some(_) => search::add(tx, Kind::FormerAddress, *owner_id, *id, email).await,
        None => Ok(()),
    }
}
