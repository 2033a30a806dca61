//! Hearing of what other processes write, within a second.
//!
//! On PostgreSQL each statement that changes something kept notifies all processes at its commit (migration
//! `m0026_notifying`). A connection of its own listens: it must have heard a word of its own first, for a pooler may
//! take `LISTEN` and bring nothing; then it is asked for a sign of life four times a second, for one that has died
//! unnoticed would let old answers live. On SQLite the writing connection is asked whether anybody else has committed
//! something, and then everything is forgotten. What is kept holds for a second from the last time that was asked, and
//! not at all where it fails.

use std::convert::Infallible;
use std::fmt::Display;
use std::str::FromStr as _;
use std::time::{Duration, Instant};

use sea_orm::sqlx;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::database::changes::{Change, Changes, Rows, Table};
use crate::database::{Database, Engine};

const CHANNEL: &str = "golub_changes";
/// What the connection is called where PostgreSQL lists them.
const NAME: &str = "golub listening";
/// How often the connection, or SQLite, is asked.
const EVERY: Duration = Duration::from_millis(200);
/// Its answer is waited for so long.
const PATIENCE: Duration = Duration::from_millis(500);
/// What is kept holds for so long after it was asked.
const HOLDS_FOR: Duration = Duration::from_secs(1);
const LOST: &str = "the connection was lost";
const AGAIN_AFTER: Duration = Duration::from_millis(500);

/// Listens until it is dropped; afterwards nothing is kept any more.
#[derive(Debug)]
pub struct Hearing {
    task: JoinHandle<()>,
    changes: Changes,
}

impl Hearing {
    pub fn begin(database: &Database) -> Self {
        let changes = database.changes().clone();
        changes.miss();
        let database = database.clone();
        let task = tokio::spawn(async move {
            let mut said = false;
            loop {
                let Err(error) = match database.engine() {
                    Engine::Postgres => listen(&database, &mut said).await,
                    Engine::Sqlite => look(&database, &mut said).await,
                };
                database.changes().miss();
                if !said {
                    tracing::warn!(%error, "what other processes change is not heard; until it is, nothing is kept in memory");
                }
                said = true;
                sleep(AGAIN_AFTER).await;
            }
        });
        Self { task, changes }
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        self.task.abort();
        self.changes.miss();
    }
}

async fn listen(database: &Database, said: &mut bool) -> Result<Infallible, String> {
    let changes = database.changes();
    let mut listener = within(connected(database.url())).await?;
    within(listener.listen(CHANNEL)).await?;
    let mut asked = Instant::now();
    within(hear_oneself(&mut listener)).await?;
    changes.tell_everything();
    changes.hear_until(asked + HOLDS_FOR);
    *said = false;
    loop {
        match timeout(EVERY.saturating_sub(asked.elapsed()), listener.try_recv()).await {
            Ok(Ok(Some(notification))) => tell(changes, notification.payload()),
            Ok(Ok(None)) => return Err(LOST.to_owned()),
            Ok(Err(error)) => return Err(error.to_string()),
            Err(_) => {}
        }
        if asked.elapsed() >= EVERY {
            asked = Instant::now();
            within(sqlx::query("SELECT 1").execute(&mut listener)).await?;
            // What came before the answer.
            while let Some(notification) = listener.next_buffered() {
                tell(changes, notification.payload());
            }
            changes.hear_until(asked + HOLDS_FOR);
        }
    }
}

/// Notifies its own channel, and waits for that to arrive.
async fn hear_oneself(listener: &mut PgListener) -> Result<(), String> {
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).map_err(|error| error.to_string())?;
    let channel = format!("golub_heard_{:x}", u128::from_ne_bytes(nonce));
    let told = |error: sqlx::Error| error.to_string();
    listener.listen(&channel).await.map_err(told)?;
    let notify = sqlx::query("SELECT pg_notify($1, '')").bind(&channel);
    notify.execute(&mut *listener).await.map_err(told)?;
    loop {
        // Everything is forgotten afterwards: what else comes need not be read.
        match listener.try_recv().await.map_err(told)? {
            Some(notification) if notification.channel() == channel => break,
            Some(_) => {}
            None => return Err(LOST.to_owned()),
        }
    }
    listener.unlisten(&channel).await.map_err(told)
}

async fn connected(url: &str) -> Result<PgListener, sqlx::Error> {
    let options = PgConnectOptions::from_str(url)?.application_name(NAME);
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .max_lifetime(None)
        .idle_timeout(None);
    let mut listener = PgListener::connect_with(&pool.connect_with(options).await?).await?;
    listener.eager_reconnect(false);
    Ok(listener)
}

async fn look(database: &Database, said: &mut bool) -> Result<Infallible, String> {
    let changes = database.changes();
    let mut asked = Instant::now();
    let mut known = within(database.data_version()).await?;
    changes.tell_everything();
    changes.hear_until(asked + HOLDS_FOR);
    *said = false;
    loop {
        sleep(EVERY).await;
        asked = Instant::now();
        let version = within(database.data_version()).await?;
        if version != known {
            known = version;
            changes.tell_everything();
        }
        changes.hear_until(asked + HOLDS_FOR);
    }
}

async fn within<T, E: Display>(done: impl Future<Output = Result<T, E>>) -> Result<T, String> {
    match timeout(PATIENCE, done).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("the database does not answer in time".to_owned()),
    }
}

fn tell(changes: &Changes, payload: &str) {
    match read(payload) {
        Some(change) => changes.tell(&change),
        // A later version may tell what this one does not understand.
        None => changes.tell_everything(),
    }
}

/// `messages:7,12` names rows, `messages:new` tells that there are more, and `messages:any` that many changed.
fn read(payload: &str) -> Option<Change> {
    let (table, rows) = payload.split_once(':')?;
    let rows = match rows {
        "new" => Rows::New,
        "any" => Rows::Any,
        ids => {
            let ids: Result<Vec<i64>, _> = ids.split(',').map(str::parse).collect();
            Rows::These(ids.ok()?)
        }
    };
    Some(Change {
        table: Table::named(table)?,
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notifications_are_read_and_what_is_strange_is_anything() {
        let told = |rows| {
            Some(Change {
                table: Table::Messages,
                rows,
            })
        };
        assert_eq!(read("messages:7"), told(Rows::These(vec![7])));
        assert_eq!(read("messages:7,12"), told(Rows::These(vec![7, 12])));
        assert_eq!(read("messages:new"), told(Rows::New));
        assert_eq!(read("messages:any"), told(Rows::Any));
        for strange in ["", "messages", "messages:", "messages:x", "letters:7"] {
            assert_eq!(read(strange), None, "{strange}");
        }
    }
}
