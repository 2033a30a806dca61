//! An account as others see it: in the list, and with what its person has and did.

use contract::accounts::second_factor::SecondFactorFor;
use contract::accounts::users::{Block, LetterCounts, UserDetail, UserView};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::accounts::api_tokens;
use crate::accounts::deletion::owns;
use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::second_factor;
use crate::accounts::sessions::entity as session;
use crate::app::App;
use crate::database::count;
use crate::delivery::ledger::counts;
use crate::problem::ApiError;

/// An account as it is read, and its version.
pub type Versioned = (UserDetail, i64);

pub async fn read(app: &App, id: i64) -> Result<Versioned, ApiError> {
    let db = app.database.read();
    detail(app, db, find::account(db, id).await?).await
}

/// One account with what its person has and did.
pub async fn detail(
    app: &App,
    db: &impl ConnectionTrait,
    user: user::Model,
) -> Result<Versioned, ApiError> {
    let now = app.clock.now();
    let version = user.version;
    let sessions = session::Entity::find()
        .filter(session::Column::UserId.eq(user.id))
        .filter(session::Column::ExpiresAt.gt(now));
    let letters = counts::of_owner(db, user.id).await?;
    let detail = UserDetail {
        owns: owns::of(db, user.id).await?,
        letters: LetterCounts {
            sent: letters.sent,
            failed: letters.failed,
            queued: letters.queued + letters.sending,
            skipped: letters.skipped,
            unknown: letters.unknown,
        },
        sessions: count::exact(db, sessions).await?,
        api_tokens: api_tokens::all::working(db, user.id, now).await?,
        user: view(user, app.config.accounts.second_factor),
    };
    Ok((detail, version))
}

pub fn view(user: user::Model, second_factor_for: SecondFactorFor) -> UserView {
    let second_factor = second_factor::state(second_factor_for, &user);
    let user::Model {
        id,
        email,
        email_key: _,
        full_name,
        name_key: _,
        role,
        language,
        time_zone,
        phone,
        phone_verified_at,
        city,
        avatar,
        password_hash: _,
        second_factor_nonce: _,
        second_factor_at: _,
        second_factor_step: _,
        confirmed_at,
        blocked_at,
        block_reason,
        blocked_by,
        deleted_at: _,
        swept_at: _,
        last_seen_at,
        version: _,
        created_at,
        updated_at: _,
    } = user;
    UserView {
        id,
        email,
        full_name,
        role: role.into(),
        language: language.into(),
        time_zone,
        phone,
        phone_verified_at,
        city,
        avatar_url: avatar.map(|file| format!("/api/v1/users/{id}/avatar?v={file}")),
        confirmed_at,
        blocked: blocked_at.map(|at| Block {
            at,
            by: blocked_by.unwrap_or_default(),
            reason: block_reason.unwrap_or_default(),
        }),
        second_factor,
        last_seen_at,
        created_at,
    }
}
