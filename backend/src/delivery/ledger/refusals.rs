//! Addresses that were refused for good: nothing more is sent to them.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::super::entity::delivery;
use super::super::entity::delivery::State;
use super::super::rules;
use super::claim::Held;
use super::record::smtp_code;
use crate::mail::Reply;
use crate::recipients::suppression::{Refusal, suppress};

/// What is remembered of a refusal.
pub(super) fn refusal(delivery: &Held, reply: &Reply) -> Refusal {
    Refusal {
        recipient_id: delivery.recipient_id,
        delivery_id: delivery.id,
        email: delivery.email.clone(),
        code: smtp_code(reply),
        response: reply.text.clone(),
    }
}

/// Suppresses the recipients.
pub(super) async fn write(
    tx: &impl ConnectionTrait,
    refusals: &[Refusal],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if refusals.is_empty() {
        return Ok(());
    }
    suppress(tx, refusals, now).await?;
    look_again(tx, refusals).await
}

/// Lets everybody look again at what they hold, if they hold something for those who were suppressed. Most lists
/// have dead addresses: to look again for each of them would cost more than the letters.
async fn look_again(tx: &impl ConnectionTrait, refusals: &[Refusal]) -> Result<(), DbErr> {
    let recipients = refusals.iter().map(|refusal| refusal.recipient_id);
    let held = delivery::Entity::find()
        .filter(delivery::Column::RecipientId.is_in(recipients))
        .filter(delivery::Column::State.eq(State::Sending))
        .one(tx)
        .await?;
    if held.is_some() {
        rules::bump(tx).await?;
    }
    Ok(())
}
