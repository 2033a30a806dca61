//! What opens an account or proves a person, beside the password: one-time links, invitations, API tokens, recovery
//! codes, phone codes; and the limits on trying.

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
        let tables = [
            "limits",
            "phone_checks",
            "recovery_codes",
            "api_tokens",
            "invitations",
            "one_time_links",
        ];
        dialect::drop_tables(manager, &tables).await
    }
}

const STATEMENTS: &[&str] = &[
    // The token in the link is derived from the id, the nonce and the service's secret: nothing here opens anything.
    "CREATE TABLE one_time_links (
        id {id},
        user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        purpose TEXT NOT NULL,
        nonce TEXT NOT NULL,
        email TEXT,
        created_at {instant} NOT NULL,
        expires_at {instant} NOT NULL
    )",
    "CREATE INDEX one_time_links_user ON one_time_links (user_id, purpose)",
    "CREATE INDEX one_time_links_expiry ON one_time_links (expires_at)",
    "CREATE TABLE invitations (
        id {id},
        email TEXT NOT NULL,
        email_key {key} NOT NULL UNIQUE,
        language TEXT NOT NULL,
        invited_by BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        created_at {instant} NOT NULL,
        expires_at {instant} NOT NULL
    )",
    "CREATE TABLE api_tokens (
        id {id},
        user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        token_hash TEXT NOT NULL UNIQUE,
        ending TEXT NOT NULL,
        scopes TEXT NOT NULL,
        created_at {instant} NOT NULL,
        expires_at {instant},
        last_used_at {instant}
    )",
    "CREATE INDEX api_tokens_user ON api_tokens (user_id, id)",
    "CREATE TABLE recovery_codes (
        user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        code_hash TEXT NOT NULL,
        PRIMARY KEY (user_id, code_hash)
    )",
    // The code is derived from the id, the nonce and the service's secret.
    "CREATE TABLE phone_checks (
        id {id},
        user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        phone TEXT NOT NULL,
        nonce TEXT NOT NULL,
        tries BIGINT NOT NULL,
        created_at {instant} NOT NULL,
        expires_at {instant} NOT NULL
    )",
    "CREATE INDEX phone_checks_user ON phone_checks (user_id, id)",
    // One row for each thing that is limited (its name is hashed): the instant at which nothing of it is spent.
    "CREATE TABLE limits (
        key TEXT PRIMARY KEY,
        free_at {instant} NOT NULL
    )",
    "CREATE INDEX limits_free ON limits (free_at)",
];
