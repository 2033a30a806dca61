//! Notices: what the service itself has to tell a person, by mail or SMS, until it is told.

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
        dialect::drop_tables(manager, &["notices"]).await
    }
}

const STATEMENTS: &[&str] = &[
    // `subject` is what the notice is about, as JSON; its text is made when it is sent, so that no link lies here.
    "CREATE TABLE notices (
        id {id},
        user_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
        channel TEXT NOT NULL,
        address TEXT NOT NULL,
        language TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts BIGINT NOT NULL,
        due_at {instant} NOT NULL,
        leased_until {instant},
        code BIGINT,
        answer TEXT,
        created_at {instant} NOT NULL,
        settled_at {instant}
    )",
    "CREATE INDEX notices_queue ON notices (due_at, id) WHERE state = 'queued'",
    "CREATE INDEX notices_state ON notices (state, id)",
    "CREATE INDEX notices_user ON notices (user_id, id)",
    "CREATE INDEX notices_settled ON notices (settled_at)",
];
