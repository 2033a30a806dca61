//! SQLite or PostgreSQL behind one door.
//!
//! SQLite has one writer: all writes of the process wait their turn for its one writing connection, in order, as
//! Immediate transactions, while readers read beside it. A write is therefore kept short, 20 ms at
//! most; long work goes in steps. Its log is moved into the file beside the writing ([`checkpoints`]). PostgreSQL
//! reads and writes through one pool. What each write changes is told to those who keep answers ([`changes`]).

pub mod changes;
pub mod checkpoints;
mod connect;
pub mod count;
mod free_pages;
pub mod hold;
pub mod keyset;
pub mod search;
mod statement;
pub mod stretch;
mod words;
mod write;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use self::changes::Changes;
use self::checkpoints::Checkpoints;
pub use connect::connect;
pub(crate) use words::words;
pub use write::Write;

/// Which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The connections of this process.
#[derive(Clone)]
pub struct Database {
    engine: Engine,
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    url: String,
    changes: Changes,
    /// How many connections SQLite's writer has had, one after the other.
    writers: Arc<AtomicU64>,
}

/// Differs from one that was asked for before when others have committed something since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataVersion {
    writer: u64,
    version: i64,
}

impl fmt::Debug for Database {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may bear a password.
        out.debug_struct("Database")
            .field("engine", &self.engine)
            .finish_non_exhaustive()
    }
}

impl Database {
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// For reading outside of a transaction: each statement sees what has been committed by then.
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For reading with several statements what has to agree: all of them see the database as it is at the first one.
    /// It keeps a connection until it is dropped, so that whoever has one asks for no other beside it.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        match self.engine {
            // Each of its transactions does.
            Engine::Sqlite => self.reader.begin().await,
            Engine::Postgres => {
                let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
                self.reader.begin_with_config(Some(level), Some(mode)).await
            }
        }
    }

    /// Begins a write. On SQLite nobody else writes until it ends: keep it short, and ask nothing of the network.
    pub async fn write(&self) -> Result<Write, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.writer.begin_with_options(options).await?;
        Ok(Write::new(transaction, self.changes.clone()))
    }

    /// What has changed, as far as this process knows.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Where the database is, with what opens it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Whether others have written to an SQLite database: other processes, or whatever has it open.
    pub async fn data_version(&self) -> Result<DataVersion, DbErr> {
        // Versions tell of what their own connection has not written.
        let writer = self.writers.load(Ordering::SeqCst);
        let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA data_version");
        let row = self.writer.query_one_raw(asked).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound("data_version".to_owned()))?;
        Ok(DataVersion {
            writer,
            version: row.try_get_by_index(0)?,
        })
    }

    /// Brings the schema up to date. Several processes may start at once.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        if self.engine == Engine::Sqlite {
            return Migrator::up(&self.writer, None).await;
        }
        // Migrations take no lock of their own. This one is held by its connection, the migrations run on another.
        let guard = self.writer.begin().await?;
        // However long they take, it waits for them.
        guard
            .execute_unprepared(
                "SET LOCAL idle_in_transaction_session_timeout = 0; SELECT pg_advisory_xact_lock(7201001)",
            )
            .await?;
        Migrator::up(&self.reader, None).await?;
        guard.commit().await
    }

    /// From now on moves SQLite's log into its file every second, until what is returned is dropped. The process
    /// that serves or sends does so.
    pub async fn keep_checkpointed(&self) -> Result<Option<Checkpoints>, DbErr> {
        if self.engine == Engine::Postgres {
            return Ok(None);
        }
        let connection = connect::checkpointer(&self.url).await?;
        Ok(Some(Checkpoints::begin(connection)))
    }

    /// Moves all that stands in SQLite's log into its file.
    pub async fn checkpoint(&self) -> Result<(), DbErr> {
        if self.engine == Engine::Sqlite {
            self.writer
                .execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)")
                .await?;
        }
        Ok(())
    }

    /// The file that the process which sends on this SQLite database locks. It lies beside the database's own:
    /// whoever opens that one, from whatever data folder, finds the same lock.
    pub async fn lock_path(&self) -> Result<PathBuf, DbErr> {
        let sql = "SELECT file FROM pragma_database_list WHERE name = 'main'";
        let row = self
            .reader
            .query_one_raw(Statement::from_string(DbBackend::Sqlite, sql));
        let row = row
            .await?
            .ok_or_else(|| DbErr::RecordNotFound("main".to_owned()))?;
        let file: String = row.try_get_by_index(0)?;
        Ok(PathBuf::from(file + "-sender.lock"))
    }

    /// Closes all connections, after what they are doing.
    pub async fn close(self) -> Result<(), DbErr> {
        let Self {
            engine,
            reader,
            writer,
            url: _,
            changes: _,
            writers: _,
        } = self;
        if engine == Engine::Sqlite {
            reader.close().await?;
        }
        writer.close().await
    }

    /// Is the schema as this program expects it?
    pub async fn is_migrated(&self) -> Result<bool, DbErr> {
        Ok(Migrator::get_pending_migrations_read_only(&self.reader)
            .await?
            .is_empty())
    }
}

impl From<Engine> for DbBackend {
    fn from(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => DbBackend::Sqlite,
            Engine::Postgres => DbBackend::Postgres,
        }
    }
}
