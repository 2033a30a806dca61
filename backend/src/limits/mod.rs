//! Limits on trying: so often at once, then so often in a while, per person, address or client.
//!
//! Each limit is a bucket of tries that fills again at a steady pace (GCRA). One row holds all of it: the instant at
//! which the bucket is full again. It lies in the database, so that the limit is one for all processes and outlives
//! them; what it is for is hashed, so that nobody's address lies there. A try is taken before it is made and given
//! back where it was right: nobody gets more tries by making them at once, and nobody is locked out by their own.

pub mod entity;

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};

use crate::app::App;
use crate::problem::ApiError;

/// So many tries at once, and then one in each `every`.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub name: &'static str,
    pub at_once: u32,
    pub every: Duration,
}

impl Limit {
    pub const fn new(name: &'static str, at_once: u32, every: Duration) -> Self {
        Self {
            name,
            at_once,
            every,
        }
    }
}

/// Takes one try of each limit for its subject (an address, a client, a person's id), or says how long to wait;
/// then none is taken.
pub async fn take(app: &App, limits: &[(Limit, &str)]) -> Result<(), ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    for (limit, subject) in limits {
        take_one(&tx, *limit, &key(app, *limit, subject), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// When another try of all these limits may be taken. None is taken.
pub async fn next_at(app: &App, limits: &[(Limit, &str)]) -> Result<DateTime<Utc>, ApiError> {
    let mut next = app.clock.now();
    for (limit, subject) in limits {
        let row = entity::Entity::find_by_id(key(app, *limit, subject))
            .one(app.database.read())
            .await?;
        if let Some(row) = row {
            next = next.max(row.free_at + limit.every - limit.every * limit.at_once);
        }
    }
    Ok(next)
}

/// Gives all tries back: what was tried was right.
pub async fn give_back(
    app: &App,
    tx: &impl ConnectionTrait,
    limits: &[(Limit, &str)],
) -> Result<(), DbErr> {
    for (limit, subject) in limits {
        entity::Entity::delete_by_id(key(app, *limit, subject))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Gives back the one try that was taken: it was right, but says nothing of the others.
pub async fn give_one_back(
    app: &App,
    tx: &impl ConnectionTrait,
    limit: Limit,
    subject: &str,
) -> Result<(), DbErr> {
    let key = key(app, limit, subject);
    let Some(row) = entity::Entity::find_by_id(&key).one(tx).await? else {
        return Ok(());
    };
    // Where another try was taken meanwhile this one stays spent: it comes back by itself.
    entity::Entity::update_many()
        .col_expr(
            entity::Column::FreeAt,
            Expr::value(row.free_at - limit.every),
        )
        .filter(entity::Column::Key.eq(key))
        .filter(entity::Column::FreeAt.eq(row.free_at))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets the limits of which nothing is spent any more.
pub async fn sweep(app: &App) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    entity::Entity::delete_many()
        .filter(entity::Column::FreeAt.lte(app.clock.now()))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

async fn take_one(
    tx: &impl ConnectionTrait,
    limit: Limit,
    key: &str,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    // Written first, so that of two at once the second waits for the first and sees what it took.
    let row = entity::ActiveModel {
        key: Set(key.to_owned()),
        free_at: Set(now),
    };
    entity::Entity::insert(row)
        .on_conflict(
            OnConflict::column(entity::Column::Key)
                .update_column(entity::Column::Key)
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    let free_at = entity::Entity::find_by_id(key)
        .one(tx)
        .await?
        .map_or(now, |row| row.free_at);
    let next = after_one(limit, free_at, now).map_err(ApiError::TooManyRequests)?;
    entity::Entity::update_many()
        .col_expr(entity::Column::FreeAt, Expr::value(next))
        .filter(entity::Column::Key.eq(key))
        .exec(tx)
        .await?;
    Ok(())
}

/// When the bucket is full again after one more try, or how long to wait for that try.
fn after_one(
    limit: Limit,
    free_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Duration> {
    let next = free_at.max(now) + limit.every;
    let latest = now + limit.every * limit.at_once;
    match (next - latest).to_std() {
        Ok(wait) if !wait.is_zero() => Err(wait),
        _ => Ok(next),
    }
}

fn key(app: &App, limit: Limit, subject: &str) -> String {
    app.tokens
        .keyed_hash("limit", &format!("{}\0{subject}", limit.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_at_once_and_then_one_in_a_while() {
        let limit = Limit::new("test", 3, Duration::from_secs(10));
        let start: DateTime<Utc> = "2030-05-01T06:00:00Z".parse().unwrap();
        let mut free_at = start;
        for _ in 0..3 {
            free_at = after_one(limit, free_at, start).unwrap();
        }
        let wait = after_one(limit, free_at, start).unwrap_err();
        assert_eq!(wait, Duration::from_secs(10));
        let later = start + wait;
        free_at = after_one(limit, free_at, later).unwrap();
        assert!(after_one(limit, free_at, later).is_err());
        assert!(after_one(limit, free_at, later + Duration::from_secs(60)).is_ok());
    }
}
