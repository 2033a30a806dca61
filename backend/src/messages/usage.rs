//! Which mailings use a message. Those that are completed need it no more: their runs keep copies.

use std::collections::HashMap;

use contract::problem::{InUse, Named};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::entity::Model;
use crate::mailings::entity::{ChannelWord, Column, Entity, StatusWord};
use crate::problem::ApiError;

/// So many of one's own mailings are named at most; one screen is enough to begin with.
const NAMED_LIMIT: u64 = 20;

/// How many mailings use each of these messages.
pub async fn counts(
    db: &impl ConnectionTrait,
    message_ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, u64>, DbErr> {
    let rows: Vec<(i64, i64)> = not_completed()
        .filter(Column::MessageId.is_in(message_ids))
        .select_only()
        .column(Column::MessageId)
        .expr_as(Expr::cust("COUNT(*)"), "used_by")
        .group_by(Column::MessageId)
        .into_tuple()
        .all(db)
        .await?;
    let counts = rows
        .into_iter()
        .map(|(id, count)| (id, u64::try_from(count).unwrap_or(0)));
    Ok(counts.collect())
}

/// Refuses to delete a message that mailings use.
pub async fn refuse_to_delete(
    tx: &impl ConnectionTrait,
    message: &Model,
    caller_id: i64,
) -> Result<(), ApiError> {
    refuse(tx, using(message.id), caller_id).await
}

/// Refuses to make a message private that other people's mailings use; its owner's may go on using it.
pub async fn refuse_to_make_private(
    tx: &impl ConnectionTrait,
    message: &Model,
    caller_id: i64,
) -> Result<(), ApiError> {
    let by_others = using(message.id).filter(Column::OwnerId.ne(message.owner_id));
    refuse(tx, by_others, caller_id).await
}

/// Refuses to take the SMS text away from a message that mailings by SMS use.
pub async fn refuse_to_take_sms_text(
    tx: &impl ConnectionTrait,
    message: &Model,
    caller_id: i64,
) -> Result<(), ApiError> {
    let by_sms = using(message.id).filter(Column::Channel.eq(ChannelWord::Sms));
    refuse(tx, by_sms, caller_id).await
}

/// Names the caller's own among these mailings and counts the others: their titles are nobody else's business.
async fn refuse(
    tx: &impl ConnectionTrait,
    mailings: Select<Entity>,
    caller_id: i64,
) -> Result<(), ApiError> {
    let own: Vec<(i64, String)> = mailings
        .clone()
        .filter(Column::OwnerId.eq(caller_id))
        .select_only()
        .columns([Column::Id, Column::Title])
        .order_by_asc(Column::Id)
        .limit(NAMED_LIMIT)
        .into_tuple()
        .all(tx)
        .await?;
    let others: Option<i64> = mailings
        .filter(Column::OwnerId.ne(caller_id))
        .select_only()
        .expr_as(Expr::cust("COUNT(*)"), "others")
        .into_tuple()
        .one(tx)
        .await?;
    let others = others.and_then(|count| u64::try_from(count).ok());
    let in_use = InUse {
        mailings: own
            .into_iter()
            .map(|(id, title)| Named { id, title })
            .collect(),
        others: others.unwrap_or(0),
    };
    if in_use == InUse::default() {
        Ok(())
    } else {
        Err(ApiError::MessageInUse(in_use))
    }
}

fn using(message_id: i64) -> Select<Entity> {
    not_completed().filter(Column::MessageId.eq(message_id))
}

fn not_completed() -> Select<Entity> {
    Entity::find().filter(Column::Status.ne(StatusWord::Completed))
}
