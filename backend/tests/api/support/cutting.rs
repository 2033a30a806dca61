//! What is cut off in the middle, and what meets something else in the middle.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant};

use futures_util::future::MaybeDone;
use futures_util::poll;
use golub::database::{Engine, Write};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::TestApp;

/// With what waits for nothing but the machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Carries something on for so many steps and then cuts it off, as when the one who asked for it goes away or the
/// process dies. Its answer, if it ended within them.
pub async fn cut_off<T>(asked: impl Future<Output = T>, steps: usize) -> Option<T> {
    let mut asked = pin!(asked);
    let mut done = 0;
    poll_fn(|context| {
        if done == steps {
            return Poll::Ready(None);
        }
        done += 1;
        asked.as_mut().poll(context).map(Some)
    })
    .await
}

/// The answer to something that has nothing to wait for.
pub async fn at_once<T>(asked: impl Future<Output = T>) -> T {
    let mut asked = pin!(asked);
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Poll::Ready(answer) = poll!(&mut asked) {
            return answer;
        }
        tokio::task::yield_now().await;
    }
    panic!("it waits for something");
}

/// Asks for something that has to wait for what this transaction has changed; commits that; gives the answer.
pub async fn meeting<T>(app: &TestApp, tx: Write, asked: impl Future<Output = T>) -> T {
    // What is read before it would be what it waits for.
    let _pause = app.kept.pause();
    let mut asked = pin!(asked);
    loop {
        assert!(poll!(&mut asked).is_pending(), "it waited for nothing");
        if somebody_waits(app).await {
            break;
        }
        tokio::task::yield_now().await;
    }
    tx.commit().await.unwrap();
    asked.await
}

/// Holds a table, so that on PostgreSQL whoever reads from it waits until this has ended.
pub async fn holding(app: &TestApp, table: &str) -> Write {
    let tx = app.app.database.write().await.unwrap();
    if app.app.database.engine() == Engine::Postgres {
        let sql = format!("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");
        tx.execute_unprepared(&sql).await.unwrap();
    }
    tx
}

/// What is read by somebody who came while this transaction was changing it. On SQLite nobody waits to read: there it
/// may be what was before.
pub async fn read_beside<T>(app: &TestApp, tx: Write, asked: impl Future<Output = T>) -> T {
    if app.app.database.engine() == Engine::Postgres {
        return meeting(app, tx, asked).await;
    }
    let _pause = app.kept.pause();
    let mut asked = pin!(asked);
    let read = poll!(&mut asked);
    tx.commit().await.unwrap();
    match read {
        Poll::Ready(answer) => answer,
        Poll::Pending => asked.await,
    }
}

/// Carries something on until, with it, so many wait for what others hold on PostgreSQL; or until it is done.
pub async fn until_waiting<T>(
    app: &TestApp,
    waiting: i64,
    mut asked: Pin<&mut MaybeDone<impl Future<Output = T>>>,
) {
    while poll!(&mut asked).is_pending() && waiting_now(app).await < waiting {
        tokio::task::yield_now().await;
    }
}

/// Somebody waits for a lock. On SQLite, where one writes at a time, whoever wants to write does.
async fn somebody_waits(app: &TestApp) -> bool {
    app.app.database.engine() == Engine::Sqlite || waiting_now(app).await > 0
}

async fn waiting_now(app: &TestApp) -> i64 {
    let sql = "SELECT COUNT(*) FROM pg_stat_activity \
               WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let asked = Statement::from_string(DbBackend::Postgres, sql);
    let row = app.app.database.read().query_one_raw(asked).await;
    row.unwrap().unwrap().try_get_by_index(0).unwrap()
}
