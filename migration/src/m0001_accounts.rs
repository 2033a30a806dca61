//! Accounts and their sessions.

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
        dialect::drop_tables(manager, &["sessions", "users"]).await
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE TABLE users (
        id {id},
        email TEXT NOT NULL,
        email_key {key} NOT NULL UNIQUE,
        full_name TEXT NOT NULL,
        role TEXT NOT NULL,
        language TEXT NOT NULL,
        time_zone TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        confirmed_at {instant},
        blocked_at {instant},
        last_seen_at {instant},
        created_at {instant} NOT NULL,
        updated_at {instant} NOT NULL
    )",
    // The refresh token is derived from `secret` and `generation`, so that within a moment of a rotation the
    // current one can be given again.
    "CREATE TABLE sessions (
        id {id},
        user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        secret TEXT NOT NULL,
        generation BIGINT NOT NULL,
        rotated_at {instant} NOT NULL,
        created_at {instant} NOT NULL,
        expires_at {instant} NOT NULL,
        client TEXT NOT NULL,
        user_agent TEXT NOT NULL
    )",
    "CREATE INDEX sessions_user ON sessions (user_id)",
    "CREATE INDEX sessions_expiry ON sessions (expires_at)",
];
