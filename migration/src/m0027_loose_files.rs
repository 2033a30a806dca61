//! Files that no row points to: being written, or to be removed.

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
        dialect::drop_tables(manager, &["loose_files"]).await
    }
}

const UP: &[&str] = &[
    "CREATE TABLE loose_files (
        path {key} PRIMARY KEY,
        due_at {instant} NOT NULL,
        leaves BOOLEAN NOT NULL
    )",
    "CREATE INDEX loose_files_due ON loose_files (due_at)",
];
