//! A worker among workers: it makes itself known, beats, and notices when another one is dead.
//!
//! No wall clock decides this. A worker counts up its beat; another one takes it over when it has seen
//! the same beat for `worker.takeover_after` on its own monotonic clock. On SQLite all processes are on one machine
//! and only one sends at a time: it holds a file lock, and whoever gets that lock knows that its predecessor is gone.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use super::entity::worker;
use super::ledger::takeover::take_over;
use crate::app::App;
use crate::database::Engine;
use crate::problem::ApiError;

const BEAT_EVERY: Duration = Duration::from_secs(5);

/// This process as a worker.
#[derive(Debug)]
pub struct Presence {
    app: App,
    worker_id: AtomicI64,
    last_beat: Mutex<Duration>,
    /// How many workers there are, this one included, as far as this one knows.
    living: AtomicUsize,
    /// Others' beats and when each was first seen.
    seen: Mutex<HashMap<i64, (i64, Duration)>>,
    /// Held for as long as this process sends.
    _lock: Option<Lock>,
}

/// Why this process cannot send.
#[derive(Debug, thiserror::Error)]
pub enum AbsentError {
    #[error("another process sends already")]
    Busy,
    #[error("the lock file: {0}")]
    Lock(std::io::Error),
    #[error(transparent)]
    Database(#[from] ApiError),
}

impl Presence {
    /// Makes this process known as a worker, and takes over what dead ones have left.
    pub async fn enter(app: App) -> Result<Self, AbsentError> {
        let lock = match app.database.engine() {
            Engine::Sqlite => Some(lock(&app).await?),
            Engine::Postgres => None,
        };
        let id = register(&app).await?;
        let presence = Self {
            last_beat: Mutex::new(app.clock.monotonic()),
            app,
            worker_id: AtomicI64::new(id),
            living: AtomicUsize::new(1),
            seen: Mutex::default(),
            _lock: lock,
        };
        presence.take_over_dead().await?;
        Ok(presence)
    }

    pub fn worker_id(&self) -> i64 {
        self.worker_id.load(Ordering::Relaxed)
    }

    /// How many workers share what one service may use.
    pub fn living(&self) -> usize {
        self.living.load(Ordering::Relaxed)
    }

    /// Says that this worker lives, if it has not just done so, and looks after the others.
    pub async fn beat_if_due(&self) -> Result<(), ApiError> {
        let now = self.app.clock.monotonic();
        {
            let mut last = self
                .last_beat
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if now < *last + BEAT_EVERY {
                return Ok(());
            }
            *last = now;
        }
        self.beat().await?;
        self.take_over_dead().await
    }

    /// Leaves. What it held has been given back or recorded; whatever has not is settled as if it had died.
    pub async fn leave(&self) -> Result<(), ApiError> {
        let (me, now) = (self.worker_id(), self.app.clock.now());
        let settled = take_over(&self.app.database, me, me, now).await?;
        if settled > 0 {
            tracing::warn!(
                worker = me,
                deliveries = settled,
                "this worker left with letters unsettled; they are settled now"
            );
        }
        Ok(())
    }

    async fn beat(&self) -> Result<(), ApiError> {
        let tx = self.app.database.write().await?;
        let beaten = worker::Entity::update_many()
            .col_expr(worker::Column::Beat, Expr::col(worker::Column::Beat).add(1))
            .filter(worker::Column::Id.eq(self.worker_id()))
            .filter(worker::Column::TakenOver.eq(false))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        if beaten.rows_affected == 0 {
            // It was asleep for so long that another one took it over. Its claims are lost; it goes on as a new one.
            tracing::warn!(
                worker = self.worker_id(),
                "this worker was taken over; it goes on under a new id"
            );
            self.worker_id
                .store(register(&self.app).await?, Ordering::Relaxed);
        }
        Ok(())
    }

    async fn take_over_dead(&self) -> Result<(), ApiError> {
        let others = worker::Entity::find()
            .filter(worker::Column::Id.ne(self.worker_id()))
            .all(self.app.database.read())
            .await?;
        let dead = self.dead_among(&others);
        let living = 1 + others.len() - dead.len();
        self.living.store(living, Ordering::Relaxed);
        for other in dead {
            if !other.taken_over && !self.won(&other).await? {
                continue;
            }
            let now = self.app.clock.now();
            let settled = take_over(&self.app.database, self.worker_id(), other.id, now).await?;
            tracing::warn!(
                worker = other.id,
                deliveries = settled,
                "a dead worker was taken over"
            );
        }
        Ok(())
    }

    /// The lock on SQLite is the proof; elsewhere a beat that has stood still for too long.
    fn dead_among(&self, others: &[worker::Model]) -> Vec<worker::Model> {
        if self.app.database.engine() == Engine::Sqlite {
            return others.to_vec();
        }
        let now = self.app.clock.monotonic();
        let limit = self.app.config.worker.takeover_after;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|id, _| others.iter().any(|other| other.id == *id));
        others
            .iter()
            .filter(|other| {
                let (beat, since) = seen.entry(other.id).or_insert((other.beat, now));
                if *beat != other.beat {
                    (*beat, *since) = (other.beat, now);
                }
                other.taken_over || now.saturating_sub(*since) >= limit
            })
            .cloned()
            .collect()
    }

    /// Of several that notice at once, one wins; and none if it has beaten again.
    async fn won(&self, other: &worker::Model) -> Result<bool, ApiError> {
        let tx = self.app.database.write().await?;
        let marked = worker::Entity::update_many()
            .col_expr(worker::Column::TakenOver, Expr::value(true))
            .filter(worker::Column::Id.eq(other.id))
            .filter(worker::Column::Beat.eq(other.beat))
            .filter(worker::Column::TakenOver.eq(false))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(marked.rows_affected == 1)
    }
}

async fn register(app: &App) -> Result<i64, ApiError> {
    let tx = app.database.write().await?;
    let worker = worker::ActiveModel {
        name: Set(format!("pid {}", std::process::id())),
        beat: Set(0),
        taken_over: Set(false),
        started_at: Set(app.clock.now()),
        ..Default::default()
    };
    let worker = worker.insert(&tx).await?;
    tx.commit().await?;
    Ok(worker.id)
}

/// Held by whoever sends on a SQLite database.
#[derive(Debug)]
struct Lock(File);

/// A child process that is just being started has a copy of the file for an instant: closing this one alone would leave
/// the lock to that.
impl Drop for Lock {
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the lock of who sends was not given back");
        }
    }
}

async fn lock(app: &App) -> Result<Lock, AbsentError> {
    let path = app.database.lock_path().await.map_err(ApiError::from)?;
    let file = File::create(path).map_err(AbsentError::Lock)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(AbsentError::Busy),
        Err(TryLockError::Error(error)) => Err(AbsentError::Lock(error)),
    }
}
