//! The table of sessions.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    /// Random; part of what the refresh token is derived from.
    pub secret: String,
    /// How often the refresh token was changed.
    pub generation: i64,
    pub rotated_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    /// The address of the client.
    pub client: String,
    pub user_agent: String,
    /// When the person last proved, with all their factors, that it is them.
    pub proved_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
