//! A link by which somebody chooses a password: administrators send it, and never choose one for others.

use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::audit::Act;
use sea_orm::ConnectionTrait;

use super::overseer::Overseer;
use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::links::{self, Purpose};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::notices::{self, Addressee, Notice};
use crate::problem::ApiError;

/// Sends somebody a link to a new password, or to their first one.
pub async fn send(app: &App, by: &Overseer, id: i64) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let user = find::held(&tx, id).await?;
    by.reaches(&user)?;
    send_in(&tx, &user, works_for(app, &user), now).await?;
    let entry = Entry::of_account(Act::PasswordLinkSent, user.into());
    audit::record(&tx, &by.actor, entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the same link to be handed over by other means; gives its address.
pub async fn hand_over(app: &App, by: &Overseer, id: i64) -> Result<String, ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let user = find::held(&tx, id).await?;
    let works_for = app.config.accounts.reset_for;
    let link = links::make(&tx, id, Purpose::Password, None, works_for, now).await?;
    let entry = Entry::of_account(Act::PasswordLinkSent, user.into());
    audit::record(&tx, &by.actor, entry, now).await?;
    tx.commit().await?;
    let page = app.config.http.public_url.trim_end_matches('/');
    let token = links::token(&app.tokens, &link);
    Ok(format!("{page}/reset-password?token={token}"))
}

/// Sends the link as a part of another act. It goes to the account's address, confirmed or not: only who reads it
/// gets in.
pub async fn send_in(
    tx: &impl ConnectionTrait,
    user: &user::Model,
    works_for: Duration,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let link = links::make(tx, user.id, Purpose::Password, None, works_for, now).await?;
    let notice = Notice::PasswordLink { link_id: link.id };
    notices::tell(tx, Addressee::from(user), &notice, now).await?;
    Ok(())
}

/// Who was invited and has no password yet is given as long as for an invitation.
fn works_for(app: &App, user: &user::Model) -> Duration {
    let accounts = &app.config.accounts;
    if user.password_hash.is_empty() {
        accounts.invitation_for
    } else {
        accounts.reset_for
    }
}
