//! Turning the second factor on and off.

use chrono::{DateTime, Utc};
use contract::accounts::SecondFactorState;
use contract::accounts::second_factor::{
    RecoveryCodes, SecondFactorSetup, SecondFactorStart, SecondFactorView,
};
use contract::audit::{Act, AuditDetailName};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, QuerySelect, Set};

use super::totp::{self, Seed};
use super::{check, recovery, setup, state};
use crate::accounts::api_tokens;
use crate::accounts::entity::{ActiveModel, Entity, Model};
use crate::accounts::find;
use crate::accounts::sessions;
use crate::accounts::tokens;
use crate::accounts::users::overseer::Overseer;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::http::caller::CurrentUser;
use crate::notices::{self, Addressee, Notice};
use crate::problem::ApiError;

pub async fn view(app: &App, caller: &CurrentUser) -> Result<SecondFactorView, ApiError> {
    let db = app.database.read();
    let user = Entity::find_by_id(caller.id)
        .one(db)
        .await?
        .ok_or(ApiError::SignedOut)?;
    Ok(SecondFactorView {
        state: state(app.config.accounts.second_factor, &user),
        on_since: user.second_factor_at,
        recovery_codes_left: recovery::left(db, user.id).await?,
    })
}

/// Makes a secret for the app. It is not in force before a code of it comes back.
pub async fn begin(app: &App, caller: &CurrentUser) -> Result<SecondFactorSetup, ApiError> {
    let user = Entity::find_by_id(caller.id)
        .one(app.database.read())
        .await?
        .ok_or(ApiError::SignedOut)?;
    if user.second_factor_nonce.is_some() {
        return Err(ApiError::SecondFactorState);
    }
    let nonce = tokens::random_text()?;
    let seed = Seed::derive(&app.tokens, user.id, &nonce);
    Ok(SecondFactorSetup {
        secret: seed.text(),
        url: seed.url(&app.config.instance.name, &user.email),
        setup: setup::sign(&app.tokens, user.id, &nonce, app.clock.now()),
    })
}

/// Puts the secret in force. Whoever is signed in elsewhere signed in without it: those sessions end.
pub async fn turn_on(
    app: &App,
    caller: &CurrentUser,
    start: SecondFactorStart,
) -> Result<RecoveryCodes, ApiError> {
    let SecondFactorStart { setup, code } = start;
    let now = app.clock.now();
    let nonce = setup::read(&app.tokens, caller.id, &setup, now).ok_or_else(begin_again)?;
    check::take_try(app, caller.id).await?;
    let seed = Seed::derive(&app.tokens, caller.id, &nonce);
    let step = match totp::digits(&code) {
        Some(digits) => seed.step_of(&digits, now)?,
        None => None,
    };
    let step = step.ok_or_else(wrong_code)?;
    let tx = app.database.write().await?;
    let user = held(&tx, caller).await?;
    if user.second_factor_nonce.is_some() {
        return Err(ApiError::SecondFactorState);
    }
    let changed = ActiveModel {
        id: Set(user.id),
        second_factor_nonce: Set(Some(nonce)),
        second_factor_at: Set(Some(now)),
        second_factor_step: Set(Some(step)),
        version: Set(user.version + 1),
        updated_at: Set(now),
        ..Default::default()
    };
    changed.update(&tx).await?;
    let codes = recovery::make(&tx, &app.tokens, user.id).await?;
    check::give_tries_back(app, &tx, user.id).await?;
    let notice = Notice::SecondFactorOn {
        client: caller.client.clone(),
    };
    notices::tell(&tx, Addressee::from(&user), &notice, now).await?;
    end_others_and_record(app, &tx, caller, Act::SecondFactorOn).await?;
    tx.commit().await?;
    Ok(RecoveryCodes { codes })
}

