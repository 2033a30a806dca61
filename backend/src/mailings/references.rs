//! What a mailing refers to: a message that its owner may use, recipients that are its owner's.

use contract::mailings::Audience;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Select,
};

use super::audiences;
use crate::messages::entity as message;
use crate::problem::ApiError;
use crate::recipients::entity as recipient;

/// Ids are looked up in lists of this length at most.
const IDS_AT_ONCE: usize = 1_000;

/// The subject of a message, if the owner of a mailing may use it.
pub async fn usable_subject(
    db: &impl ConnectionTrait,
    owner_id: i64,
    message_id: i64,
) -> Result<Result<String, FieldError>, DbErr> {
    let subject = usable_message(owner_id, message_id)
        .into_tuple()
        .one(db)
        .await?;
    Ok(subject.ok_or_else(no_such_message))
}

/// Are all the chosen recipients the owner's?
pub async fn all_owned(
    db: &impl ConnectionTrait,
    owner_id: i64,
    audience: &Audience,
) -> Result<Result<(), FieldError>, DbErr> {
    if audience.check().is_err() {
        return Ok(Ok(()));
    }
    let mut missing = audiences::chosen(audience);
    let ids: Vec<i64> = missing.iter().copied().collect();
    for some in ids.chunks(IDS_AT_ONCE) {
        let owned = recipient::Entity::find()
            .filter(recipient::Column::OwnerId.eq(owner_id))
            .filter(recipient::Column::Id.is_in(some.iter().copied()))
            .select_only()
            .column(recipient::Column::Id)
            .into_tuple::<i64>()
            .all(db)
            .await?;
        for id in owned {
            missing.remove(&id);
        }
    }
    Ok(missing.first().map_or(Ok(()), |id| {
        let error = FieldError::new(
            FieldCode::UnknownReference,
            format!("there is no recipient {id}"),
        );
        Err(FieldError {
            name: Some(id.to_string()),
            ..error
        })
    }))
}

/// Holds the message as it is until the transaction ends, if the owner of a mailing may use it.
pub async fn hold_message(
    tx: &impl ConnectionTrait,
    owner_id: i64,
    message_id: i64,
) -> Result<(), ApiError> {
    let held = usable_message(owner_id, message_id)
        .lock_shared()
        .into_tuple::<String>()
        .one(tx)
        .await?;
    match held {
        Some(_) => Ok(()),
        None => Err(FieldErrors::one("message_id", no_such_message()).into()),
    }
}

/// The owner's own message, or a shared one. Of it the subject is read: bodies may be long.
fn usable_message(owner_id: i64, message_id: i64) -> Select<message::Entity> {
    let usable = Condition::any()
        .add(message::Column::OwnerId.eq(owner_id))
        .add(message::Column::Shared.eq(true));
    message::Entity::find_by_id(message_id)
        .filter(usable)
        .select_only()
        .column(message::Column::Subject)
}

fn no_such_message() -> FieldError {
    FieldError::new(FieldCode::UnknownReference, "there is no such message")
}
