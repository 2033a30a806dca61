//! Failures of one run by their kind, found at a million as at a thousand.

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
    "CREATE INDEX attempts_run_class ON attempts (run_id, class, at, id) WHERE class IS NOT NULL",
    "CREATE INDEX attempts_mailing_class ON attempts (mailing_id, class, at, id) WHERE class IS NOT NULL",
];

const DOWN: &[&str] = &[
    "DROP INDEX attempts_mailing_class",
    "DROP INDEX attempts_run_class",
];
