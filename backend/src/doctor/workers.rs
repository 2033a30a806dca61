//! Who sends: by the lock on SQLite, by whose beat goes on elsewhere.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::Finding;
use crate::database::{Database, Engine};
use crate::delivery::entity::worker;

const WORKERS: &str = "workers";
const NOBODY: &str = "nobody sends at this moment; `golub serve` or `golub worker` does";

/// How far each worker has counted.
type Beats = HashMap<i64, i64>;

pub async fn look(database: &Database, listen: Duration) -> Finding {
    match database.engine() {
        Engine::Sqlite => match database.lock_path().await {
            Ok(path) => lock(&path),
            Err(error) => Finding::warning(WORKERS, format!("they are unknown: {error}")),
        },
        Engine::Postgres => {
            let heard = async {
                let before = beats(database).await?;
                if !before.is_empty() {
                    tokio::time::sleep(listen).await;
                }
                Ok::<_, DbErr>(judge(&before, &beats(database).await?))
            };
            heard.await.unwrap_or_else(|error| {
                Finding::warning(WORKERS, format!("they are unknown: {error}"))
            })
        }
    }
}

/// Whoever sends holds the lock for as long as it lives. It is held here for an instant only; a worker that starts in
/// that instant tries again.
fn lock(path: &Path) -> Finding {
    let Ok(file) = File::open(path) else {
        return Finding::warning(WORKERS, NOBODY);
    };
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Finding::fine(WORKERS, "a process of this machine sends"),
        Ok(()) => Finding::warning(WORKERS, NOBODY),
        Err(TryLockError::Error(error)) => Finding::warning(
            WORKERS,
            format!("the lock of who sends cannot be read: {error}"),
        ),
    }
}

async fn beats(database: &Database) -> Result<Beats, DbErr> {
    let rows: Vec<(i64, i64)> = worker::Entity::find()
        .select_only()
        .column(worker::Column::Id)
        .column(worker::Column::Beat)
        .filter(worker::Column::TakenOver.eq(false))
        .into_tuple()
        .all(database.read())
        .await?;
    Ok(rows.into_iter().collect())
}

/// Those whose beat went on live. A silent one is taken over by the next worker that notices.
fn judge(before: &Beats, after: &Beats) -> Finding {
    let silent = after
        .iter()
        .filter(|(id, beat)| before.get(id) == Some(beat))
        .count();
    let alive = after.len() - silent;
    match (alive, silent) {
        (0, 0) => Finding::warning(WORKERS, NOBODY),
        (0, _) => Finding::broken(
            WORKERS,
            format!(
                "all {silent} are silent: they have died or are frozen, and no other is there to take over"
            ),
        ),
        (_, 0) => Finding::fine(WORKERS, format!("{alive} beating")),
        _ => Finding::warning(
            WORKERS,
            format!(
                "{alive} beating, {silent} silent; what the silent hold is taken over within a minute or so"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;

    #[test]
    fn only_a_beat_that_goes_on_is_a_life() {
        let beats = |rows: &[(i64, i64)]| rows.iter().copied().collect::<Beats>();
        let before = beats(&[(1, 10), (2, 20)]);
        let cases = [
            (beats(&[(1, 11), (2, 21)]), Health::Fine),
            (beats(&[(1, 11), (2, 20)]), Health::Warning),
            (beats(&[(1, 10), (2, 20)]), Health::Broken),
            (beats(&[(1, 10), (3, 1)]), Health::Warning),
            (beats(&[]), Health::Warning),
        ];
        for (after, health) in cases {
            assert_eq!(judge(&before, &after).health, health, "{after:?}");
        }
    }
}
