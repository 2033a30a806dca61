//! Things of one kind, kept by key until something changes that they were made from, in so much memory and no more.
//!
//! Of those who ask for the same at once, one reads it from the database and the others wait.

use std::borrow::Borrow;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use moka::future::Cache;
use moka::ops::compute::Op;

use crate::database::changes::{Changes, Part};
use crate::problem::ApiError;

/// What an entry takes beside what it holds, in bytes.
const OVERHEAD: usize = 700;

/// What nobody has asked for so long is forgotten: it may have been deleted, and it belongs to people.
const IDLE: Duration = Duration::from_secs(15 * 60);

/// Cheap to clone.
pub struct Shelf<K, V> {
    things: Cache<K, Arc<Thing<V>>>,
    changes: Changes,
    asked: Arc<Asked>,
}

/// What was read just now.
#[derive(Debug)]
pub struct Read<V> {
    pub value: V,
    /// It holds until one of these changes.
    pub parts: Vec<Part>,
    /// It holds no longer than until then, if that is known.
    pub until: Option<DateTime<Utc>>,
}

/// How often something was here, and how often it had to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hits {
    pub hits: u64,
    pub misses: u64,
}

#[derive(Debug)]
struct Thing<V> {
    value: Arc<V>,
    parts: Vec<Part>,
    until: Option<DateTime<Utc>>,
    /// Before it was read, in changes.
    since: u64,
}

#[derive(Debug, Default)]
struct Asked {
    hits: AtomicU64,
    misses: AtomicU64,
}

impl<K, V> Shelf<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    /// A shelf with room for so many bytes, of which each thing with its key takes as many as `weigh` tells, and some.
    pub fn new(changes: &Changes, room: u64, weigh: fn(&K, &V) -> usize) -> Self {
        let weigher = move |key: &K, thing: &Arc<Thing<V>>| {
            u32::try_from(weigh(key, &thing.value) + OVERHEAD).unwrap_or(u32::MAX)
        };
        Self {
            things: Cache::builder()
                .max_capacity(room)
                .weigher(weigher)
                .time_to_idle(IDLE)
                .build(),
            changes: changes.clone(),
            asked: Arc::default(),
        }
    }

    /// The thing by this key: the kept one if it holds, or what `read` reads.
    pub async fn get<Q>(
        &self,
        key: &Q,
        now: DateTime<Utc>,
        read: impl Future<Output = Result<Read<V>, ApiError>>,
    ) -> Result<Arc<V>, ApiError>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        if let Some(thing) = self.things.get(key).await
            && self.holds(&thing, now)
        {
            self.asked.hits.fetch_add(1, Ordering::Relaxed);
            return Ok(thing.value.clone());
        }
        if !self.changes.are_heard() {
            self.asked.misses.fetch_add(1, Ordering::Relaxed);
            // Nobody needs to wait for what cannot be kept.
            return Ok(Arc::new(read.await?.value));
        }
        // It is handed down a long way, and may be large.
        let read = Box::pin(read);
        let entry = self.things.entry_by_ref(key);
        let done = entry
            .and_try_compute_with(async |entry| {
                // Somebody else may have read it meanwhile.
                if entry.is_some_and(|entry| self.holds(entry.value(), now)) {
                    self.asked.hits.fetch_add(1, Ordering::Relaxed);
                    return Ok(Op::Nop);
                }
                self.asked.misses.fetch_add(1, Ordering::Relaxed);
                let since = self.changes.now();
                let Read {
                    value,
                    parts,
                    until,
                } = read.await?;
                Ok::<_, ApiError>(Op::Put(Arc::new(Thing {
                    value: Arc::new(value),
                    parts,
                    until,
                    since,
                })))
            })
            .await?;
        let entry = done.into_entry();
        let entry = entry.ok_or_else(|| ApiError::ours("something was read and is not there"))?;
        Ok(entry.into_value().value.clone())
    }

    pub fn hits(&self) -> Hits {
        let Asked { hits, misses } = &*self.asked;
        Hits {
            hits: hits.load(Ordering::Relaxed),
            misses: misses.load(Ordering::Relaxed),
        }
    }

    fn holds(&self, thing: &Thing<V>, now: DateTime<Utc>) -> bool {
        thing.until.is_none_or(|until| now < until) && self.changes.hold(&thing.parts, thing.since)
    }
}

