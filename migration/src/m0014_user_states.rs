//! Lists of blocked and of unconfirmed accounts, in each order: few among many, without a walk through all.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, DOWN).await
    }
}

const UP: &[&str] = &[
    "CREATE INDEX users_blocked_email ON users (email_key, id) WHERE blocked_at IS NOT NULL",
    "CREATE INDEX users_blocked_name ON users (name_key, id) WHERE blocked_at IS NOT NULL",
    "CREATE INDEX users_unconfirmed_id ON users (id) WHERE confirmed_at IS NULL",
    "CREATE INDEX users_unconfirmed_email ON users (email_key, id) WHERE confirmed_at IS NULL",
    "CREATE INDEX users_unconfirmed_name ON users (name_key, id) WHERE confirmed_at IS NULL",
];

const DOWN: &[&str] = &[
    "DROP INDEX users_unconfirmed_name",
    "DROP INDEX users_unconfirmed_email",
    "DROP INDEX users_unconfirmed_id",
    "DROP INDEX users_blocked_name",
    "DROP INDEX users_blocked_email",
];
