//! Lists of accounts: each filter with each sort has its index; an owner's runs are found; accounts are searched.

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
    "CREATE INDEX users_role_email ON users (role, email_key, id)",
    "CREATE INDEX users_role_name ON users (role, name_key, id)",
    // Few among many: to find them must not take a walk through all.
    "CREATE INDEX users_blocked ON users (id) WHERE blocked_at IS NOT NULL",
    "CREATE INDEX users_deleted ON users (id) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX runs_owner ON runs (owner_id, id)",
    // Accounts made before they were searched are found by their address and the beginning of their name.
    "INSERT INTO search_terms (kind, owner_id, term, item_id) \
     SELECT 4, id, term, id FROM (SELECT id, lower(email) AS term FROM users UNION SELECT id, email_key FROM users \
     UNION SELECT id, name_key FROM users WHERE name_key <> '' AND length(name_key) <= 100) AS terms",
];

const DOWN: &[&str] = &[
    "DELETE FROM search_terms WHERE kind = 4",
    "DROP INDEX runs_owner",
    "DROP INDEX users_deleted",
    "DROP INDEX users_blocked",
    "DROP INDEX users_role_name",
    "DROP INDEX users_role_email",
];
