//! How each mail server stands: its breaker, its budgets, its row of refusals. All workers share these rows.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::execute(manager, STATEMENTS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::drop_tables(manager, &["mail_servers"]).await
    }
}

const STATEMENTS: &[&str] = &[
    // All instants are on the row's own time, which never goes back: `seen_at` is the latest that any worker told.
    // `refused` is a JSON list of deliveries, `minutes` and `quarters` are JSON: letters by slot of time.
    "CREATE TABLE mail_servers (
        name {key} PRIMARY KEY,
        seen_at {instant} NOT NULL,
        state TEXT NOT NULL,
        since {instant} NOT NULL,
        retry_at {instant},
        openings BIGINT NOT NULL,
        cause TEXT,
        trouble TEXT,
        probe_worker_id BIGINT,
        refused TEXT NOT NULL,
        free_at {instant} NOT NULL,
        minutes TEXT NOT NULL,
        quarters TEXT NOT NULL
    )",
];
