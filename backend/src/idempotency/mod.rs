//! Creating once: a client that lost the answer asks again with the same `Idempotency-Key`, and gets what it made.
//!
//! The key is taken in the transaction that creates, so either both stand or neither. A key holds for a person, an
//! operation and 24 hours; with another body it is refused.

pub mod entity;

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::{IntoParams, PartialSchema as _};

use crate::problem::ApiError;

const HEADER: &str = "Idempotency-Key";
const KEY_LIMIT: usize = 255;
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// The key that came with a request, if one did.
#[derive(Clone, Debug)]
pub struct IdempotencyKey(Option<String>);

/// One creation that is to happen once; without a key, as often as it is asked for.
#[derive(Clone, Debug, Default)]
pub struct Once(Option<entity::Model>);

impl IdempotencyKey {
    /// What this person wants to create once by this operation.
    pub fn once(
        self,
        user_id: i64,
        operation: &'static str,
        body: &impl Serialize,
        now: DateTime<Utc>,
    ) -> Result<Once, ApiError> {
        let Some(key) = self.0 else {
            return Ok(Once(None));
        };
        let json = serde_json::to_vec(body).map_err(ApiError::ours)?;
        Ok(Once(Some(entity::Model {
            user_id,
            operation: operation.to_owned(),
            key,
            body_hash: URL_SAFE_NO_PAD.encode(Sha256::digest(json)),
            item_id: None,
            created_at: now,
        })))
    }
}

impl Once {
    /// Takes the key for this transaction, or tells the id of what was made under it before.
    pub async fn earlier(&self, tx: &impl ConnectionTrait) -> Result<Option<i64>, ApiError> {
        let Some(wish) = &self.0 else {
            return Ok(None);
        };
        entity::Entity::delete_many()
            .filter(entity::Column::CreatedAt.lte(wish.created_at - KEPT_FOR))
            .exec(tx)
            .await?;
        let entity::Model {
            user_id,
            operation,
            key,
            body_hash,
            item_id: _,
            created_at,
        } = wish.clone();
        let row = entity::ActiveModel {
            user_id: Set(user_id),
            operation: Set(operation),
            key: Set(key),
            body_hash: Set(body_hash),
            item_id: Set(None),
            created_at: Set(created_at),
        };
        // Of two at once the second waits here until the first has committed, and then finds its row.
        let taken = entity::Entity::insert_many([row])
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
        if taken == 1 {
            Ok(None)
        } else {
            self.made(tx).await
        }
    }

    /// The id of what was made under the key, without taking it.
    pub async fn made(&self, db: &impl ConnectionTrait) -> Result<Option<i64>, ApiError> {
        let Some(wish) = &self.0 else {
            return Ok(None);
        };
        let id = (wish.user_id, wish.operation.clone(), wish.key.clone());
        let before = entity::Entity::find_by_id(id).one(db).await?;
        let Some(before) = before.filter(|before| before.created_at > wish.created_at - KEPT_FOR)
        else {
            return Ok(None);
        };
        if before.body_hash != wish.body_hash {
            return Err(wrong("was used with another body"));
        }
        Ok(before.item_id)
    }

    /// Remembers what was made.
    pub async fn keep(&self, tx: &impl ConnectionTrait, item_id: i64) -> Result<(), ApiError> {
        let Some(wish) = &self.0 else {
            return Ok(());
        };
        entity::Entity::update_many()
            .col_expr(entity::Column::ItemId, Expr::value(item_id))
            .filter(entity::Column::UserId.eq(wish.user_id))
            .filter(entity::Column::Operation.eq(&wish.operation))
            .filter(entity::Column::Key.eq(&wish.key))
            .exec(tx)
            .await?;
        Ok(())
    }
}

impl FromRequest for IdempotencyKey {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(header) = request.headers().get(HEADER) else {
            return ready(Ok(Self(None)));
        };
        let key = header.to_str().unwrap_or_default().trim();
        ready(if key.is_empty() || key.len() > KEY_LIMIT {
            Err(wrong("must be 1 to 255 ASCII characters"))
        } else {
            Ok(Self(Some(key.to_owned())))
        })
    }
}

impl IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = ParameterBuilder::new()
            .name(HEADER)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "Any text of your own. The same request with the same key within 24 hours creates nothing more and \
                 answers with what was created; another body under the same key is refused with 422.",
            ))
            .schema(Some(String::schema()));
        vec![parameter.build()]
    }
}

fn wrong(message: &str) -> ApiError {
    ApiError::Invalid(FieldErrors::one(
        HEADER,
        FieldError::new(FieldCode::OutOfRange, message),
    ))
}
