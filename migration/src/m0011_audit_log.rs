//! The audit log: who did what to whom. It outlives those it speaks of.

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
        dialect::drop_tables(manager, &["audit_log"]).await
    }
}

const STATEMENTS: &[&str] = &[
    // No foreign keys: an entry stays when its people are gone. actor_id NULL: the command line.
    "CREATE TABLE audit_log (
        id {id},
        at {instant} NOT NULL,
        act TEXT NOT NULL,
        actor_id BIGINT,
        actor_name TEXT NOT NULL,
        owner_id BIGINT,
        owner_name TEXT NOT NULL,
        item_kind TEXT NOT NULL,
        item_id BIGINT,
        item_title TEXT NOT NULL,
        details TEXT NOT NULL,
        client TEXT NOT NULL
    )",
    "CREATE INDEX audit_log_act ON audit_log (act, id)",
    "CREATE INDEX audit_log_actor ON audit_log (actor_id, id)",
    "CREATE INDEX audit_log_owner ON audit_log (owner_id, id)",
    "CREATE INDEX audit_log_at ON audit_log (at)",
];
