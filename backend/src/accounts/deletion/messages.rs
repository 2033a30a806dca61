//! Messages of a deleted account. One that others use in mailings of theirs goes over to them as a copy of their own:
//! it was shared with them, and their mailings are none of the person's data.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::possessions::delete;
use super::sweep::STEP;
use crate::database::search::{self, Kind};
use crate::mailings::entity::{self as mailing, StatusWord};
use crate::messages::entity as message;

/// One step: copies for the others who use some messages, or else takes some away.
pub async fn sweep(
    tx: &impl ConnectionTrait,
    owner_id: i64,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    // Held, so that nobody begins to use one that is about to go.
    let ids: Vec<i64> = message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .filter(message::Column::OwnerId.eq(owner_id))
        .order_by_asc(message::Column::Id)
        .limit(STEP)
        .lock_exclusive()
        .into_tuple()
        .all(tx)
        .await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let handed_over = hand_over(tx, &ids, now).await?;
    if handed_over > 0 {
        return Ok(handed_over);
    }
    search::forget_all(tx, Kind::Message, &ids).await?;
    delete::<message::Entity>(tx, message::Column::Id, ids).await
}

/// Gives some mailings of others that are not completed a copy of what they send; says how many.
async fn hand_over(
    tx: &impl ConnectionTrait,
    message_ids: &[i64],
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    // Held: its owner may be giving one of them another message.
    let uses: Vec<(i64, i64, i64)> = mailing::Entity::find()
        .select_only()
        .columns([
            mailing::Column::Id,
            mailing::Column::OwnerId,
            mailing::Column::MessageId,
        ])
        .filter(mailing::Column::MessageId.is_in(message_ids.iter().copied()))
        .filter(mailing::Column::Status.ne(StatusWord::Completed))
        .order_by_asc(mailing::Column::Id)
        .limit(STEP)
        .lock_exclusive()
        .into_tuple()
        .all(tx)
        .await?;
    let mut by_person: BTreeMap<(i64, i64), Vec<i64>> = BTreeMap::new();
    for (mailing_id, owner_id, message_id) in &uses {
        let mailings = by_person.entry((*message_id, *owner_id)).or_default();
        mailings.push(*mailing_id);
    }
    for ((message_id, owner_id), mailings) in by_person {
        let Some(original) = message::Entity::find_by_id(message_id).one(tx).await? else {
            continue;
        };
        let copy = copy(tx, original, owner_id, now).await?;
        mailing::Entity::update_many()
            .col_expr(mailing::Column::MessageId, Expr::value(copy))
            .filter(mailing::Column::Id.is_in(mailings))
            .exec(tx)
            .await?;
    }
    Ok(uses.len() as u64)
}

async fn copy(
    tx: &impl ConnectionTrait,
    original: message::Model,
    owner_id: i64,
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    let message::Model {
        id: _,
        owner_id: _,
        subject,
        subject_key,
        body,
        format,
        shared: _,
        version: _,
        created_at: _,
        updated_at: _,
        sms_text,
    } = original;
    let copy = message::ActiveModel {
        owner_id: Set(owner_id),
        subject: Set(subject),
        subject_key: Set(subject_key),
        body: Set(body),
        format: Set(format),
        shared: Set(false),
        sms_text: Set(sms_text),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let copy = copy.insert(tx).await?;
    search::index(tx, Kind::Message, owner_id, copy.id, &[&copy.subject]).await?;
    Ok(copy.id)
}
