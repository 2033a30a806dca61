//! Recipients who want no more letters.

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

const UP: &[&str] = &["ALTER TABLE recipients ADD COLUMN unsubscribed_at {instant}"];

const DOWN: &[&str] = &["ALTER TABLE recipients DROP COLUMN unsubscribed_at"];
