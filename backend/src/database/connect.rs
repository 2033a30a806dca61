//! Opens the connections with the settings that the guarantees rest on.

use std::path::Path;
use std::time::Duration;

use sea_orm::{ConnectOptions, DbErr};

use super::{Database, Engine};
use crate::config::DatabaseConfig;

const BUSY_FOR: Duration = Duration::from_secs(10);

/// Connects to the configured database; an empty URL is SQLite in the data folder.
pub async fn connect(config: &DatabaseConfig, data: &Path) -> Result<Database, DbErr> {
    let url = match config.url.reveal() {
        "" => format!("sqlite://{}", data.join("golub.db").display()),
        url => url.to_owned(),
    };
    if url.starts_with("sqlite:") {
        let writer = sea_orm::Database::connect(sqlite(&url, 1)).await?;
        let reader = sea_orm::Database::connect(sqlite(&url, config.connections.max(1))).await?;
        return Ok(Database {
            engine: Engine::Sqlite,
            reader,
            writer,
        });
    }
    let pool = sea_orm::Database::connect(postgres(&url, config.connections.max(2))).await?;
    Ok(Database {
        engine: Engine::Postgres,
        reader: pool.clone(),
        writer: pool,
    })
}

fn sqlite(url: &str, connections: u32) -> ConnectOptions {
    let mut options = quiet(url);
    options
        .max_connections(connections)
        .map_sqlx_sqlite_opts(|options| {
            options
                .create_if_missing(true)
                // Only before the first table does this take effect: pruned pages can then be given back.
                .pragma("auto_vacuum", "INCREMENTAL")
                .pragma("journal_mode", "WAL")
                // NORMAL could lose the last commits at power loss; a lost outcome would be a letter sent twice.
                .pragma("synchronous", "FULL")
                .foreign_keys(true)
                .busy_timeout(BUSY_FOR)
        });
    options
}

fn postgres(url: &str, connections: u32) -> ConnectOptions {
    let mut options = quiet(url);
    options.max_connections(connections);
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
