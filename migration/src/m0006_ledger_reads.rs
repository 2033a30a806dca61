//! Indexes for reading the ledger: addresses by their beginnings, attempts by when they were made.

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
    // Addresses stand in the ledger as they were written; they are looked for whatever their case.
    "DROP INDEX deliveries_email",
    "CREATE INDEX deliveries_address ON deliveries (run_id, lower(email))",
    "CREATE INDEX attempts_address ON attempts (lower(email), owner_id)",
    // Attempts are listed by when they were made, so that a period needs no sorting.
    "DROP INDEX attempts_owner",
    "DROP INDEX attempts_mailing",
    "DROP INDEX attempts_run",
    "CREATE INDEX attempts_at ON attempts (at, id)",
    "CREATE INDEX attempts_owner ON attempts (owner_id, at, id)",
    "CREATE INDEX attempts_mailing ON attempts (mailing_id, at, id)",
    "CREATE INDEX attempts_run ON attempts (run_id, at, id)",
    // What went wrong is rare: to find it among what went well must not take a walk through all.
    "CREATE INDEX attempts_trouble ON attempts (at, id) WHERE outcome <> 0",
    "CREATE INDEX attempts_owner_trouble ON attempts (owner_id, at, id) WHERE outcome <> 0",
];

const DOWN: &[&str] = &[
    "DROP INDEX attempts_owner_trouble",
    "DROP INDEX attempts_trouble",
    "DROP INDEX attempts_run",
    "DROP INDEX attempts_mailing",
    "DROP INDEX attempts_owner",
    "DROP INDEX attempts_at",
    "CREATE INDEX attempts_run ON attempts (run_id, id)",
    "CREATE INDEX attempts_mailing ON attempts (mailing_id, id)",
    "CREATE INDEX attempts_owner ON attempts (owner_id, id)",
    "DROP INDEX attempts_address",
    "DROP INDEX deliveries_address",
    "CREATE INDEX deliveries_email ON deliveries (run_id, email)",
];
