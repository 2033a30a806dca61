//! Mailings and their audiences.

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
        dialect::drop_tables(manager, &["mailings", "audience_recipients", "audiences"]).await
    }
}

const STATEMENTS: &[&str] = &[
    // An audience never changes: editing a mailing makes a new one, and a run keeps the one it started with.
    "CREATE TABLE audiences (
        id {id},
        owner_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE
    )",
    "CREATE TABLE audience_recipients (
        audience_id BIGINT NOT NULL REFERENCES audiences (id) ON DELETE CASCADE,
        recipient_id BIGINT NOT NULL REFERENCES recipients (id) ON DELETE CASCADE,
        PRIMARY KEY (audience_id, recipient_id)
    )",
    "CREATE INDEX audience_recipients_recipient ON audience_recipients (recipient_id)",
    // Keyset pages need a key that is never null: what has no next run sorts behind what has one.
    "CREATE TABLE mailings (
        id {id},
        owner_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        title_key {key} NOT NULL,
        message_id BIGINT REFERENCES messages (id) ON DELETE SET NULL,
        audience_id BIGINT REFERENCES audiences (id),
        channel TEXT NOT NULL,
        starts_at {instant} NOT NULL,
        ends_at {instant},
        time_zone TEXT NOT NULL,
        recurrence TEXT NOT NULL,
        on_unknown TEXT NOT NULL,
        status TEXT NOT NULL,
        next_run_at {instant},
        next_run_key {instant} NOT NULL GENERATED ALWAYS AS (COALESCE(next_run_at, {never})) STORED,
        first_run_at {instant},
        stopped_at {instant},
        stopped_by TEXT,
        stop_reason TEXT,
        completed_at {instant},
        version BIGINT NOT NULL,
        created_at {instant} NOT NULL,
        updated_at {instant} NOT NULL
    )",
    "CREATE INDEX mailings_owner ON mailings (owner_id, id)",
    "CREATE INDEX mailings_owner_status ON mailings (owner_id, status, id)",
    "CREATE INDEX mailings_owner_title ON mailings (owner_id, title_key, id)",
    "CREATE INDEX mailings_owner_next ON mailings (owner_id, next_run_key, id)",
    "CREATE INDEX mailings_status ON mailings (status, id)",
    "CREATE INDEX mailings_title ON mailings (title_key, id)",
    "CREATE INDEX mailings_next ON mailings (next_run_key, id)",
    "CREATE INDEX mailings_message ON mailings (message_id)",
    "CREATE INDEX mailings_audience ON mailings (audience_id)",
    // What the planner looks through at each pass: only what can still do something.
    "CREATE INDEX mailings_due ON mailings (next_run_at) WHERE status <> 'completed'",
    "CREATE INDEX mailings_ending ON mailings (ends_at) WHERE status <> 'completed'",
];
