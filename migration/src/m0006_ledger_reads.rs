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
    "CREATE INDEX attempts_at ON attempts (at)",
];

const DOWN: &[&str] = &[
    "DROP INDEX attempts_at",
    "DROP INDEX attempts_address",
    "DROP INDEX deliveries_address",
    "CREATE INDEX deliveries_email ON deliveries (run_id, email)",
];
