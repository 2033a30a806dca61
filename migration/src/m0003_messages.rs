//! Messages, and the one-time views in which letters are shown.

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
        dialect::drop_tables(manager, &["one_time_views", "messages"]).await
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE TABLE messages (
        id {id},
        owner_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        subject TEXT NOT NULL,
        subject_key {key} NOT NULL,
        body TEXT NOT NULL,
        format TEXT NOT NULL,
        shared BOOLEAN NOT NULL,
        version BIGINT NOT NULL,
        created_at {instant} NOT NULL,
        updated_at {instant} NOT NULL
    )",
    "CREATE INDEX messages_owner ON messages (owner_id, id)",
    "CREATE INDEX messages_owner_subject ON messages (owner_id, subject_key, id)",
    "CREATE INDEX messages_subject ON messages (subject_key, id)",
    "CREATE INDEX messages_shared ON messages (id) WHERE shared",
    "CREATE TABLE one_time_views (
        token_hash TEXT PRIMARY KEY,
        html TEXT NOT NULL,
        expires_at {instant} NOT NULL
    )",
    "CREATE INDEX one_time_views_expiry ON one_time_views (expires_at)",
];
