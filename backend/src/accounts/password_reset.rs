//! Getting in again when the password is forgotten: a link to a new one, by letter.

use sea_orm::ConnectionTrait;

use super::entity as user;
use super::links::{self, Purpose};
use super::service;
use crate::app::App;
use crate::problem::ApiError;

/// The account that a new password was asked for, and the link to choose it by; none where there is no such account,
/// or it is not confirmed, or blocked. The letter goes to the account's address, not to the one that was typed: two
/// that have the same key may still be two mailboxes.
///
/// It is asked when the letter is written, not when the link is asked for: so nobody learns by the time that takes
/// whether there is such an account.
pub async fn resolve(
    app: &App,
    tx: &impl ConnectionTrait,
    typed: &str,
) -> Result<Option<(user::Model, links::Model)>, ApiError> {
    let user = service::find_by_email(tx, typed).await?;
    let Some(user) = user.filter(user::Model::is_active) else {
        return Ok(None);
    };
    let (works_for, now) = (app.config.accounts.reset_for, app.clock.now());
    let link = links::make(tx, user.id, Purpose::Password, None, works_for, now).await?;
    Ok(Some((user, link)))
}