impl<K, V> Clone for Shelf<K, V> {
    fn clone(&self) -> Self {
        Self {
            things: self.things.clone(),
            changes: self.changes.clone(),
            asked: self.asked.clone(),
        }
    }
}

impl<K, V> fmt::Debug for Shelf<K, V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What lies on it belongs to people.
        out.debug_struct("Shelf")
            .field("asked", &self.asked)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::changes::{Change, Rows, Table};

    const CHANGE: Change = Change {
        table: Table::Messages,
        rows: Rows::Any,
    };

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn shelf(changes: &Changes) -> Shelf<i64, String> {
        Shelf::new(changes, 10_000, |_, text| text.len())
    }

    async fn read(text: &str) -> Result<Read<String>, ApiError> {
        Ok(Read {
            value: text.to_owned(),
            parts: vec![Part::Row(Table::Messages, 7)],
            until: Some(at(15)),
        })
    }

    #[tokio::test]
    async fn a_thing_is_given_until_its_time_is_over_or_it_changes() {
        let changes = Changes::default();
        changes.hear();
        let shelf = shelf(&changes);
        let get = async |now, text| shelf.get(&7, at(now), read(text)).await.unwrap();
        assert_eq!(*get(10, "one").await, "one");
        assert_eq!(*get(14, "two").await, "one");
        changes.tell(&CHANGE);
        assert_eq!(*get(14, "three").await, "three");
        assert_eq!(*get(15, "four").await, "four");
        let failed = shelf.get(&8, at(10), async { Err(ApiError::NotFound) });
        assert!(failed.await.is_err());
        assert_eq!(*get(10, "five").await, "four");
        assert_eq!(shelf.hits(), Hits { hits: 2, misses: 4 });
    }

    #[tokio::test]
    async fn what_was_being_read_when_a_change_came_is_not_given_again() {
        let changes = Changes::default();
        changes.hear();
        let shelf = shelf(&changes);
        let during = async {
            changes.tell(&CHANGE);
            read("old").await
        };
        shelf.get(&7, at(10), during).await.unwrap();
        let next = shelf.get(&7, at(10), read("new")).await.unwrap();
        assert_eq!(*next, "new");
    }

    #[tokio::test]
    async fn nothing_is_kept_while_not_all_who_write_are_heard() {
        let changes = Changes::default();
        let shelf = shelf(&changes);
        let get = async |text| shelf.get(&7, at(10), read(text)).await.unwrap();
        assert_eq!(*get("one").await, "one");
        assert_eq!(*get("two").await, "two");
        changes.hear();
        assert_eq!(*get("three").await, "three");
        changes.miss();
        assert_eq!(*get("four").await, "four");
        changes.hear();
        assert_eq!(*get("five").await, "five");
    }

    #[tokio::test]
    async fn those_who_ask_at_once_wait_for_one() {
        let changes = Changes::default();
        changes.hear();
        let shelf = shelf(&changes);
        let asked = ["one", "two", "three"].map(|text| {
            let slow = async move {
                tokio::task::yield_now().await;
                read(text).await
            };
            shelf.get(&7, at(10), slow)
        });
        let given = futures_util::future::try_join_all(asked).await.unwrap();
        assert!(given.iter().all(|text| **text == "one"), "{given:?}");
        assert_eq!(shelf.hits(), Hits { hits: 2, misses: 1 });
    }

    #[tokio::test]
    async fn what_is_kept_takes_no_more_room_than_there_is() {
        let changes = Changes::default();
        changes.hear();
        let shelf = shelf(&changes);
        let long = "x".repeat(1_000);
        for key in 0..100 {
            shelf.get(&key, at(10), read(&long)).await.unwrap();
        }
        shelf.things.run_pending_tasks().await;
        assert!(shelf.things.weighted_size() <= 10_000);
    }

    #[tokio::test]
    async fn keys_take_room_too() {
        let changes = Changes::default();
        changes.hear();
        let shelf: Shelf<String, String> =
            Shelf::new(&changes, 10_000, |key, text| key.len() + text.len());
        for number in 0..100 {
            let key = format!("{number:2000}");
            shelf.get(&key, at(10), read("short")).await.unwrap();
        }
        shelf.things.run_pending_tasks().await;
        assert!(shelf.things.entry_count() * 2_000 <= 10_000);
    }
}
