//! Indexes for lists over a million deliveries: each first page by any filter, and none that every letter pays dearly.

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
    // Addresses come in no order: each letter wrote a page of its own in these two, which took SQLite more than all
    // else of the ledger together. Recipients are looked up by their terms instead, and their letters by recipient.
    "DROP INDEX deliveries_address",
    "DROP INDEX attempts_address",
    // kind 5: an address that letters went to, and that its recipient has no more, or who is deleted.
    "INSERT INTO search_terms (kind, owner_id, term, item_id)
        SELECT DISTINCT 5, deliveries.owner_id, lower(deliveries.email), deliveries.recipient_id
        FROM deliveries LEFT JOIN recipients ON recipients.id = deliveries.recipient_id
        WHERE deliveries.email <> ''
        AND (recipients.id IS NULL OR lower(recipients.email) <> lower(deliveries.email))",
    "CREATE INDEX deliveries_run ON deliveries (run_id, id)",
    // Failures are rare, so that what finds them may cost more.
    "CREATE INDEX deliveries_class ON deliveries (run_id, class, id) WHERE class IS NOT NULL",
    "DROP INDEX attempts_trouble",
    "DROP INDEX attempts_owner_trouble",
    "CREATE INDEX attempts_trouble ON attempts (outcome, at, id) WHERE outcome <> 0",
    "CREATE INDEX attempts_owner_trouble ON attempts (owner_id, outcome, at, id) WHERE outcome <> 0",
    "CREATE INDEX attempts_mailing_trouble ON attempts (mailing_id, outcome, at, id) WHERE outcome <> 0",
    "CREATE INDEX attempts_run_trouble ON attempts (run_id, outcome, at, id) WHERE outcome <> 0",
    "CREATE INDEX attempts_class ON attempts (class, at, id) WHERE class IS NOT NULL",
    "CREATE INDEX attempts_owner_class ON attempts (owner_id, class, at, id) WHERE class IS NOT NULL",
    "CREATE INDEX attempts_code ON attempts (smtp_code, at, id) WHERE smtp_code <> 250",
    "CREATE INDEX attempts_owner_code ON attempts (owner_id, smtp_code, at, id) WHERE smtp_code <> 250",
    // The run whose deliveries and attempts are being deleted.
    "ALTER TABLE runs ADD COLUMN pruning BOOLEAN NOT NULL DEFAULT FALSE",
    "CREATE INDEX runs_pruning ON runs (id) WHERE pruning",
];

const DOWN: &[&str] = &[
    "DROP INDEX runs_pruning",
    "ALTER TABLE runs DROP COLUMN pruning",
    "DROP INDEX attempts_owner_code",
    "DROP INDEX attempts_code",
    "DROP INDEX attempts_owner_class",
    "DROP INDEX attempts_class",
    "DROP INDEX attempts_run_trouble",
    "DROP INDEX attempts_mailing_trouble",
    "DROP INDEX attempts_owner_trouble",
    "DROP INDEX attempts_trouble",
    "CREATE INDEX attempts_owner_trouble ON attempts (owner_id, at, id) WHERE outcome <> 0",
    "CREATE INDEX attempts_trouble ON attempts (at, id) WHERE outcome <> 0",
    "DROP INDEX deliveries_class",
    "DROP INDEX deliveries_run",
    "DELETE FROM search_terms WHERE kind = 5",
    "CREATE INDEX attempts_address ON attempts (lower(email), owner_id)",
    "CREATE INDEX deliveries_address ON deliveries (run_id, lower(email))",
];
