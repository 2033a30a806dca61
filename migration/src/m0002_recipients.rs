//! Recipients, and the words by which lists are searched.

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
        dialect::drop_tables(manager, &["search_terms", "recipients"]).await
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE TABLE recipients (
        id {id},
        owner_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        email TEXT NOT NULL,
        email_key {key} NOT NULL,
        full_name TEXT NOT NULL,
        name_key {key} NOT NULL,
        comment TEXT NOT NULL,
        version BIGINT NOT NULL,
        created_at {instant} NOT NULL,
        updated_at {instant} NOT NULL
    )",
    // Each sort that the list offers has its index, with the id as the tie-break that keyset pages need.
    "CREATE UNIQUE INDEX recipients_owner_email ON recipients (owner_id, email_key)",
    "CREATE INDEX recipients_owner ON recipients (owner_id, id)",
    "CREATE INDEX recipients_owner_name ON recipients (owner_id, name_key, id)",
    "CREATE INDEX recipients_email ON recipients (email_key, id)",
    "CREATE INDEX recipients_name ON recipients (name_key, id)",
    // Lower-cased addresses and words of names, subjects and titles, found by their beginnings.
    "CREATE TABLE search_terms (
        kind SMALLINT NOT NULL,
        owner_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        term {key} NOT NULL,
        item_id BIGINT NOT NULL,
        PRIMARY KEY (kind, item_id, term)
    )",
    "CREATE INDEX search_terms_owner ON search_terms (kind, owner_id, term, item_id)",
    "CREATE INDEX search_terms_all ON search_terms (kind, term, item_id)",
];
