//! One's API tokens: listing, making and deleting them.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Utc};
use contract::accounts::api_tokens::{ApiTokenView, MadeApiToken, NewApiToken, TOKEN_NAME_LIMIT};
use contract::audit::{Act, AuditKind};
use contract::checks;
use contract::permissions::{Permission, Role};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use super::entity::{ActiveModel, Column, Entity, Model};
use super::key::{self, NewKey};
use crate::accounts::entity as user;
use crate::accounts::sessions::entity as session;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::http::caller::CurrentUser;
use crate::notices::{self, Addressee, Notice};
use crate::problem::ApiError;

/// So many tokens may one account have.
const LIMIT: u64 = 50;
/// The last year that both databases and RFC 3339 can write.
const LAST_YEAR: i32 = 9999;

/// One's tokens, the newest first.
pub async fn list(app: &App, caller: &CurrentUser) -> Result<Vec<ApiTokenView>, ApiError> {
    let tokens = Entity::find()
        .filter(Column::UserId.eq(caller.id))
        .order_by_desc(Column::Id)
        .all(app.database.read())
        .await?;
    tokens.into_iter().map(view).collect()
}

/// Makes a token.
pub async fn make(
    app: &App,
    caller: &CurrentUser,
    new: NewApiToken,
) -> Result<MadeApiToken, ApiError> {
    let now = app.clock.now();
    let Checked {
        name,
        scopes,
        expires_at,
    } = check(new, caller.role, now)?;
    let key = NewKey::make(&app.tokens)?;
    let tx = app.database.write().await?;
    let user = held(&tx, caller).await?;
    room_for_one(&tx, user.id).await?;
    let token = ActiveModel {
        user_id: Set(caller.id),
        name: Set(name),
        token_hash: Set(key.hash),
        ending: Set(key.ending),
        scopes: Set(serde_json::to_string(&scopes).map_err(ApiError::ours)?),
        created_at: Set(now),
        expires_at: Set(expires_at),
        ..Default::default()
    };
    let token = token.insert(&tx).await?;
    record(&tx, caller, Act::ApiTokenMade, &token, now).await?;
    let to = Addressee::from(&user);
    let notice = Notice::ApiTokenMade {
        name: token.name.clone(),
        client: caller.client.clone(),
    };
    notices::tell(&tx, to, &notice, now).await?;
    tx.commit().await?;
    Ok(MadeApiToken {
        view: view(token)?,
        token: key.text,
    })
}

/// Deletes a token: it opens nothing any more.
pub async fn delete(app: &App, caller: &CurrentUser, id: i64) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let token = Entity::find_by_id(id)
        .filter(Column::UserId.eq(caller.id))
        .one(&tx)
        .await?
        .ok_or(ApiError::NotFound)?;
    let gone = Entity::delete_by_id(token.id).exec(&tx).await?;
    // Of two who delete it at once, one did.
    if gone.rows_affected == 0 {
        return Err(ApiError::NotFound);
    }
    record(&tx, caller, Act::ApiTokenDeleted, &token, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// A token to be made, with nothing wrong.
struct Checked {
    name: String,
    scopes: BTreeSet<Permission>,
    expires_at: Option<DateTime<Utc>>,
}

fn check(new: NewApiToken, role: Role, now: DateTime<Utc>) -> Result<Checked, FieldErrors> {
    let mut errors = new.check().err().unwrap_or_default();
    let NewApiToken {
        name,
        scopes,
        expires_at,
    } = new;
    let scopes: BTreeSet<Permission> = scopes.into_iter().collect();
    for scope in scopes.iter().filter(|scope| !role.may(**scope)) {
        let error = FieldError::new(FieldCode::NotYours, "your role does not have this");
        let name = serde_json::to_value(scope).ok();
        let name = name.and_then(|word| word.as_str().map(str::to_owned));
        errors.add("scopes", FieldError { name, ..error });
    }
    let out_of_range = match expires_at {
        Some(end) if end <= now => Some("must be later than now"),
        Some(end) if end.year() > LAST_YEAR => Some("must be before the year 10000"),
        _ => None,
    };
    if let Some(message) = out_of_range {
        errors.add(
            "expires_at",
            FieldError::new(FieldCode::OutOfRange, message),
        );
    }
    errors.finish()?;
    Ok(Checked {
        name: checks::line(&name, TOKEN_NAME_LIMIT)
            .map_err(|error| FieldErrors::one("name", error))?,
        scopes,
        expires_at,
    })
}

/// Holds the account, so that of two made at once the second is counted too. The session that asks must still be there:
/// whoever ended all of them has deleted the tokens too, and this one would stay.
async fn held(tx: &impl ConnectionTrait, caller: &CurrentUser) -> Result<user::Model, ApiError> {
    let user = user::Entity::find_by_id(caller.id)
        .lock_exclusive()
        .one(tx)
        .await?;
    let session = session::Entity::find_by_id(caller.session_id().unwrap_or_default());
    let session = session.one(tx).await?;
    user.filter(|_| session.is_some())
        .ok_or(ApiError::SignedOut)
}

async fn room_for_one(tx: &impl ConnectionTrait, user_id: i64) -> Result<(), ApiError> {
    let count = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .count(tx)
        .await?;
    if count < LIMIT {
        return Ok(());
    }
    let message = format!("an account has {LIMIT} tokens at most: delete one first");
    let error = FieldError {
        limit: Some(LIMIT),
        ..FieldError::new(FieldCode::TooLong, message)
    };
    Err(FieldErrors::one("name", error).into())
}

async fn record(
    tx: &impl ConnectionTrait,
    caller: &CurrentUser,
    act: Act,
    token: &Model,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let entry = Entry::of_item(
        act,
        caller.into(),
        AuditKind::ApiToken,
        token.id,
        &token.name,
    );
    audit::record(tx, &Actor::from(caller), entry, now).await
}

fn view(token: Model) -> Result<ApiTokenView, ApiError> {
    let scopes = key::scopes(&token)?;
    let Model {
        id,
        user_id: _,
        name,
        token_hash: _,
        ending,
        scopes: _,
        created_at,
        expires_at,
        last_used_at,
    } = token;
    Ok(ApiTokenView {
        id,
        name,
        ending,
        scopes,
        created_at,
        expires_at,
        last_used_at,
    })
}
