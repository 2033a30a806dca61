//! Letting somebody out, and in again.
//!
//! Who is blocked is out at once: sessions end, API tokens are of no use, and letters that are already with a sender
//! are taken back. What they had planned waits; what was missed meanwhile is not made up.

use contract::accounts::users::NewBlock;
use contract::audit::{Act, AuditDetailName};
use sea_orm::{ActiveModelTrait, Set};

use super::admins::Admins;
use super::overseer::Overseer;
use super::tell;
use super::view::{self, Versioned};
use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::sessions;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::delivery::rules;
use crate::notices::Notice;
use crate::problem::ApiError;

/// Blocks somebody. Who is blocked already stays so, for the reason that was given first.
pub async fn block(
    app: &App,
    by: &Overseer,
    id: i64,
    new: NewBlock,
) -> Result<Versioned, ApiError> {
    let reason = new.check()?;
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let admins = Admins::hold(&tx).await?;
    let user = find::held(&tx, id).await?;
    by.not_oneself(id)?;
    by.reaches(&user)?;
    if user.blocked_at.is_some() {
        return view::detail(app, &tx, user).await;
    }
    admins.without(id)?;
    let blocked = user::ActiveModel {
        id: Set(id),
        blocked_at: Set(Some(now)),
        block_reason: Set(Some(reason.clone())),
        blocked_by: Set(Some(by.actor.name.clone())),
        version: Set(user.version + 1),
        updated_at: Set(now),
        ..Default::default()
    };
    let user = blocked.update(&tx).await?;
    sessions::close_all(&tx, id, None).await?;
    // Letters that are already with a sender are taken back.
    rules::bump(&tx).await?;
    let entry = Entry::of_account(Act::UserBlocked, user.clone().into())
        .with(AuditDetailName::Reason, reason.clone());
    audit::record(&tx, &by.actor, entry, now).await?;
    tell::person(&tx, &user, &Notice::Blocked { reason }, now).await?;
    let answer = view::detail(app, &tx, user).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Lets somebody in again. Who is not blocked stays as they are.
pub async fn unblock(app: &App, by: &Overseer, id: i64) -> Result<Versioned, ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let user = find::held(&tx, id).await?;
    by.reaches(&user)?;
    if user.blocked_at.is_none() {
        return view::detail(app, &tx, user).await;
    }
    let unblocked = user::ActiveModel {
        id: Set(id),
        blocked_at: Set(None),
        block_reason: Set(None),
        blocked_by: Set(None),
        version: Set(user.version + 1),
        updated_at: Set(now),
        ..Default::default()
    };
    let user = unblocked.update(&tx).await?;
    rules::bump(&tx).await?;
    let entry = Entry::of_account(Act::UserUnblocked, user.clone().into());
    audit::record(&tx, &by.actor, entry, now).await?;
    tell::person(&tx, &user, &Notice::Unblocked, now).await?;
    let answer = view::detail(app, &tx, user).await?;
    tx.commit().await?;
    Ok(answer)
}
