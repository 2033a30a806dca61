//! Sessions: opened at sign-in, renewed by their refresh token, looked up at each request.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set,
};

use super::entity as user;
use super::session_entity as session;
use super::tokens::{self, Claims, RefreshToken, Tokens};
use crate::problem::ApiError;

/// For so long after a rotation the token before it gives the current one again: two tabs, or a lost answer.
const REPLACED_FOR: Duration = Duration::from_secs(20);

/// What opened a session.
#[derive(Clone, Debug, Default)]
pub struct Client {
    pub address: String,
    pub user_agent: String,
}

/// Opens a session for somebody who has proved who they are.
pub async fn open(
    tx: &impl ConnectionTrait,
    user_id: i64,
    client: Client,
    session_for: Duration,
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
        created_at: Set(now),
        expires_at: Set(now + session_for),
        client: Set(address),
        user_agent: Set(user_agent),
        // It is opened by who has just proved, with all their factors, that it is them.
        proved_at: Set(Some(now)),
        ..Default::default()
    };
    Ok(session.insert(tx).await?)
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

/// Renews a session: each refresh token works once. An old one that comes back was stolen, or its successor was:
/// the session ends.
pub async fn refresh(
    tx: &impl ConnectionTrait,
    tokens: &Tokens,
    token: &RefreshToken,
    session_for: Duration,
    now: DateTime<Utc>,
) -> Result<Option<session::Model>, DbErr> {
    let Some(current) = session::Entity::find_by_id(token.session_id)
        .one(tx)
        .await?
    else {
        return Ok(None);
    };
    if !tokens.proves(token, &current) || current.expires_at <= now {
        return Ok(None);
    }
    let claims = Claims {
        sub: current.user_id,
        sid: current.id,
        exp: 0,
    };
    if find(tx, &claims, now).await?.is_none() {
        return Ok(None);
    }
    if token.generation == current.generation {
        session::Entity::update_many()
            .col_expr(
                session::Column::Generation,
                Expr::value(current.generation + 1),
            )
            .col_expr(session::Column::RotatedAt, Expr::value(now))
            .col_expr(session::Column::ExpiresAt, Expr::value(now + session_for))
            .filter(session::Column::Id.eq(current.id))
            .filter(session::Column::Generation.eq(current.generation))
            .exec(tx)
            .await?;
        // Where another tab was quicker, what it got is given here too.
        return session::Entity::find_by_id(current.id).one(tx).await;
    }
    let replaced_just_now = (now - current.rotated_at).to_std().unwrap_or_default() < REPLACED_FOR;
    if token.generation + 1 == current.generation && replaced_just_now {
        return Ok(Some(current));
    }
    tracing::warn!(
        session = current.id,
        "an old refresh token was used again; its session ends"
    );
    close(tx, current.id).await?;
    Ok(None)
}

/// Ends a session.
pub async fn close(tx: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    session::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
