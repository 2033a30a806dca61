//! Files that nothing points to: those that are being written, and those that somebody took away.
//!
//! A file is noted here before it is written. The transaction that makes a row point to it takes the note away
//! ([`tie`]); the one that lets go of it notes it again ([`untie`]). So whatever is cut off, a request or the whole
//! process, each file has a row or a note, and what is due is removed once a minute: the file first, then its note.

use chrono::TimeDelta;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::entity::{ActiveModel, Column, Entity};
use crate::app::App;
use crate::problem::ApiError;

/// Who writes a file makes a row point to it within this time, or not at all.
const WRITTEN_WITHIN: TimeDelta = TimeDelta::hours(1);
/// What could not be removed is tried again after this time.
const TRIED_AGAIN_AFTER: TimeDelta = TimeDelta::minutes(10);
/// So many are removed at a time.
const AT_ONCE: u64 = 100;

/// Notes files that are about to be written.
pub async fn announce(app: &App, paths: &[String]) -> Result<(), ApiError> {
    let due_at = app.clock.now() + WRITTEN_WITHIN;
    let notes = paths.iter().map(|path| ActiveModel {
        path: Set(path.clone()),
        due_at: Set(due_at),
        leaves: Set(false),
    });
    let tx = app.database.write().await?;
    Entity::insert_many(notes)
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// A row of this transaction points to them from now on.
pub async fn tie(tx: &impl ConnectionTrait, paths: &[String]) -> Result<(), ApiError> {
    let tied = Entity::delete_many()
        .filter(Column::Path.is_in(paths))
        .filter(Column::Leaves.eq(false))
        .exec(tx)
        .await?;
    if tied.rows_affected == paths.len() as u64 {
        Ok(())
    } else {
        let fault = "files were given up before anything pointed to them";
        Err(ApiError::ours(fault))
    }
}

/// No row points to them any more when this transaction ends. Then [`remove`] them, or leave them to the next minute.
pub async fn untie(app: &App, tx: &impl ConnectionTrait, paths: &[String]) -> Result<(), DbErr> {
    let now = app.clock.now();
    let notes = paths.iter().map(|path| ActiveModel {
        path: Set(path.clone()),
        due_at: Set(now),
        leaves: Set(true),
    });
    if !paths.is_empty() {
        Entity::insert_many(notes)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Removes files that leave, and then their notes. What fails is tried again later.
pub async fn remove(app: &App, paths: &[String]) -> Result<(), ApiError> {
    if paths.is_empty() {
        return Ok(());
    }
    let mut removed = Vec::new();
    let mut left = Vec::new();
    for path in paths {
        match app.files.delete(path).await {
            Ok(()) => removed.push(path.as_str()),
            Err(error) => {
                tracing::warn!(%error, "a file that nothing points to stays for now");
                left.push(path.as_str());
            }
        }
    }
    let tx = app.database.write().await?;
    Entity::delete_many()
        .filter(Column::Path.is_in(removed))
        .exec(&tx)
        .await?;
    if !left.is_empty() {
        let later = app.clock.now() + TRIED_AGAIN_AFTER;
        Entity::update_many()
            .col_expr(Column::DueAt, Expr::value(later))
            .filter(Column::Path.is_in(left))
            .exec(&tx)
            .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The same for somebody whose act is done already: what fails is the next minute's business.
pub async fn remove_now(app: &App, paths: &[String]) {
    if let Err(error) = remove(app, paths).await {
        tracing::warn!(%error, "files that nothing points to stay for now");
    }
}

/// Removes all files that are due.
pub async fn sweep(app: &App) -> Result<(), ApiError> {
    loop {
        let leaving = leaving(app).await?;
        remove(app, &leaving).await?;
        if (leaving.len() as u64) < AT_ONCE {
            return Ok(());
        }
    }
}

/// Some that are due, and that nothing may point to any more.
async fn leaving(app: &App) -> Result<Vec<String>, ApiError> {
    let is_due = Column::DueAt.lte(app.clock.now());
    let due = Entity::find()
        .filter(is_due.clone())
        .order_by_asc(Column::DueAt)
        .limit(AT_ONCE)
        .all(app.database.read())
        .await?;
    let (leaving, written): (Vec<_>, Vec<_>) = due.into_iter().partition(|note| note.leaves);
    let mut leaving: Vec<String> = leaving.into_iter().map(|note| note.path).collect();
    if !written.is_empty() {
        let tx = app.database.write().await?;
        // Whoever ties one at this moment is waited for, and its note is gone.
        let given_up = Entity::update_many()
            .col_expr(Column::Leaves, Expr::value(true))
            .filter(Column::Path.is_in(written.into_iter().map(|note| note.path)))
            .filter(is_due)
            .exec_with_returning(&tx)
            .await?;
        tx.commit().await?;
        leaving.extend(given_up.into_iter().map(|note| note.path));
    }
    Ok(leaving)
}
