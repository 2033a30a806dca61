//! Checking a code: at sign-in, and where one proves again that it is oneself.
//!
//! Every code works once. How often one may try is limited per person, whoever tries from wherever.

use chrono::{DateTime, Utc};
use contract::audit::Act;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use super::recovery;
use super::totp::{self, Seed};
use crate::accounts::entity::{Column, Entity, Model};
use crate::accounts::limits::SECOND_FACTOR;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::limits;
use crate::notices::{self, Addressee, Notice};
use crate::problem::ApiError;

/// Whether a code was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Right,
    Wrong,
}

/// The code to be checked, where the account's second factor is on. It takes a try.
pub async fn asked_for(
    app: &App,
    user: &Model,
    code: Option<String>,
) -> Result<Option<String>, ApiError> {
    if user.second_factor_nonce.is_none() {
        return Ok(None);
    }
    let code = code
        .filter(|code| !code.trim().is_empty())
        .ok_or(ApiError::SecondFactorRequired)?;
    take_try(app, user.id).await?;
    Ok(Some(code))
}

pub async fn take_try(app: &App, user_id: i64) -> Result<(), ApiError> {
    limits::take(app, &[(SECOND_FACTOR, &user_id.to_string())]).await
}

/// Gives all tries back: the code was right.
pub async fn give_tries_back(
    app: &App,
    tx: &impl ConnectionTrait,
    user_id: i64,
) -> Result<(), ApiError> {
    Ok(limits::give_back(app, tx, &[(SECOND_FACTOR, &user_id.to_string())]).await?)
}

/// Takes a code of the app or a recovery code: it works no more. What was wrong is written down: commit also then.
pub async fn check(
    app: &App,
    tx: &impl ConnectionTrait,
    user: &Model,
    actor: &Actor,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Checked, ApiError> {
    let right = match totp::digits(code) {
        Some(digits) => take_step(app, tx, user, &digits, now).await?,
        None => take_recovery_code(app, tx, user, actor, code, now).await?,
    };
    if right {
        give_tries_back(app, tx, user.id).await?;
        return Ok(Checked::Right);
    }
    let entry = Entry::of_account(Act::SecondFactorFailed, user.clone().into());
    audit::record(tx, actor, entry, now).await?;
    Ok(Checked::Wrong)
}

async fn take_step(
    app: &App,
    tx: &impl ConnectionTrait,
    user: &Model,
    digits: &str,
    now: DateTime<Utc>,
) -> Result<bool, ApiError> {
    let Some(nonce) = &user.second_factor_nonce else {
        return Ok(false);
    };
    let seed = Seed::derive(&app.tokens, user.id, nonce);
    let Some(step) = seed.step_of(digits, now)? else {
        return Ok(false);
    };
    let not_taken = Condition::any()
        .add(Column::SecondFactorStep.is_null())
        .add(Column::SecondFactorStep.lt(step));
    // Of two who come at once with the same code, the one that moves the step has it.
    let taken = Entity::update_many()
        .col_expr(Column::SecondFactorStep, Expr::value(Some(step)))
        .filter(Column::Id.eq(user.id))
        .filter(not_taken)
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

async fn take_recovery_code(
    app: &App,
    tx: &impl ConnectionTrait,
    user: &Model,
    actor: &Actor,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool, ApiError> {
    if !recovery::take(tx, &app.tokens, user.id, code).await? {
        return Ok(false);
    }
    let entry = Entry::of_account(Act::RecoveryCodeUsed, user.clone().into());
    audit::record(tx, actor, entry, now).await?;
    let notice = Notice::RecoveryCodeUsed {
        client: actor.client.clone(),
        left: recovery::left(tx, user.id).await?,
    };
    notices::tell(tx, Addressee::from(user), &notice, now).await?;
    Ok(true)
}
