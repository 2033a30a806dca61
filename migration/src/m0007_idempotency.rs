//! What was made under an `Idempotency-Key`.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, STATEMENTS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::drop_tables(manager, &["idempotency_keys"]).await
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE TABLE idempotency_keys (
        user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        operation TEXT NOT NULL,
        key {key} NOT NULL,
        body_hash TEXT NOT NULL,
        item_id BIGINT,
        created_at {instant} NOT NULL,
        PRIMARY KEY (user_id, operation, key)
    )",
    "CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at)",
];
