//! The end of an account: its own data goes, what was counted stays without the person.
//!
//! At once, in one short transaction, the person is out and the row emptied: no address, no name, no way in, nothing
//! of theirs being sent. What they owned goes in short steps behind it ([`sweep`]). The row stays, so that the
//! ledger's owners stay apart; it is nobody's any more.

mod audit_log;
mod letters;
mod messages;
pub mod owns;
mod possessions;
pub mod routes;
pub mod sweep;
mod ways_in;

use chrono::{DateTime, Utc};
use contract::audit::Act;
use contract::delivery::EndReason;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::users::admins::Admins;
use crate::accounts::users::overseer::Overseer;
use crate::accounts::users::tell;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::database::search::{self, Kind};
use crate::delivery::entity::run::{self, EndReasonWord, RunStateWord};
use crate::delivery::rules;
use crate::http::caller::CurrentUser;
use crate::http::version::IfMatch;
use crate::mailings::entity::{self as mailing, StatusWord};
use crate::notices::Notice;
use crate::problem::ApiError;

/// Deletes somebody else's account.
pub async fn delete_user(app: &App, by: &Overseer, id: i64, read: IfMatch) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let admins = Admins::hold(&tx).await?;
    let user = find::held(&tx, id).await?;
    read.check(user.version)?;
    by.not_oneself(id)?;
    by.reaches(&user)?;
    admins.without(id)?;
    delete(&tx, user, &by.actor, Act::UserDeleted, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes the caller's own account.
pub async fn delete_own(app: &App, caller: &CurrentUser) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let admins = Admins::hold(&tx).await?;
    let user = find::held(&tx, caller.id).await?;
    admins.without(caller.id)?;
    delete(&tx, user, &caller.into(), Act::AccountDeleted, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn delete(
    tx: &impl ConnectionTrait,
    user: user::Model,
    by: &Actor,
    act: Act,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let entry = Entry::of_account(act, user.clone().into());
    audit::record(tx, by, entry, now).await?;
    audit_log::forget_invitations(tx, &user.email).await?;
    stop_mailings(tx, user.id, by, now).await?;
    ways_in::close(tx, user.id).await?;
    search::forget(tx, Kind::User, user.id).await?;
    tell::former(tx, &user, &Notice::AccountDeleted, now).await?;
    empty(tx, user, now).await
}

/// Nothing more is sent: what is planned is completed, what is queued will be skipped.
async fn stop_mailings(
    tx: &impl ConnectionTrait,
    owner_id: i64,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let nothing = None::<DateTime<Utc>>;
    mailing::Entity::update_many()
        .col_expr(mailing::Column::Status, Expr::value(StatusWord::Completed))
        .col_expr(mailing::Column::NextRunAt, Expr::value(nothing))
        .col_expr(mailing::Column::StoppedAt, Expr::value(Some(now)))
        .col_expr(mailing::Column::StoppedBy, Expr::value(by.name.clone()))
        .col_expr(mailing::Column::CompletedAt, Expr::value(Some(now)))
        .filter(mailing::Column::OwnerId.eq(owner_id))
        .filter(mailing::Column::Status.ne(StatusWord::Completed))
        .exec(tx)
        .await?;
    // After the mailings: a run that was being started held its mailing until it was written.
    let reason = EndReasonWord::from(EndReason::Stopped);
    run::Entity::update_many()
        .col_expr(run::Column::CloseReason, Expr::value(reason))
        .filter(run::Column::OwnerId.eq(owner_id))
        .filter(run::Column::State.ne(RunStateWord::Finished))
        .filter(run::Column::CloseReason.is_null())
        .exec(tx)
        .await?;
    rules::bump(tx).await?;
    Ok(())
}

/// Leaves a row without a person.
async fn empty(
    tx: &impl ConnectionTrait,
    user: user::Model,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let user::Model {
        id,
        email: _,
        email_key: _,
        full_name: _,
        name_key: _,
        // It counts no more among those who have it.
        role: _,
        language,
        time_zone: _,
        phone: _,
        phone_verified_at: _,
        city: _,
        // Its file is deleted by the sweep, which needs to know it.
        avatar,
        password_hash: _,
        second_factor_nonce: _,
        second_factor_at: _,
        second_factor_step: _,
        confirmed_at,
        blocked_at: _,
        block_reason: _,
        blocked_by: _,
        deleted_at: _,
        swept_at: _,
        last_seen_at: _,
        version,
        created_at,
        updated_at: _,
    } = user;
    let emptied = user::ActiveModel {
        id: Set(id),
        email: Set(String::new()),
        // No address is like this: it has no @.
        email_key: Set(format!("deleted.{id}")),
        full_name: Set(String::new()),
        name_key: Set(String::new()),
        role: Set(user::RoleWord::User),
        language: Set(language),
        time_zone: Set("UTC".to_owned()),
        phone: Set(None),
        phone_verified_at: Set(None),
        city: Set(String::new()),
        avatar: Set(avatar),
        password_hash: Set(String::new()),
        second_factor_nonce: Set(None),
        second_factor_at: Set(None),
        second_factor_step: Set(None),
        confirmed_at: Set(confirmed_at),
        blocked_at: Set(None),
        block_reason: Set(None),
        blocked_by: Set(None),
        deleted_at: Set(Some(now)),
        swept_at: Set(None),
        last_seen_at: Set(None),
        version: Set(version + 1),
        created_at: Set(created_at),
        updated_at: Set(now),
    };
    emptied.update(tx).await?;
    Ok(())
}
