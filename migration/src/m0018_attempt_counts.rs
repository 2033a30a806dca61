//! Attempts counted by run and hour, so that sums need not walk through the log, and outlive it.

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
    // Hours, for a day begins at another hour in each zone. Every worker changes rows of its own. A key takes no
    // nulls: class -1 is none, server '' is not known. letters: how many were accepted here for the first time.
    "CREATE TABLE attempt_counts (
        run_id BIGINT NOT NULL,
        hour {instant} NOT NULL,
        worker_id BIGINT NOT NULL,
        outcome SMALLINT NOT NULL,
        class SMALLINT NOT NULL,
        server TEXT NOT NULL,
        count BIGINT NOT NULL,
        letters BIGINT NOT NULL,
        PRIMARY KEY (run_id, hour, worker_id, outcome, class, server)
    )",
    "CREATE INDEX attempt_counts_hour ON attempt_counts (hour)",
    "INSERT INTO attempt_counts (run_id, hour, worker_id, outcome, class, server, count, letters)
        SELECT run_id, {hour_of_at}, 0, outcome, COALESCE(class, -1), COALESCE(server, ''), COUNT(*),
            SUM(CASE WHEN outcome = 0 AND NOT EXISTS (SELECT 1 FROM attempts AS earlier
                WHERE earlier.delivery_id = attempts.delivery_id AND earlier.outcome = 0
                AND earlier.number < attempts.number) THEN 1 ELSE 0 END)
        FROM attempts
        GROUP BY run_id, {hour_of_at}, outcome, COALESCE(class, -1), COALESCE(server, '')",
    // The run's deliveries and attempts were deleted for their age; its counts stay.
    "ALTER TABLE runs ADD COLUMN pruned_at {instant}",
    "CREATE INDEX runs_unpruned ON runs (finished_at) WHERE pruned_at IS NULL",
];

const DOWN: &[&str] = &[
    "DROP INDEX runs_unpruned",
    "ALTER TABLE runs DROP COLUMN pruned_at",
    "DROP TABLE attempt_counts",
];
