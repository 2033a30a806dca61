//! What kind of failure a try was, and which mail server it was tried with.

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
    // class: 0 transient, 1 permanent, 2 connection, 3 authentication, 4 quota, 5 broken protocol.
    "ALTER TABLE deliveries ADD COLUMN class SMALLINT",
    "ALTER TABLE attempts ADD COLUMN class SMALLINT",
    "ALTER TABLE attempts ADD COLUMN server TEXT",
];

const DOWN: &[&str] = &[
    "ALTER TABLE attempts DROP COLUMN server",
    "ALTER TABLE attempts DROP COLUMN class",
    "ALTER TABLE deliveries DROP COLUMN class",
];
