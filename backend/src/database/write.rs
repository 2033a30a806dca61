//! A transaction that writes. When it has been committed, whoever keeps answers hears what it has changed.
//!
//! That is read from its statements (`statement.rs`), so that no path that writes can forget to tell.

use std::sync::{Mutex, PoisonError};

use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use super::changes::{Change, Changes};
use super::statement;

/// Nothing of it stays unless it is committed.
#[derive(Debug)]
pub struct Write {
    transaction: DatabaseTransaction,
    changed: Mutex<Vec<Change>>,
    changes: Changes,
}

impl Write {
    pub(super) fn new(transaction: DatabaseTransaction, changes: Changes) -> Self {
        Self {
            transaction,
            changed: Mutex::default(),
            changes,
        }
    }

    pub async fn commit(self) -> Result<(), DbErr> {
        let Self {
            transaction,
            changed,
            changes,
        } = self;
        let changed = changed.into_inner().unwrap_or_else(PoisonError::into_inner);
        if changed.is_empty() {
            return transaction.commit().await;
        }
        // On its own: a client that goes away ends the waiting for a commit, not the commit. It is told of too where
        // it failed, for what has failed may have been done.
        let committed = tokio::spawn(async move {
            let committed = transaction.commit().await;
            for change in &changed {
                changes.tell(change);
            }
            committed
        });
        committed
            .await
            .map_err(|error| DbErr::Custom(error.to_string()))?
    }

    pub async fn rollback(self) -> Result<(), DbErr> {
        self.transaction.rollback().await
    }

    fn note(&self, changed: Vec<Change>) {
        if changed.is_empty() {
            return;
        }
        let mut all = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend(changed);
    }

    fn note_statement(&self, statement: &Statement) {
        let Statement { sql, values, .. } = statement;
        self.note(statement::changes(sql, values.as_ref()));
    }
}

#[async_trait]
impl ConnectionTrait for Write {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.note_statement(&statement);
        self.transaction.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.note(statement::of_several(sql));
        self.transaction.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note_statement(&statement);
        self.transaction.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note_statement(&statement);
        self.transaction.query_all_raw(statement).await
    }
}
