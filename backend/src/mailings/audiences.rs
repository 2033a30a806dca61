//! Audiences of chosen recipients. One never changes: a changed mailing gets a new one, and a run that is still
//! being planned keeps the one it started with.

use std::collections::{BTreeSet, HashMap};

use contract::mailings::{Audience, AudiencePreview};
use sea_orm::sea_query::{Expr, InsertStatement, LockType, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Set,
};

use super::audience_entity as audience;
use super::audience_recipient_entity as member;
use super::entity as mailing;
use crate::database::Database;
use crate::delivery::entity::run::{self, RunStateWord};
use crate::recipients::entity as recipient;

/// So many are written in one go, so that others need not wait for SQLite's writer.
const STEP: usize = 1_000;

/// The recipients chosen, each once.
pub fn chosen(audience: &Audience) -> BTreeSet<i64> {
    audience.recipient_ids.iter().copied().collect()
}

/// Writes an audience of the owner's recipients; `all` needs none. Nothing refers to it yet, so it may take
/// several steps.
pub async fn make(
    database: &Database,
    owner_id: i64,
    audience: &Audience,
) -> Result<Option<i64>, DbErr> {
    if audience.all {
        return Ok(None);
    }
    let tx = database.write().await?;
    let new = audience::ActiveModel {
        owner_id: Set(owner_id),
        ..Default::default()
    };
    let id = new.insert(&tx).await?.id;
    tx.commit().await?;
    let ids: Vec<i64> = chosen(audience).into_iter().collect();
    for some in ids.chunks(STEP) {
        let tx = database.write().await?;
        tx.execute(&members(id, owner_id, some)?).await?;
        tx.commit().await?;
    }
    Ok(Some(id))
}

/// Deletes an audience that neither a mailing nor a run still being planned uses. None can come to use it again: who
/// copies a mailing holds it meanwhile. What it was used for is done, whether this can be done or not.
pub async fn drop_unused(database: &Database, id: Option<i64>) {
    let Some(id) = id else { return };
    if let Err(error) = try_to_drop(database, id).await {
        tracing::warn!(%error, "an audience that nothing uses stays behind");
    }
}

/// How many recipients each of these audiences has.
pub async fn counts(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, u64>, DbErr> {
    let counts: Vec<(i64, i64)> = member::Entity::find()
        .filter(member::Column::AudienceId.is_in(ids))
        .select_only()
        .column(member::Column::AudienceId)
        .column_as(member::Column::RecipientId.count(), "members")
        .group_by(member::Column::AudienceId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(as_count).collect())
}

/// How many recipients each of these owners has: the audience `all`.
pub async fn counts_of_all(
    db: &impl ConnectionTrait,
    owner_ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, u64>, DbErr> {
    let counts: Vec<(i64, i64)> = recipient::Entity::find()
        .filter(recipient::Column::OwnerId.is_in(owner_ids))
        .select_only()
        .column(recipient::Column::OwnerId)
        .column_as(recipient::Column::Id.count(), "recipients")
        .group_by(recipient::Column::OwnerId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(as_count).collect())
}

/// Whom a mailing to this audience of the owner's would reach now.
pub async fn preview(
    db: &impl ConnectionTrait,
    owner_id: i64,
    audience: &Audience,
) -> Result<AudiencePreview, DbErr> {
    if audience.all {
        let all = counts_of_all(db, [owner_id]).await?;
        return Ok(AudiencePreview {
            count: all.get(&owner_id).copied().unwrap_or_default(),
            without_phone: all_without_phone(db, owner_id).await?,
        });
    }
    let mut preview = AudiencePreview::default();
    let ids: Vec<i64> = chosen(audience).into_iter().collect();
    for some in ids.chunks(STEP) {
        let owned = recipient::Entity::find()
            .filter(recipient::Column::OwnerId.eq(owner_id))
            .filter(recipient::Column::Id.is_in(some.iter().copied()));
        let without = owned.clone().filter(recipient::Column::Phone.is_null());
        preview.count += owned.count(db).await?;
        preview.without_phone += without.count(db).await?;
    }
    Ok(preview)
}

/// How many of an audience have no phone.
pub async fn without_phone(db: &impl ConnectionTrait, id: i64) -> Result<u64, DbErr> {
    let members = members_of(id).into_query();
    recipient::Entity::find()
        .filter(recipient::Column::Id.in_subquery(members))
        .filter(recipient::Column::Phone.is_null())
        .count(db)
        .await
}

/// How many of all an owner's recipients have no phone.
pub async fn all_without_phone(db: &impl ConnectionTrait, owner_id: i64) -> Result<u64, DbErr> {
    recipient::Entity::find()
        .filter(recipient::Column::OwnerId.eq(owner_id))
        .filter(recipient::Column::Phone.is_null())
        .count(db)
        .await
}

/// Who is in an audience.
pub async fn recipient_ids(db: &impl ConnectionTrait, id: i64) -> Result<Vec<i64>, DbErr> {
    members_of(id).into_tuple().all(db).await
}

async fn try_to_drop(database: &Database, id: i64) -> Result<(), DbErr> {
    if is_used(database.read(), id).await? {
        return Ok(());
    }
    loop {
        let tx = database.write().await?;
        let some: Vec<i64> = members_of(id)
            .limit(STEP as u64)
            .into_tuple()
            .all(&tx)
            .await?;
        if some.is_empty() {
            audience::Entity::delete_by_id(id).exec(&tx).await?;
            return tx.commit().await;
        }
        member::Entity::delete_many()
            .filter(member::Column::AudienceId.eq(id))
            .filter(member::Column::RecipientId.is_in(some))
            .exec(&tx)
            .await?;
        tx.commit().await?;
    }
}

async fn is_used(db: &impl ConnectionTrait, id: i64) -> Result<bool, DbErr> {
    let mailing = mailing::Entity::find()
        .filter(mailing::Column::AudienceId.eq(id))
        .one(db)
        .await?;
    let run = run::Entity::find()
        .filter(run::Column::AudienceId.eq(id))
        .filter(run::Column::State.eq(RunStateWord::Planning))
        .select_only()
        .column(run::Column::Id)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(mailing.is_some() || run.is_some())
}

fn members_of(id: i64) -> Select<member::Entity> {
    member::Entity::find()
        .filter(member::Column::AudienceId.eq(id))
        .select_only()
        .column(member::Column::RecipientId)
        .order_by_asc(member::Column::RecipientId)
}

/// Those who were deleted since they were chosen are left out.
fn members(
    audience_id: i64,
    owner_id: i64,
    recipient_ids: &[i64],
) -> Result<InsertStatement, DbErr> {
    let owned = Query::select()
        .expr(Expr::val(audience_id))
        .column(recipient::Column::Id)
        .from(recipient::Entity)
        .and_where(recipient::Column::OwnerId.eq(owner_id))
        .and_where(recipient::Column::Id.is_in(recipient_ids.iter().copied()))
        // Who is being deleted is waited for, and then left out.
        .lock(LockType::KeyShare)
        .to_owned();
    let mut insert = Query::insert();
    insert
        .into_table(member::Entity)
        .columns([member::Column::AudienceId, member::Column::RecipientId])
        .select_from(owned)
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    Ok(insert)
}

fn as_count((id, count): (i64, i64)) -> (i64, u64) {
    (id, u64::try_from(count).unwrap_or_default())
}
