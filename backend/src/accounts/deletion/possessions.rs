//! What an account owned, taken away some rows at a time.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::sweep::STEP;
use crate::database::search::{self, Kind};
use crate::idempotency::entity as idempotency_key;
use crate::mailings::{audience_entity as audience, entity as mailing};
use crate::recipients::entity as recipient;

pub async fn mailings(tx: &impl ConnectionTrait, owner_id: i64) -> Result<u64, DbErr> {
    use mailing::Column;
    let ids = some::<mailing::Entity>(tx, Column::OwnerId, Column::Id, owner_id).await?;
    search::forget_all(tx, Kind::Mailing, &ids).await?;
    delete::<mailing::Entity>(tx, Column::Id, ids).await
}

/// Those who were chosen for audiences leave them by this.
pub async fn recipients(tx: &impl ConnectionTrait, owner_id: i64) -> Result<u64, DbErr> {
    use recipient::Column;
    let ids = some::<recipient::Entity>(tx, Column::OwnerId, Column::Id, owner_id).await?;
    search::forget_all(tx, Kind::Recipient, &ids).await?;
    delete::<recipient::Entity>(tx, Column::Id, ids).await
}

/// Nobody is in them any more: they were made of the owner's recipients alone.
pub async fn audiences(tx: &impl ConnectionTrait, owner_id: i64) -> Result<u64, DbErr> {
    use audience::Column;
    let ids = some::<audience::Entity>(tx, Column::OwnerId, Column::Id, owner_id).await?;
    delete::<audience::Entity>(tx, Column::Id, ids).await
}

/// A day's worth of them at most.
pub async fn idempotency_keys(tx: &impl ConnectionTrait, user_id: i64) -> Result<u64, DbErr> {
    let gone = idempotency_key::Entity::delete_many()
        .filter(idempotency_key::Column::UserId.eq(user_id))
        .exec(tx)
        .await?;
    Ok(gone.rows_affected)
}

/// The ids of some of the owner's rows.
pub(super) async fn some<E: EntityTrait>(
    tx: &impl ConnectionTrait,
    owner: E::Column,
    id: E::Column,
    owner_id: i64,
) -> Result<Vec<i64>, DbErr> {
    E::find()
        .select_only()
        .column(id)
        .filter(owner.eq(owner_id))
        .order_by_asc(id)
        .limit(STEP)
        .into_tuple()
        .all(tx)
        .await
}

pub(super) async fn delete<E: EntityTrait>(
    tx: &impl ConnectionTrait,
    id: E::Column,
    ids: Vec<i64>,
) -> Result<u64, DbErr> {
    if ids.is_empty() {
        return Ok(0);
    }
    // Not how many this deletes: where another worker was quicker that may be none, and yet there are more behind them.
    let found = ids.len() as u64;
    E::delete_many().filter(id.is_in(ids)).exec(tx).await?;
    Ok(found)
}
