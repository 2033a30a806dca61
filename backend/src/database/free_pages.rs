//! Pages of SQLite's file that nothing stands on any more.

use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::Database;

impl Database {
    /// How many there are.
    pub async fn free_pages(&self) -> Result<i64, DbErr> {
        let db = self.read();
        let asked = Statement::from_string(db.get_database_backend(), "PRAGMA freelist_count");
        let free = db.query_one_raw(asked).await?;
        free.map_or(Ok(0), |free| free.try_get_by_index(0))
    }

    /// Gives some of them back to the disk.
    pub async fn give_pages_back(&self, pages: u32) -> Result<(), DbErr> {
        let tx = self.write().await?;
        tx.execute_unprepared(&format!("PRAGMA incremental_vacuum({pages})"))
            .await?;
        tx.commit().await
    }
}
