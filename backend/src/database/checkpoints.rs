//! Moving SQLite's log into its file, beside the writing.
//!
//! The writer never does it itself: a checkpoint of a long log inside a commit would hold all writers up. A connection
//! of its own moves what it can every second without waiting for anybody. While letters leave without a pause the
//! log is never wholly moved at such a moment, and grows; past its limit a checkpoint lets the writers wait for the
//! last few pages, so that the log begins anew.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use tokio::task::JoinHandle;

const EVERY: Duration = Duration::from_secs(1);
/// 64 MB in pages of 4 KB.
const PAGES_LIMIT: i64 = 16_384;

/// Checkpoints until it is dropped.
#[derive(Debug)]
pub struct Checkpoints {
    task: JoinHandle<()>,
}

impl Checkpoints {
    /// Begins, over a connection that nobody else uses.
    pub(super) fn begin(connection: DatabaseConnection) -> Self {
        let task = tokio::spawn(async move {
            let mut failed = false;
            loop {
                tokio::time::sleep(EVERY).await;
                let done = checkpoint(&connection).await;
                if let Err(error) = &done
                    && !failed
                {
                    tracing::warn!(%error, "SQLite's log could not be moved into its file; it is tried again");
                }
                failed = done.is_err();
            }
        });
        Self { task }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Moves what can be moved without waiting; past the limit, so much that the log begins anew.
pub async fn checkpoint(connection: &DatabaseConnection) -> Result<(), DbErr> {
    if pages_in_log(connection, "PRAGMA wal_checkpoint(PASSIVE)").await? > PAGES_LIMIT {
        pages_in_log(connection, "PRAGMA wal_checkpoint(RESTART)").await?;
    }
    Ok(())
}

async fn pages_in_log(connection: &DatabaseConnection, pragma: &str) -> Result<i64, DbErr> {
    let statement = Statement::from_string(connection.get_database_backend(), pragma);
    let row = connection.query_one_raw(statement).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(1))
}
