//! All API tokens of an account at once: how many still work, and their end where somebody else may have had the account.

use chrono::{DateTime, Utc};
use contract::audit::{Act, AuditKind};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};

use super::entity::{Column, Entity};
use crate::accounts::entity as user;
use crate::accounts::users::tell;
use crate::audit::{self, Actor, Entry};
use crate::database::count;
use crate::notices::Notice;
use crate::problem::ApiError;

/// How many of an account's tokens still work.
pub async fn working(
    db: &impl ConnectionTrait,
    user_id: i64,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let works = Condition::any()
        .add(Column::ExpiresAt.is_null())
        .add(Column::ExpiresAt.gt(now));
    let tokens = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(works);
    count::exact(db, tokens).await
}

/// Deletes them, and tells the person, whose programs are refused from then on. The account is held already: else one
/// that is made at this moment would stay.
pub async fn delete(
    tx: &impl ConnectionTrait,
    user: &user::Model,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let tokens = Entity::find()
        .filter(Column::UserId.eq(user.id))
        .order_by_asc(Column::Id)
        .all(tx)
        .await?;
    if tokens.is_empty() {
        return Ok(());
    }
    Entity::delete_many()
        .filter(Column::UserId.eq(user.id))
        .exec(tx)
        .await?;
    for token in &tokens {
        let (kind, id, name) = (AuditKind::ApiToken, token.id, &token.name);
        let entry = Entry::of_item(Act::ApiTokenDeleted, user.clone().into(), kind, id, name);
        audit::record(tx, by, entry, now).await?;
    }
    let notice = Notice::ApiTokensDeleted {
        count: tokens.len() as u64,
    };
    tell::person(tx, user, &notice, now).await
}
