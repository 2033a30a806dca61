//! Suppression: a mail server said that an address is no good, so nothing more is sent there.
//!
//! It belongs to the recipient of that one owner. What is planned for them is skipped when it would leave; their
//! owner can lift it, and writing another address lifts it too: that one was never refused.

use chrono::{DateTime, Utc};
use contract::audit::Act;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set,
};

use super::entity::{ActiveModel, Column, Entity};
use super::service::{entry, find_changeable};
use crate::app::App;
use crate::audit;
use crate::http::caller::CurrentUser;
use crate::http::version::IfMatch;
use crate::problem::ApiError;

/// An address that was refused, and by which delivery that was learnt.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub recipient_id: i64,
    pub delivery_id: i64,
    /// What the letter was addressed to: the recipient may have another address by now.
    pub email: String,
    pub code: Option<i16>,
    pub response: String,
}

/// Suppresses recipients, in the transaction that records the refusals. The first refusal's words stay.
pub async fn suppress(
    tx: &impl ConnectionTrait,
    refusals: &[Refusal],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for refusal in refusals {
        let Refusal {
            recipient_id,
            delivery_id,
            email,
            code,
            response,
        } = refusal;
        Entity::update_many()
            .col_expr(Column::SuppressedAt, Expr::value(now))
            .col_expr(Column::SuppressedCode, Expr::value(*code))
            .col_expr(Column::SuppressedResponse, Expr::value(response))
            .col_expr(Column::SuppressedBy, Expr::value(*delivery_id))
            .filter(Column::Id.eq(*recipient_id))
            .filter(Column::Email.eq(email))
            .filter(Column::SuppressedAt.is_null())
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Takes back what these deliveries have suppressed: it was not the addresses that the server refused. Each is given
/// with its recipient.
pub async fn undo(
    tx: &impl ConnectionTrait,
    refused: impl IntoIterator<Item = (i64, i64)>,
) -> Result<(), DbErr> {
    let by_these = refused
        .into_iter()
        .map(|(delivery_id, recipient_id)| {
            let mine = Column::SuppressedBy.eq(delivery_id);
            Column::Id.eq(recipient_id).and(mine)
        })
        .fold(Condition::any(), Condition::add);
    if by_these.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::SuppressedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::SuppressedCode, Expr::value(None::<i16>))
        .col_expr(Column::SuppressedResponse, Expr::value(None::<String>))
        .col_expr(Column::SuppressedBy, Expr::value(None::<i64>))
        .filter(by_these)
        .exec(tx)
        .await?;
    Ok(())
}

/// Lifts it. 404 where there is none.
pub async fn lift(app: &App, user: &CurrentUser, id: i64) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let recipient = find_changeable(&tx, user, id, IfMatch(None)).await?;
    if recipient.suppressed_at.is_none() {
        return Err(ApiError::NotFound);
    }
    lifted(recipient.clone().into()).update(&tx).await?;
    audit::record_upon_others(&tx, user, recipient.owner_id, app.clock.now(), |owner| {
        entry(Act::SuppressionLifted, owner, &recipient)
    })
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The recipient without it.
pub fn lifted(recipient: ActiveModel) -> ActiveModel {
    ActiveModel {
        suppressed_at: Set(None),
        suppressed_code: Set(None),
        suppressed_response: Set(None),
        suppressed_by: Set(None),
        ..recipient
    }
}
