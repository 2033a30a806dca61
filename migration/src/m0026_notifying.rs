//! PostgreSQL tells all processes what changes of that which they may keep in memory.
//!
//! One notification for each statement: `table:7,12` where it changed few rows, `table:any` where it changed many, and
//! `table:new` where it added some. On SQLite processes ask; see `backend/src/kept/hearing.rs`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        dialect::execute(manager, FUNCTIONS).await?;
        for Told { table, if_changed } in TOLD {
            for (event, tables) in [
                ("INSERT", "NEW TABLE AS new_rows"),
                ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
                ("DELETE", "OLD TABLE AS old_rows"),
            ] {
                let function = match event {
                    "UPDATE" => if_changed,
                    "INSERT" => "golub_tell_new",
                    _ => "golub_tell_rows",
                };
                let statement = format!(
                    "CREATE TRIGGER golub_tell_{} AFTER {event} ON {table} REFERENCING {tables} \
                    FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
                    event.to_lowercase()
                );
                manager
                    .get_connection()
                    .execute_unprepared(&statement)
                    .await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for Told { table, .. } in TOLD {
            for event in ["insert", "update", "delete"] {
                let statement = format!("DROP TRIGGER golub_tell_{event} ON {table}");
                manager
                    .get_connection()
                    .execute_unprepared(&statement)
                    .await?;
            }
        }
        dialect::execute(manager, DOWN).await
    }
}

/// A table, and what tells of its changed rows.
struct Told {
    table: &'static str,
    if_changed: &'static str,
}

const TOLD: [Told; 5] = [
    Told {
        table: "users",
        if_changed: "golub_tell_users",
    },
    Told {
        table: "recipients",
        if_changed: "golub_tell_rows",
    },
    Told {
        table: "messages",
        if_changed: "golub_tell_rows",
    },
    Told {
        table: "mailings",
        if_changed: "golub_tell_rows",
    },
    Told {
        table: "blog_articles",
        if_changed: "golub_tell_articles",
    },
];

/// A hundred ids have room in a notification, which takes 8000 bytes.
const FUNCTIONS: &[&str] = &[
    "CREATE FUNCTION golub_tell_new() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN \
        IF EXISTS (SELECT FROM new_rows) THEN \
            PERFORM pg_notify('golub_changes', TG_TABLE_NAME || ':new'); \
        END IF; \
        RETURN NULL; \
    END $$",
    "CREATE FUNCTION golub_tell_ids(of_table text, ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$ \
    BEGIN \
        IF cardinality(ids) > 100 THEN \
            PERFORM pg_notify('golub_changes', of_table || ':any'); \
        ELSIF cardinality(ids) > 0 THEN \
            PERFORM pg_notify('golub_changes', of_table || ':' || array_to_string(ids, ',')); \
        END IF; \
    END $$",
    "CREATE FUNCTION golub_tell_rows() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN \
        PERFORM golub_tell_ids(TG_TABLE_NAME, ARRAY(SELECT id FROM old_rows LIMIT 101)); \
        RETURN NULL; \
    END $$",
    // Others see of an account what it is called. When it was last seen changes all the time.
    "CREATE FUNCTION golub_tell_users() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN \
        PERFORM golub_tell_ids(TG_TABLE_NAME, ARRAY( \
            SELECT id FROM old_rows JOIN new_rows USING (id) \
            WHERE (old_rows.email, old_rows.full_name) IS DISTINCT FROM (new_rows.email, new_rows.full_name) \
            LIMIT 101)); \
        RETURN NULL; \
    END $$",
    // A counted reading is no change.
    "CREATE FUNCTION golub_tell_articles() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN \
        PERFORM golub_tell_ids(TG_TABLE_NAME, ARRAY( \
            SELECT id FROM old_rows JOIN new_rows USING (id) \
            WHERE old_rows.readings = new_rows.readings LIMIT 101)); \
        RETURN NULL; \
    END $$",
];

const DOWN: &[&str] = &[
    "DROP FUNCTION golub_tell_articles()",
    "DROP FUNCTION golub_tell_users()",
    "DROP FUNCTION golub_tell_rows()",
    "DROP FUNCTION golub_tell_ids(text, bigint[])",
    "DROP FUNCTION golub_tell_new()",
];
