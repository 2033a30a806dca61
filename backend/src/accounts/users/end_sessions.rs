//! Signing somebody out everywhere: sessions end, and API tokens are deleted, since somebody else may have made them.

use contract::audit::{Act, AuditDetailName};

use super::overseer::Overseer;
use crate::accounts::api_tokens;
use crate::accounts::find;
use crate::accounts::sessions;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::problem::ApiError;

/// Ends all sessions of somebody, and deletes their API tokens.
pub async fn end(app: &App, by: &Overseer, id: i64) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let user = find::held(&tx, id).await?;
    by.reaches(&user)?;
    api_tokens::all::delete(&tx, &user, &by.actor, now).await?;
    let ended = sessions::close_all(&tx, id, None).await?;
    let entry = Entry::of_account(Act::SessionsEnded, user.into())
        .with(AuditDetailName::Sessions, ended.to_string());
    audit::record(&tx, &by.actor, entry, now).await?;
    tx.commit().await?;
    Ok(())
}
