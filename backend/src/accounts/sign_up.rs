//! Signing up: an account, and the letter that confirms its address.

use sea_orm::ConnectionTrait;

use super::entity as user;
use super::links::{self, Purpose};
use super::service;
use crate::app::App;
use crate::problem::ApiError;

/// The account whose confirmation was asked for again, and the new link; none where there is no such account, or it
/// is confirmed already, or blocked. The letter goes to the account's address, not to the one that was typed. It is
/// asked when the letter is written, for the reason that [`super::password_reset::resolve`] gives.
pub async fn resolve_again(
    app: &App,
    tx: &impl ConnectionTrait,
    typed: &str,
) -> Result<Option<(user::Model, links::Model)>, ApiError> {
    let user = service::find_by_email(tx, typed).await?;
    let Some(user) = user.filter(waits_to_be_confirmed) else {
        return Ok(None);
    };
    let (works_for, now) = (app.config.accounts.confirm_for, app.clock.now());
    let link = links::make(tx, user.id, Purpose::Confirm, None, works_for, now).await?;
    Ok(Some((user, link)))
}

fn waits_to_be_confirmed(user: &user::Model) -> bool {
    user.confirmed_at.is_none() && user.blocked_at.is_none() && user.deleted_at.is_none()
}