/// Lets the password alone sign in again.
pub async fn turn_off(app: &App, caller: &CurrentUser) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let user = held_with_second_factor(&tx, caller).await?;
    let without = Model {
        second_factor_nonce: None,
        ..user.clone()
    };
    if state(app.config.accounts.second_factor, &without) == SecondFactorState::Required {
        return Err(ApiError::SecondFactorState);
    }
    take_off(&tx, &user, &caller.client, now).await?;
    end_others_and_record(app, &tx, caller, Act::SecondFactorOff).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the second factor off somebody whose app and recovery codes are lost, or whose factor is somebody else's:
/// whoever runs the service vouches for them. They are signed out everywhere, and their API tokens are deleted.
pub async fn reset(app: &App, by: &Overseer, id: i64) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let user = find::held(&tx, id).await?;
    if user.second_factor_nonce.is_none() {
        return Err(ApiError::SecondFactorState);
    }
    take_off(&tx, &user, &by.actor.client, now).await?;
    let ended = sessions::close_all(&tx, id, None).await?;
    api_tokens::all::delete(&tx, &user, &by.actor, now).await?;
    let entry = Entry::of_account(Act::SecondFactorOff, user.into())
        .with(AuditDetailName::Sessions, ended.to_string());
    audit::record(&tx, &by.actor, entry, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn take_off(
    tx: &impl ConnectionTrait,
    user: &Model,
    client: &str,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let changed = ActiveModel {
        id: Set(user.id),
        second_factor_nonce: Set(None),
        second_factor_at: Set(None),
        second_factor_step: Set(None),
        version: Set(user.version + 1),
        updated_at: Set(now),
        ..Default::default()
    };
    changed.update(tx).await?;
    recovery::forget(tx, user.id).await?;
    let notice = Notice::SecondFactorOff {
        client: client.to_owned(),
    };
    notices::tell(tx, Addressee::from(user), &notice, now).await?;
    Ok(())
}

/// Makes new recovery codes in place of those there are.
pub async fn renew_recovery_codes(
    app: &App,
    caller: &CurrentUser,
) -> Result<RecoveryCodes, ApiError> {
    let tx = app.database.write().await?;
    let user = held_with_second_factor(&tx, caller).await?;
    let codes = recovery::make(&tx, &app.tokens, user.id).await?;
    let entry = Entry::of_account(Act::RecoveryCodesRenewed, user.into());
    audit::record(&tx, &Actor::from(caller), entry, app.clock.now()).await?;
    tx.commit().await?;
    Ok(RecoveryCodes { codes })
}

async fn end_others_and_record(
    app: &App,
    tx: &impl ConnectionTrait,
    caller: &CurrentUser,
    act: Act,
) -> Result<(), ApiError> {
    let ended = sessions::close_all(tx, caller.id, caller.session_id()).await?;
    let entry =
        Entry::of_account(act, caller.into()).with(AuditDetailName::Sessions, ended.to_string());
    audit::record(tx, &Actor::from(caller), entry, app.clock.now()).await
}

async fn held_with_second_factor(
    tx: &impl ConnectionTrait,
    caller: &CurrentUser,
) -> Result<Model, ApiError> {
    held(tx, caller)
        .await
        .and_then(|user| match user.second_factor_nonce {
            Some(_) => Ok(user),
            None => Err(ApiError::SecondFactorState),
        })
}

/// The caller's account, held until the transaction ends.
async fn held(tx: &impl ConnectionTrait, caller: &CurrentUser) -> Result<Model, ApiError> {
    Entity::find_by_id(caller.id)
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(ApiError::SignedOut)
}

fn begin_again() -> ApiError {
    let message = "has expired, or was not given to you: begin again";
    let error = FieldError::new(FieldCode::OutOfRange, message);
    FieldErrors::one("setup", error).into()
}

fn wrong_code() -> ApiError {
    let error = FieldError::new(FieldCode::WrongCode, "is not the code that the app shows");
    FieldErrors::one("code", error).into()
}
