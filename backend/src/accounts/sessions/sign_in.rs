//! Signing in, staying signed in, signing out.

use chrono::{DateTime, Utc};
use contract::accounts::{AccessToken, Login};
use contract::audit::Act;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::entity as session;
use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::limits;
use crate::accounts::second_factor::check::{self, Checked};
use crate::accounts::sessions::{self, Renewal};
use crate::accounts::tokens::RefreshToken;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::config::Secret;
use crate::http::client::Client;
use crate::problem::ApiError;

/// What a session is proved and renewed by.
#[derive(Debug)]
pub struct SignedIn {
    pub access: AccessToken,
    pub refresh_token: String,
}

/// Opens a session. Whether an address is known shows neither in the answer nor in the time it takes; that an
/// account is blocked or not confirmed, or has a second factor, learns only who knows its password.
pub async fn sign_in(app: &App, login: Login, client: Client) -> Result<SignedIn, ApiError> {
    let Login {
        email,
        password,
        code,
    } = login;
    limits::sign_in(app, &email, &client).await?;
    let user = find::by_email(app.database.read(), &email).await?;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let right = app.passwords.check(Secret::new(password), hash).await?;
    let user = user.filter(|_| right).ok_or(ApiError::WrongCredentials)?;
    if user.blocked_at.is_some() {
        return Err(ApiError::Blocked);
    }
    if user.confirmed_at.is_none() {
        return Err(ApiError::Unconfirmed);
    }
    let code = check::asked_for(app, &user, code).await?;
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let user = unchanged(&tx, user).await?;
    let actor = Actor::account(&user, &client.address);
    if let Some(code) = code
        && check::check(app, &tx, &user, &actor, &code, now).await? == Checked::Wrong
    {
        // Also that it failed is written.
        tx.commit().await?;
        return Err(ApiError::WrongCode);
    }
    let session = enter(app, &tx, user, client, now).await?;
    tx.commit().await?;
    signed_in(app, &session)
}

/// Opens a session for somebody who has proved, with all their factors, who they are.
pub(in crate::accounts) async fn enter(
    app: &App,
    tx: &impl ConnectionTrait,
    user: user::Model,
    client: Client,
    now: DateTime<Utc>,
) -> Result<session::Model, ApiError> {
    limits::signed_in(app, tx, &user.email, &client).await?;
    seen(app, tx, user.id).await?;
    let actor = Actor::account(&user, &client.address);
    let session = sessions::open(tx, &app.config.auth, user.id, client, now).await?;
    let entry = Entry::of_account(Act::SignedIn, user.into());
    audit::record(tx, &actor, entry, now).await?;
    Ok(session)
}

/// Renews a session by its refresh token, which changes with it. The access token, where one is still held, only tells
/// why a session is no more.
pub async fn refresh(
    app: &App,
    token: Option<RefreshToken>,
    access_token: Option<&str>,
    client: &Client,
) -> Result<SignedIn, ApiError> {
    let token = token.ok_or(ApiError::SignedOut)?;
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let renewal = sessions::refresh(&tx, &app.config.auth, &app.tokens, &token, now).await?;
    let session = match renewal {
        Renewal::Renewed(session) => {
            seen(app, &tx, session.user_id).await?;
            Some(session)
        }
        Renewal::Nothing => None,
        Renewal::Stolen(user) => {
            let actor = Actor::account(&user, &client.address);
            let entry = Entry::of_account(Act::SessionStolen, (*user).into());
            audit::record(&tx, &actor, entry, now).await?;
            None
        }
    };
    // Also where the session ended: that, too, was written.
    tx.commit().await?;
    match session {
        Some(session) => signed_in(app, &session),
        None => Err(why_it_ended(app, access_token, now).await?),
    }
}

/// Whoever still holds an access token of an account learns that it was blocked; for others there is no session, and
/// that is all.
async fn why_it_ended(
    app: &App,
    access_token: Option<&str>,
    now: DateTime<Utc>,
) -> Result<ApiError, DbErr> {
    let claims = access_token.and_then(|token| app.tokens.read_access_token(token, now));
    let Some(claims) = claims else {
        return Ok(ApiError::SignedOut);
    };
    let user = user::Entity::find_by_id(claims.sub)
        .one(app.database.read())
        .await?;
    let blocked = user.is_some_and(|user| user.blocked_at.is_some());
    Ok(if blocked {
        ApiError::Blocked
    } else {
        ApiError::SignedOut
    })
}

/// Ends the session that the refresh token or the access token belongs to. What belongs to none is gone already.
pub async fn sign_out(
    app: &App,
    token: Option<RefreshToken>,
    session_id: Option<i64>,
) -> Result<(), ApiError> {
    if token.is_none() && session_id.is_none() {
        return Ok(());
    }
    let tx = app.database.write().await?;
    if let Some(id) = session_id {
        sessions::close(&tx, id).await?;
    }
    if let Some(token) = token {
        let session = session::Entity::find_by_id(token.session_id)
            .one(&tx)
            .await?;
        if session.is_some_and(|session| app.tokens.proves(&token, &session)) {
            sessions::close(&tx, token.session_id).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// The account, held until the transaction ends, if it is still as it was when its password was checked: that takes
/// a while, and meanwhile the account may have been blocked, or given another password or a second factor.
pub async fn unchanged(
    tx: &impl ConnectionTrait,
    checked: user::Model,
) -> Result<user::Model, ApiError> {
    let user = user::Entity::find_by_id(checked.id)
        .lock_exclusive()
        .one(tx)
        .await?;
    user.filter(|user| {
        user.is_active()
            && user.password_hash == checked.password_hash
            && user.second_factor_nonce == checked.second_factor_nonce
    })
    .ok_or(ApiError::WrongCredentials)
}

/// What is given to somebody whose session this is.
pub fn signed_in(app: &App, session: &session::Model) -> Result<SignedIn, ApiError> {
    Ok(SignedIn {
        access: AccessToken {
            access_token: app.tokens.access_token(session, app.clock.now())?,
            expires_in: app.tokens.access_for().as_secs(),
        },
        refresh_token: app.tokens.refresh_token(session),
    })
}

async fn seen(app: &App, tx: &impl ConnectionTrait, user_id: i64) -> Result<(), DbErr> {
    user::Entity::update_many()
        .col_expr(user::Column::LastSeenAt, Expr::value(Some(app.clock.now())))
        .filter(user::Column::Id.eq(user_id))
        .exec(tx)
        .await?;
    Ok(())
}
