//! SMS: recipients' phones, messages' texts, and which runs send them.

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
    // E.164.
    "ALTER TABLE recipients ADD COLUMN phone TEXT",
    // Each recipient is in one of them: lists by it, and the count of those whom an SMS would not reach.
    "CREATE INDEX recipients_phone ON recipients (owner_id, id) WHERE phone IS NOT NULL",
    "CREATE INDEX recipients_no_phone ON recipients (owner_id, id) WHERE phone IS NULL",
    "ALTER TABLE messages ADD COLUMN sms_text TEXT",
    "ALTER TABLE runs ADD COLUMN channel TEXT NOT NULL DEFAULT 'email'",
    "ALTER TABLE runs ADD COLUMN sms_text TEXT",
    // Of an SMS: the number as it was when its run was planned.
    "ALTER TABLE deliveries ADD COLUMN phone TEXT",
];

const DOWN: &[&str] = &[
    "ALTER TABLE deliveries DROP COLUMN phone",
    "ALTER TABLE runs DROP COLUMN sms_text",
    "ALTER TABLE runs DROP COLUMN channel",
    "ALTER TABLE messages DROP COLUMN sms_text",
    "DROP INDEX recipients_no_phone",
    "DROP INDEX recipients_phone",
    "ALTER TABLE recipients DROP COLUMN phone",
];
