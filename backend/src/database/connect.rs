//! Opens the connections with the settings that the guarantees rest on.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, DatabaseConnection, DbErr};

use super::changes::Changes;
use super::{Database, Engine};
use crate::config::DatabaseConfig;

/// A process that is put to sleep in the middle of a transaction, or vanishes with its machine, would hold its rows
/// for ever, and nobody could take its letters over. None of ours waits for anything but the database.
const FROZEN_FOR: (&str, &str) = ("idle_in_transaction_session_timeout", "10s");
const BUSY_FOR: Duration = Duration::from_secs(10);
/// A checkpoint that waits for a reader holds the writers up meanwhile.
const CHECKPOINT_BUSY_FOR: Duration = Duration::from_millis(20);

/// Connects to the configured database; an empty URL is SQLite in the data folder.
pub async fn connect(config: &DatabaseConfig, data: &Path) -> Result<Database, DbErr> {
    let url = match config.url.reveal() {
        "" => format!("sqlite://{}", data.join("golub.db").display()),
        url => url.to_owned(),
    };
    if url.starts_with("sqlite:") {
        let writers = Arc::default();
        let writer = sea_orm::Database::connect(writer(&url, &writers)).await?;
        let readers = sqlite(&url, config.connections.max(1), |options| {
            lasting(options, BUSY_FOR)
        });
        let reader = sea_orm::Database::connect(readers).await?;
        return Ok(Database {
            engine: Engine::Sqlite,
            reader,
            writer,
            url,
            changes: Changes::default(),
            writers,
        });
    }
    let pool = sea_orm::Database::connect(postgres(&url, config.connections.max(2))).await?;
    Ok(Database {
        engine: Engine::Postgres,
        reader: pool.clone(),
        writer: pool,
        url,
        changes: Changes::default(),
        writers: Arc::default(),
    })
}

/// One more connection to an SQLite database that is open.
pub(super) async fn checkpointer(url: &str) -> Result<DatabaseConnection, DbErr> {
    let options = sqlite(url, 1, |options| lasting(options, CHECKPOINT_BUSY_FOR));
    sea_orm::Database::connect(options).await
}

/// SQLite's one writing connection. It leaves the log to [`super::checkpoints`]. Some errors, a full disk among them,
/// end a transaction on SQLite's side alone: a connection that is not known to be outside of any is not used again.
fn writer(url: &str, writers: &Arc<AtomicU64>) -> ConnectOptions {
    let mut options = sqlite(url, 1, |options| {
        // Only before the first table does this take effect: pruned pages can then be given back. It is written into
        // the file each time, so that any other connection that did it would have to wait for the writer.
        lasting(options, BUSY_FOR).pragma("auto_vacuum", "INCREMENTAL")
    });
    let writers = writers.clone();
    options.map_sqlx_sqlite_pool_opts(move |pool| {
        let writers = writers.clone();
        let pool = pool.after_connect(move |_, _| {
            writers.fetch_add(1, Ordering::SeqCst);
            Box::pin(async { Ok(()) })
        });
        pool.after_release(|connection, _| {
            Box::pin(async move {
                // A rollback that is still on its way has been carried out when this is answered.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
    });
    options
}

fn sqlite(
    url: &str,
    connections: u32,
    settings: impl Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync + 'static,
) -> ConnectOptions {
    let mut options = quiet(url);
    options
        .max_connections(connections)
        .map_sqlx_sqlite_opts(settings);
    options
}

/// What every connection has.
fn lasting(options: SqliteConnectOptions, busy_for: Duration) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .pragma("journal_mode", "WAL")
        // NORMAL could lose the last commits at power loss; a lost outcome would be a letter sent twice.
        .pragma("synchronous", "FULL")
        .pragma("wal_autocheckpoint", "0")
        .foreign_keys(true)
        .busy_timeout(busy_for)
}

fn postgres(url: &str, connections: u32) -> ConnectOptions {
    let mut options = quiet(url);
    options
        .max_connections(connections)
        .map_sqlx_postgres_opts(|options| options.options([FROZEN_FOR]));
    options
}

fn quiet(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .acquire_timeout(Duration::from_secs(15))
        // A ping at every acquire halves the speed of single writes.
        .test_before_acquire_if_idle_for(Duration::from_secs(10));
    options
}

#[cfg(test)]
mod tests {
    use sea_orm::TransactionTrait as _;

    use super::*;
    use crate::config::Secret;

    #[tokio::test]
    async fn connections_for_reading_are_opened_while_somebody_writes() {
        let folder = tempfile::tempdir().unwrap();
        let config = DatabaseConfig {
            url: Secret::default(),
            connections: 5,
        };
        let database = connect(&config, folder.path()).await.unwrap();
        database.migrate().await.unwrap();
        let writing = database.write().await.unwrap();
        let mut reading = Vec::new();
        for _ in 0..config.connections {
            reading.push(database.read().begin().await.unwrap());
        }
        drop((writing, reading));
    }
}
