//! What an account tells of its person, and what became of it: profile, phone, second factor, block, deletion.

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
        dialect::execute(manager, BACK).await
    }
}

const STATEMENTS: &[&str] = &[
    "ALTER TABLE users ADD COLUMN name_key {key} NOT NULL DEFAULT ''",
    "ALTER TABLE users ADD COLUMN phone TEXT",
    "ALTER TABLE users ADD COLUMN phone_verified_at {instant}",
    "ALTER TABLE users ADD COLUMN city TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE users ADD COLUMN avatar TEXT",
    // The seed of one-time codes is derived from this and the service's secret; NULL: there is no second factor.
    "ALTER TABLE users ADD COLUMN second_factor_nonce TEXT",
    "ALTER TABLE users ADD COLUMN second_factor_at {instant}",
    // The time step of the last code that was taken: no code works twice.
    "ALTER TABLE users ADD COLUMN second_factor_step BIGINT",
    "ALTER TABLE users ADD COLUMN block_reason TEXT",
    "ALTER TABLE users ADD COLUMN blocked_by TEXT",
    // A deleted account stays as an empty row, so that the ledger's owners stay apart; what it owned goes in steps.
    "ALTER TABLE users ADD COLUMN deleted_at {instant}",
    "ALTER TABLE users ADD COLUMN swept_at {instant}",
    "ALTER TABLE users ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
    "UPDATE users SET name_key = lower(full_name)",
    "CREATE INDEX users_name ON users (name_key, id)",
    "CREATE INDEX users_role ON users (role, id)",
    "CREATE INDEX users_unswept ON users (deleted_at) WHERE deleted_at IS NOT NULL AND swept_at IS NULL",
    // When the person last proved, with all their factors, that it is them.
    "ALTER TABLE sessions ADD COLUMN proved_at {instant}",
];

const BACK: &[&str] = &[
    "ALTER TABLE sessions DROP COLUMN proved_at",
    "DROP INDEX users_unswept",
    "DROP INDEX users_role",
    "DROP INDEX users_name",
    "ALTER TABLE users DROP COLUMN version",
    "ALTER TABLE users DROP COLUMN swept_at",
    "ALTER TABLE users DROP COLUMN deleted_at",
    "ALTER TABLE users DROP COLUMN blocked_by",
    "ALTER TABLE users DROP COLUMN block_reason",
    "ALTER TABLE users DROP COLUMN second_factor_step",
    "ALTER TABLE users DROP COLUMN second_factor_at",
    "ALTER TABLE users DROP COLUMN second_factor_nonce",
    "ALTER TABLE users DROP COLUMN avatar",
    "ALTER TABLE users DROP COLUMN city",
    "ALTER TABLE users DROP COLUMN phone_verified_at",
    "ALTER TABLE users DROP COLUMN phone",
    "ALTER TABLE users DROP COLUMN name_key",
];
