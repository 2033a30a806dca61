//! Signing somebody out everywhere.

use contract::audit::{Act, AuditDetailName};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::find;
use super::overseer::Overseer;
use crate::accounts::session_entity as session;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::problem::ApiError;

/// Ends all sessions of somebody.
pub async fn end(app: &App, by: &Overseer, id: i64) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let user = find::held(&tx, id).await?;
    let ended = all_of(&tx, id).await?;
    let entry = Entry::of_account(Act::SessionsEnded, user.into())
        .with(AuditDetailName::Sessions, ended.to_string());
    audit::record(&tx, &by.actor, entry, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends them as a part of another act; says how many there were.
pub async fn all_of(tx: &impl ConnectionTrait, user_id: i64) -> Result<u64, DbErr> {
    let ended = session::Entity::delete_many()
        .filter(session::Column::UserId.eq(user_id))
        .exec(tx)
        .await?;
    Ok(ended.rows_affected)
}
