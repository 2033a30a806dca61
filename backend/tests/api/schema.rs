//! The schema: it can be made, taken down and made again, and the program knows every table of it.

use std::collections::BTreeSet;

use golub::blog::entity as blog;
use golub::database::search;
use golub::delivery::entity::{
    attempt, attempt_count, attempt_sum, claim, delivery, letter_sum, run, run_count, run_sum,
    worker,
};
use golub::delivery::rules;
use golub::{
    accounts, audit, files, idempotency, limits, mail_servers, mailings, messages, notices,
    recipients,
};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait,
    QuerySelect, Statement,
};

use crate::support::database::TestDatabase;

#[actix_web::test]
async fn the_schema_can_be_taken_down_and_made_again() {
    let database = TestDatabase::create().await;
    let db = connect(&database).await;
    let made = schema(&db).await;
    Migrator::down(&db, None).await.unwrap();
    let left = tables(&db).await;
    assert!(left.is_empty(), "{left:?}");
    // One step forward, one back, and forward again.
    for _ in Migrator::migrations() {
        Migrator::up(&db, Some(1)).await.unwrap();
        Migrator::down(&db, Some(1)).await.unwrap();
        Migrator::up(&db, Some(1)).await.unwrap();
    }
    assert_eq!(schema(&db).await, made);
    db.close().await.unwrap();
}

#[actix_web::test]
async fn the_program_knows_every_table() {
    let database = TestDatabase::create().await;
    let db = connect(&database).await;
    let mut known = BTreeSet::new();
    macro_rules! select {
        ($($entity:expr),+ $(,)?) => {
            $(
                let found = select_one(&db, $entity).await;
                assert!(known.insert(found), "listed twice");
            )+
        };
    }
    select!(
        accounts::entity::Entity,
        accounts::sessions::entity::Entity,
        accounts::links::entity::Entity,
        accounts::invitations::entity::Entity,
        accounts::email_change::entity::Entity,
        accounts::api_tokens::entity::Entity,
        accounts::second_factor::recovery_code_entity::Entity,
        accounts::phone::entity::Entity,
        limits::entity::Entity,
        notices::entity::Entity,
        audit::entity::Entity,
        recipients::entity::Entity,
        search::Entity,
        messages::entity::Entity,
        messages::view_entity::Entity,
        mailings::entity::Entity,
        mailings::audience_entity::Entity,
        mailings::audience_recipient_entity::Entity,
        rules::Entity,
        worker::Entity,
        run::Entity,
        run_count::Entity,
        claim::Entity,
        delivery::Entity,
        attempt::Entity,
        mail_servers::entity::Entity,
        attempt_count::Entity,
        run_sum::Entity,
        letter_sum::Entity,
        attempt_sum::Entity,
        idempotency::entity::Entity,
        blog::article::Entity,
        blog::former_slug::Entity,
        blog::picture::Entity,
        blog::used_picture::Entity,
        blog::visit::Entity,
        blog::visit_secret::Entity,
        files::entity::Entity,
    );
    assert_eq!(known, tables(&db).await);
    db.close().await.unwrap();
}

async fn select_one<E: EntityTrait>(db: &DatabaseConnection, entity: E) -> String {
    let table = entity.table_name().to_owned();
    let rows = E::find().limit(1).all(db).await;
    assert!(rows.is_ok(), "{table}: {}", rows.unwrap_err());
    table
}

async fn connect(database: &TestDatabase) -> DatabaseConnection {
    let url = match database.url() {
        "" => format!("sqlite://{}", database.folder().join("golub.db").display()),
        url => url.to_owned(),
    };
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

async fn tables(db: &DatabaseConnection) -> BTreeSet<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
        _ => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    };
    let mut tables: BTreeSet<String> = first_column(db, sql).await.into_iter().collect();
    tables.remove("seaql_migrations");
    tables
}

/// Tables, columns and indexes, in words.
async fn schema(db: &DatabaseConnection) -> Vec<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, collation_name)
             FROM information_schema.columns WHERE table_schema = 'public'
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
             UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
             WHERE connamespace = 'public'::regnamespace
             ORDER BY 1"
        }
        _ => "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1",
    };
    first_column(db, sql).await
}

async fn first_column(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect()
}
