//! Sums of whole months beside those of quarters of an hour, and failures counted from indexes alone.

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
    // What answers by their code are counted by stands in the index.
    "DROP INDEX attempts_code",
    "DROP INDEX attempts_owner_code",
    "CREATE INDEX attempts_code ON attempts (smtp_code, at, id, outcome, delivery_id, number)
        WHERE smtp_code <> 250",
    "CREATE INDEX attempts_owner_code ON attempts (owner_id, smtp_code, at, id, outcome, delivery_id, number)
        WHERE smtp_code <> 250",
    // kind: from 4 on the same as 0 to 3 by the month (UTC), whose first quarter stands for it.
    "INSERT INTO letter_sums (kind, item_id, owner_id, quarter, worker_id, state, count)
        SELECT kind + 4, item_id, owner_id, {month_of_quarter}, 0, state, SUM(count)
        FROM letter_sums GROUP BY kind, item_id, owner_id, {month_of_quarter}, state",
    "INSERT INTO attempt_sums (kind, item_id, owner_id, quarter, worker_id, outcome, class, count, letters)
        SELECT kind + 4, item_id, owner_id, {month_of_quarter}, 0, outcome, class, SUM(count), SUM(letters)
        FROM attempt_sums GROUP BY kind, item_id, owner_id, {month_of_quarter}, outcome, class",
    // What was sent in a short time, without a look at each of the things that ever were.
    "CREATE INDEX letter_sums_when ON letter_sums (kind, quarter, item_id, owner_id)",
    "CREATE INDEX attempt_sums_when ON attempt_sums (kind, quarter, item_id, owner_id)",
];

const DOWN: &[&str] = &[
    "DROP INDEX attempt_sums_when",
    "DROP INDEX letter_sums_when",
    "DELETE FROM attempt_sums WHERE kind >= 4",
    "DELETE FROM letter_sums WHERE kind >= 4",
    "DROP INDEX attempts_owner_code",
    "DROP INDEX attempts_code",
    "CREATE INDEX attempts_code ON attempts (smtp_code, at, id) WHERE smtp_code <> 250",
    "CREATE INDEX attempts_owner_code ON attempts (owner_id, smtp_code, at, id) WHERE smtp_code <> 250",
];
