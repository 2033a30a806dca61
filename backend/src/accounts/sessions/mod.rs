//! Sessions: opened at sign-in, renewed by their refresh token, looked up at each request.
//!
//! A session is proved by a short-lived access token (a JWT, kept in the page's memory), and renewed by a refresh token
//! in an HttpOnly cookie, which changes at each use. Every request looks its session up, so that an account that is
//! blocked or signed out is out at once.
//!
//! A session ends when it was not used for a while, and in any case some time after the person first signed in: the
//! instant at which it ends is never later than that. An account has so many sessions at once and no more.

pub mod cookie;
pub mod entity;
mod list;
mod prove;
pub mod routes;
pub mod sign_in;

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use self::entity as session;
use crate::accounts::entity as user;
use crate::accounts::tokens::{self, Claims, RefreshToken, Tokens};
use crate::config::AuthConfig;
use crate::http::client::Client;
use crate::problem::ApiError;

/// For so long after a rotation the token before it gives the current one again: two tabs, or a lost answer.
const REPLACED_FOR: Duration = Duration::from_secs(20);

/// What became of a session that was to be renewed.
#[derive(Debug)]
pub enum Renewal {
    Renewed(session::Model),
    /// There is no such session any more, or it was never opened.
    Nothing,
    /// An old token came back: it was stolen, or its successor was. The session ended.
    Stolen(Box<user::Model>),
}

/// Opens a session for somebody who has proved, with all their factors, who they are. Where the account has as many
/// as it may have, the one unused for longest ends.
pub async fn open(
    tx: &impl ConnectionTrait,
    auth: &AuthConfig,
    user_id: i64,
    client: Client,
    now: DateTime<Utc>,
) -> Result<session::Model, ApiError> {
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(user_id))
        .filter(session::Column::ExpiresAt.lte(now))
        .exec(tx)
        .await?;
    let kept = auth.sessions_per_account.saturating_sub(1);
    let unused: Vec<i64> = session::Entity::find()
        .filter(session::Column::UserId.eq(user_id))
        .order_by_desc(session::Column::RotatedAt)
        .order_by_desc(session::Column::Id)
        .offset(kept)
        // SQLite takes no offset without a limit.
        .limit(i32::MAX as u64)
        .select_only()
        .column(session::Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    session::Entity::delete_many()
        .filter(session::Column::Id.is_in(unused))
        .exec(tx)
        .await?;
    insert(tx, auth, user_id, client, now, now).await
}

/// Opens a session in place of one whose person has proved again who they are. It does not live longer for it.
pub async fn replace(
    tx: &impl ConnectionTrait,
    auth: &AuthConfig,
    old: session::Model,
    now: DateTime<Utc>,
) -> Result<session::Model, ApiError> {
    let ended = session::Entity::delete_by_id(old.id).exec(tx).await?;
    if ended.rows_affected == 0 {
        // It was ended meanwhile.
        return Err(ApiError::SignedOut);
    }
    let client = Client {
        address: old.client,
        user_agent: old.user_agent,
    };
    insert(tx, auth, old.user_id, client, old.created_at, now).await
}

/// The session and its user, if both still hold.
pub async fn find(
    db: &impl ConnectionTrait,
    claims: &Claims,
    now: DateTime<Utc>,
) -> Result<Option<(session::Model, user::Model)>, DbErr> {
    let Some(session) = session::Entity::find_by_id(claims.sid).one(db).await? else {
        return Ok(None);
    };
    if session.expires_at <= now || session.user_id != claims.sub {
        return Ok(None);
    }
    let user = user::Entity::find_by_id(session.user_id).one(db).await?;
    Ok(user
        .filter(user::Model::is_active)
        .map(|user| (session, user)))
}

/// Renews a session: each refresh token works once.
pub async fn refresh(
    tx: &impl ConnectionTrait,
    auth: &AuthConfig,
    tokens: &Tokens,
    token: &RefreshToken,
    now: DateTime<Utc>,
) -> Result<Renewal, DbErr> {
    let Some(current) = session::Entity::find_by_id(token.session_id)
        .one(tx)
        .await?
        .filter(|session| tokens.proves(token, session))
    else {
        return Ok(Renewal::Nothing);
    };
    // The account before its session, as everybody has it who changes both: else each could wait for the other.
    user::Entity::find_by_id(current.user_id)
        .select_only()
        .column(user::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<i64>()
        .one(tx)
        .await?;
    let claims = Claims {
        sub: current.user_id,
        sid: current.id,
        exp: 0,
    };
    let Some((current, user)) = find(tx, &claims, now).await? else {
        return Ok(Renewal::Nothing);
    };
    if token.generation == current.generation {
        let expires_at = expiry(auth, current.created_at, now);
        session::Entity::update_many()
            .col_expr(
                session::Column::Generation,
                Expr::value(current.generation + 1),
            )
            .col_expr(session::Column::RotatedAt, Expr::value(now))
            .col_expr(session::Column::ExpiresAt, Expr::value(expires_at))
            .filter(session::Column::Id.eq(current.id))
            .filter(session::Column::Generation.eq(current.generation))
            .exec(tx)
            .await?;
        // Where another tab was quicker, what it got is given here too.
        let renewed = session::Entity::find_by_id(current.id).one(tx).await?;
        return Ok(renewed.map_or(Renewal::Nothing, Renewal::Renewed));
    }
    let replaced_just_now = (now - current.rotated_at).to_std().unwrap_or_default() < REPLACED_FOR;
    if token.generation + 1 == current.generation && replaced_just_now {
        return Ok(Renewal::Renewed(current));
    }
    tracing::warn!(
        session = current.id,
        "an old refresh token was used again; its session ends"
    );
    close(tx, current.id).await?;
    Ok(Renewal::Stolen(Box::new(user)))
}

/// Ends a session.
pub async fn close(tx: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    session::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Ends all sessions of an account but one, or all. Tells how many.
pub async fn close_all(
    tx: &impl ConnectionTrait,
    user_id: i64,
    except: Option<i64>,
) -> Result<u64, DbErr> {
    let ended = session::Entity::delete_many()
        .filter(session::Column::UserId.eq(user_id))
        .filter(session::Column::Id.ne(except.unwrap_or_default()))
        .exec(tx)
        .await?;
    Ok(ended.rows_affected)
}

async fn insert(
    tx: &impl ConnectionTrait,
    auth: &AuthConfig,
    user_id: i64,
    client: Client,
    created_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<session::Model, ApiError> {
    let Client {
        address,
        user_agent,
    } = client;
    let session = session::ActiveModel {
        user_id: Set(user_id),
        secret: Set(tokens::random_text()?),
        generation: Set(1),
        rotated_at: Set(now),
        created_at: Set(created_at),
        expires_at: Set(expiry(auth, created_at, now)),
        client: Set(address),
        user_agent: Set(user_agent),
        proved_at: Set(Some(now)),
        ..Default::default()
    };
    Ok(session.insert(tx).await?)
}

/// When a session ends that is not used from now on.
fn expiry(auth: &AuthConfig, created_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    (now + auth.session_for).min(created_at + auth.session_limit)
}
