//! Recipients whose address was refused for good, and letters that people ask to be tried again.

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
    // When the address was refused, with what words, and by which delivery that was learnt.
    "ALTER TABLE recipients ADD COLUMN suppressed_at {instant}",
    "ALTER TABLE recipients ADD COLUMN suppressed_code SMALLINT",
    "ALTER TABLE recipients ADD COLUMN suppressed_response TEXT",
    "ALTER TABLE recipients ADD COLUMN suppressed_by BIGINT",
    "CREATE INDEX recipients_suppressed ON recipients (owner_id, id) WHERE suppressed_at IS NOT NULL",
    // A recipient's story, the newest letter first.
    "CREATE INDEX deliveries_recipient ON deliveries (recipient_id, id)",
    // How many tries a delivery had when its present schedule of retries began.
    "ALTER TABLE deliveries ADD COLUMN schedule_from BIGINT NOT NULL DEFAULT 0",
    // Somebody asked to send again: which failures are wanted (a bit for each kind), how far the deliveries were
    // looked through, and when that was asked last.
    "ALTER TABLE runs ADD COLUMN retry_wanted SMALLINT",
    "ALTER TABLE runs ADD COLUMN retry_through BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE runs ADD COLUMN retried_at {instant}",
];

const DOWN: &[&str] = &[
    "ALTER TABLE runs DROP COLUMN retried_at",
    "ALTER TABLE runs DROP COLUMN retry_through",
    "ALTER TABLE runs DROP COLUMN retry_wanted",
    "ALTER TABLE deliveries DROP COLUMN schedule_from",
    "DROP INDEX deliveries_recipient",
    "DROP INDEX recipients_suppressed",
    "ALTER TABLE recipients DROP COLUMN suppressed_by",
    "ALTER TABLE recipients DROP COLUMN suppressed_response",
    "ALTER TABLE recipients DROP COLUMN suppressed_code",
    "ALTER TABLE recipients DROP COLUMN suppressed_at",
];
