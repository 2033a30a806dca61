//! A token as a key: made once, found again at each request.

use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::accounts::api_tokens::TOKEN_PREFIX;
use contract::permissions::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};

use super::entity::{Column, Entity, Model};
use crate::accounts::entity as user;
use crate::accounts::tokens::{self, Tokens};
use crate::app::App;
use crate::problem::ApiError;

/// Writing down each use would make every read a write.
const USE_NOTED_EVERY: Duration = Duration::from_secs(60);
const ENDING: usize = 4;

/// A new token: what is shown once, and what is kept of it.
#[derive(Debug)]
pub struct NewKey {
    pub text: String,
    pub hash: String,
    pub ending: String,
}

impl NewKey {
    pub fn make(tokens: &Tokens) -> Result<Self, ApiError> {
        let text = format!("{TOKEN_PREFIX}{}", tokens::random_text()?);
        Ok(Self {
            hash: hash(tokens, &text),
            ending: text[text.len() - ENDING..].to_owned(),
            text,
        })
    }
}

/// The token that this text is and its owner, if both hold.
pub async fn find(
    app: &App,
    text: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Model, user::Model)>, ApiError> {
    let token = Entity::find().filter(Column::TokenHash.eq(hash(&app.tokens, text)));
    holding(app, token, now).await
}

/// The same of a token that was found before, which must not have been ended since.
pub async fn find_again(
    app: &App,
    id: i64,
    now: DateTime<Utc>,
) -> Result<Option<(Model, user::Model)>, ApiError> {
    holding(app, Entity::find_by_id(id), now).await
}

async fn holding(
    app: &App,
    token: Select<Entity>,
    now: DateTime<Utc>,
) -> Result<Option<(Model, user::Model)>, ApiError> {
    let db = app.database.read();
    let token = token.one(db).await?;
    let Some(token) = token.filter(|token| token.expires_at.is_none_or(|end| now < end)) else {
        return Ok(None);
    };
    let owner = user::Entity::find_by_id(token.user_id).one(db).await?;
    let Some(owner) = owner.filter(user::Model::is_active) else {
        return Ok(None);
    };
    note_use(app, &token, now).await?;
    Ok(Some((token, owner)))
}

/// The scopes of a token. One that this version does not know any more opens nothing.
pub fn scopes(token: &Model) -> Result<Vec<Permission>, ApiError> {
    let words: Vec<serde_json::Value> =
        serde_json::from_str(&token.scopes).map_err(ApiError::ours)?;
    let known = words
        .into_iter()
        .filter_map(|word| serde_json::from_value(word).ok());
    Ok(known.collect())
}

async fn note_use(app: &App, token: &Model, now: DateTime<Utc>) -> Result<(), ApiError> {
    let long_ago = now - USE_NOTED_EVERY;
    if token.last_used_at.is_some_and(|at| at > long_ago) {
        return Ok(());
    }
    let not_noted = Condition::any()
        .add(Column::LastUsedAt.is_null())
        .add(Column::LastUsedAt.lte(long_ago));
    let tx = app.database.write().await?;
    Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::value(Some(now)))
        .filter(Column::Id.eq(token.id))
        .filter(not_noted)
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

fn hash(tokens: &Tokens, text: &str) -> String {
    tokens.keyed_hash("api token", text)
}
