//! Sums for statistics: what became of the letters of the whole service, of each user, mailing and message.

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
        dialect::drop_tables(manager, &["attempt_sums", "letter_sums", "run_sums"]).await
    }
}

const UP: &[&str] = &[
    // kind: 0 the service, 1 a user, 2 a mailing, 3 a message; item_id is its id, and owner_id whose letters they are
    // (both 0 for the service). A message that is shared has a row for each of those who send it.
    "CREATE TABLE run_sums (
        id {id},
        kind SMALLINT NOT NULL,
        item_id BIGINT NOT NULL,
        owner_id BIGINT NOT NULL,
        runs BIGINT NOT NULL,
        first_run_at {instant} NOT NULL,
        last_run_at {instant} NOT NULL,
        last_run_id BIGINT NOT NULL,
        UNIQUE (kind, item_id, owner_id)
    )",
    "CREATE INDEX run_sums_last ON run_sums (kind, last_run_at, id)",
    "CREATE INDEX run_sums_owner_last ON run_sums (kind, owner_id, last_run_at, id)",
    // Letters stand in the quarter of an hour in which their run was started: days of all zones are made of quarters.
    // It is told in quarters since 1970. Every worker changes rows of its own; what is being sent counts as queued.
    "CREATE TABLE letter_sums (
        kind SMALLINT NOT NULL,
        item_id BIGINT NOT NULL,
        owner_id BIGINT NOT NULL,
        quarter BIGINT NOT NULL,
        worker_id BIGINT NOT NULL,
        state SMALLINT NOT NULL,
        count BIGINT NOT NULL,
        PRIMARY KEY (kind, item_id, owner_id, quarter, worker_id, state)
    ){clustered}",
    // Attempts stand in the quarter in which they began. Class -1 is none.
    "CREATE TABLE attempt_sums (
        kind SMALLINT NOT NULL,
        item_id BIGINT NOT NULL,
        owner_id BIGINT NOT NULL,
        quarter BIGINT NOT NULL,
        worker_id BIGINT NOT NULL,
        outcome SMALLINT NOT NULL,
        class SMALLINT NOT NULL,
        count BIGINT NOT NULL,
        letters BIGINT NOT NULL,
        PRIMARY KEY (kind, item_id, owner_id, quarter, worker_id, outcome, class)
    ){clustered}",
    "INSERT INTO run_sums (kind, item_id, owner_id, runs, first_run_at, last_run_at, last_run_id)
        SELECT 1, owner_id, owner_id, COUNT(*), MIN(started_at), MAX(started_at), MAX(id) FROM runs GROUP BY owner_id",
    "INSERT INTO run_sums (kind, item_id, owner_id, runs, first_run_at, last_run_at, last_run_id)
        SELECT 2, mailing_id, owner_id, COUNT(*), MIN(started_at), MAX(started_at), MAX(id)
        FROM runs GROUP BY mailing_id, owner_id",
    "INSERT INTO run_sums (kind, item_id, owner_id, runs, first_run_at, last_run_at, last_run_id)
        SELECT 3, message_id, owner_id, COUNT(*), MIN(started_at), MAX(started_at), MAX(id)
        FROM runs WHERE message_id IS NOT NULL GROUP BY message_id, owner_id",
    "INSERT INTO letter_sums (kind, item_id, owner_id, quarter, worker_id, state, count)
        SELECT 2, mailing_id, owner_id, {quarter_of_start}, 0,
            CASE run_counts.state WHEN 1 THEN 0 ELSE run_counts.state END, SUM(count)
        FROM run_counts JOIN runs ON runs.id = run_id
        GROUP BY mailing_id, owner_id, {quarter_of_start}, CASE run_counts.state WHEN 1 THEN 0 ELSE run_counts.state END",
    "INSERT INTO letter_sums (kind, item_id, owner_id, quarter, worker_id, state, count)
        SELECT 3, message_id, owner_id, {quarter_of_start}, 0,
            CASE run_counts.state WHEN 1 THEN 0 ELSE run_counts.state END, SUM(count)
        FROM run_counts JOIN runs ON runs.id = run_id WHERE message_id IS NOT NULL
        GROUP BY message_id, owner_id, {quarter_of_start}, CASE run_counts.state WHEN 1 THEN 0 ELSE run_counts.state END",
    "INSERT INTO letter_sums (kind, item_id, owner_id, quarter, worker_id, state, count)
        SELECT 1, owner_id, owner_id, quarter, 0, state, SUM(count)
        FROM letter_sums WHERE kind = 2 GROUP BY owner_id, quarter, state",
    "INSERT INTO letter_sums (kind, item_id, owner_id, quarter, worker_id, state, count)
        SELECT 0, 0, 0, quarter, 0, state, SUM(count) FROM letter_sums WHERE kind = 1 GROUP BY quarter, state",
    // What was counted before is known by the hour: it stands in the hour's first quarter.
    "INSERT INTO attempt_sums (kind, item_id, owner_id, quarter, worker_id, outcome, class, count, letters)
        SELECT 2, mailing_id, owner_id, {quarter_of_hour}, 0, outcome, class, SUM(count), SUM(letters)
        FROM attempt_counts JOIN runs ON runs.id = run_id
        GROUP BY mailing_id, owner_id, {quarter_of_hour}, outcome, class",
    "INSERT INTO attempt_sums (kind, item_id, owner_id, quarter, worker_id, outcome, class, count, letters)
        SELECT 3, message_id, owner_id, {quarter_of_hour}, 0, outcome, class, SUM(count), SUM(letters)
        FROM attempt_counts JOIN runs ON runs.id = run_id WHERE message_id IS NOT NULL
        GROUP BY message_id, owner_id, {quarter_of_hour}, outcome, class",
    "INSERT INTO attempt_sums (kind, item_id, owner_id, quarter, worker_id, outcome, class, count, letters)
        SELECT 1, owner_id, owner_id, quarter, 0, outcome, class, SUM(count), SUM(letters)
        FROM attempt_sums WHERE kind = 2 GROUP BY owner_id, quarter, outcome, class",
    "INSERT INTO attempt_sums (kind, item_id, owner_id, quarter, worker_id, outcome, class, count, letters)
        SELECT 0, 0, 0, quarter, 0, outcome, class, SUM(count), SUM(letters)
        FROM attempt_sums WHERE kind = 1 GROUP BY quarter, outcome, class",
];
