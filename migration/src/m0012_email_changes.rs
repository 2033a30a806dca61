//! Changes of address under way: an address changes when the links to the present one and to the new one were taken.

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
    "CREATE TABLE email_changes (
        user_id BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        email TEXT NOT NULL,
        email_key {key} NOT NULL,
        present_confirmed_at {instant},
        new_confirmed_at {instant},
        created_at {instant} NOT NULL,
        expires_at {instant} NOT NULL
    )",
    // What has expired goes by housekeeping.
    "CREATE INDEX email_changes_expiry ON email_changes (expires_at)",
    "CREATE INDEX invitations_expiry ON invitations (expires_at)",
    "CREATE INDEX users_unconfirmed ON users (created_at) WHERE confirmed_at IS NULL",
];

const BACK: &[&str] = &[
    "DROP INDEX users_unconfirmed",
    "DROP INDEX invitations_expiry",
    "DROP TABLE email_changes",
];
