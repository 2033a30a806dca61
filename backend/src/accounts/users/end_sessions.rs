//! Signing somebody out everywhere.

use contract::audit::{Act, AuditDetailName};

use super::find;
use super::overseer::Overseer;
use crate::accounts::sessions;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::problem::ApiError;

/// Ends all sessions of somebody.
pub async fn end(app: &App, by: &Overseer, id: i64) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let user = find::held(&tx, id).await?;
    let ended = sessions::close_all(&tx, id, None).await?;
    let entry = Entry::of_account(Act::SessionsEnded, user.into())
        .with(AuditDetailName::Sessions, ended.to_string());
    audit::record(&tx, &by.actor, entry, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}
