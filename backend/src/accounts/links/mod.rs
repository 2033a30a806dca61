//! One-time links: what a letter gives somebody to prove that they read it.
//!
//! The token is `id.proof`, where the proof is an HMAC over the row and its nonce. Nothing that opens a link lies in
//! the database, and yet the letter can be written when it is sent. A link works once, for its purpose, until it
//! expires.

pub mod entity;
pub mod letters;

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set,
};

use self::entity::{ActiveModel, Column, Entity};
pub use self::entity::{Model, Purpose};
use crate::accounts::tokens::{self, Tokens};
use crate::problem::ApiError;

const PROOF: &str = "one-time link";

/// Makes a link. An earlier one of the same purpose works no more.
pub async fn make(
    tx: &impl ConnectionTrait,
    user_id: i64,
    purpose: Purpose,
    email: Option<String>,
    works_for: Duration,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    forget(tx, user_id, purpose).await?;
    let link = ActiveModel {
        user_id: Set(user_id),
        purpose: Set(purpose),
        nonce: Set(tokens::random_text()?),
        email: Set(email),
        created_at: Set(now),
        expires_at: Set(now + works_for),
        ..Default::default()
    };
    Ok(link.insert(tx).await?)
}

/// What stands in the letter.
pub fn token(tokens: &Tokens, link: &Model) -> String {
    format!("{}.{}", link.id, tokens.keyed_hash(PROOF, &proved(link)))
}

/// The link that this token opens. It stays.
pub async fn find(
    tx: &impl ConnectionTrait,
    tokens: &Tokens,
    purpose: Purpose,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    let (id, proof) = token.split_once('.').ok_or(ApiError::LinkExpired)?;
    let id: i64 = id.parse().map_err(|_| ApiError::LinkExpired)?;
    let link = Entity::find_by_id(id).one(tx).await?;
    link.filter(|link| link.purpose == purpose && link.expires_at > now)
        .filter(|link| tokens.is_keyed_hash(proof, PROOF, &proved(link)))
        .ok_or(ApiError::LinkExpired)
}

/// Takes a link: it works no more.
pub async fn take(
    tx: &impl ConnectionTrait,
    tokens: &Tokens,
    purpose: Purpose,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    let link = find(tx, tokens, purpose, token, now).await?;
    let taken = Entity::delete_by_id(link.id).exec(tx).await?;
    // Of two who come at once, the one that deletes it has it.
    if taken.rows_affected == 1 {
        Ok(link)
    } else {
        Err(ApiError::LinkExpired)
    }
}

/// Lets an account's links of a purpose work no more.
pub async fn forget(
    tx: &impl ConnectionTrait,
    user_id: i64,
    purpose: Purpose,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Purpose.eq(purpose))
        .exec(tx)
        .await?;
    Ok(())
}

fn proved(link: &Model) -> String {
    format!("{}\0{}", link.id, link.nonce)
}
