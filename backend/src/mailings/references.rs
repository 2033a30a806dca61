//! What a mailing refers to: a message that its owner may use, recipients that are its owner's.

use contract::mailings::{Audience, Channel};
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

/// The subject of a message, if the owner of a mailing may use it, and it has what the mailing sends.
pub async fn usable_subject(
    db: &impl ConnectionTrait,
    owner_id: i64,
    message_id: i64,
    channel: Channel,
) -> Result<Result<String, FieldError>, DbErr> {
    let message = usable_message(owner_id, message_id)
        .into_tuple()
        .one(db)
        .await?;
    Ok(fit_for(channel, message))
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

/// Holds the message as it is until the transaction ends, if the owner of a mailing may use it, and it has what the
/// mailing sends.
pub async fn hold_message(
    tx: &impl ConnectionTrait,
    owner_id: i64,
    message_id: i64,
    channel: Channel,
) -> Result<(), ApiError> {
    let held = usable_message(owner_id, message_id)
        .lock_shared()
        .into_tuple()
        .one(tx)
        .await?;
    fit_for(channel, held).map_err(|error| FieldErrors::one("message_id", error))?;
    Ok(())
}

/// The subject of a message by it and its SMS text.
fn fit_for(
    channel: Channel,
    message: Option<(String, Option<String>)>,
) -> Result<String, FieldError> {
    match (channel, message) {
        (_, None) => Err(FieldError::new(
            FieldCode::UnknownReference,
            "there is no such message",
        )),
        (Channel::Sms, Some((_, None))) => Err(FieldError::new(
            FieldCode::NoSmsText,
            "the message has no SMS text",
        )),
        (Channel::Email | Channel::Sms, Some((subject, _))) => Ok(subject),
    }
}

/// The owner's own message, or a shared one. Of it the subject and the SMS text are read: bodies may be long.
fn usable_message(owner_id: i64, message_id: i64) -> Select<message::Entity> {
    let usable = Condition::any()
        .add(message::Column::OwnerId.eq(owner_id))
        .add(message::Column::Shared.eq(true));
    message::Entity::find_by_id(message_id)
        .filter(usable)
        .select_only()
        .columns([message::Column::Subject, message::Column::SmsText])
}
