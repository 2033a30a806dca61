//! Answers that are the same for everyone, kept as the bytes that are sent.
//!
//! An answer holds for some seconds, and no longer than until the next scheduled article appears. Every change of
//! the blog by this process begins a new generation: an answer of an earlier one is not given any more, also if it
//! was being made when the change came. Of those who ask for the same at once, one makes it and the others wait.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use moka::future::Cache;
use moka::ops::compute::Op;
use serde::Serialize;

use crate::http::version;
use crate::problem::ApiError;

/// In bytes: more than the busiest blog has in use.
const ROOM: u64 = 32 * 1024 * 1024;
/// What an entry takes beside its bytes.
const OVERHEAD: usize = 300;

/// The answers of this process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Answers {
    kept: Cache<String, Arc<Answer>>,
    generation: Arc<AtomicU64>,
}

/// What everybody gets.
#[derive(Clone, Debug)]
pub struct Answer {
    pub bytes: Bytes,
    pub tag: String,
    /// The article that it shows, if it shows one.
    pub article_id: Option<i64>,
    until: DateTime<Utc>,
    generation: u64,
}

/// An answer that was just made.
#[derive(Debug)]
pub struct Made {
    bytes: Bytes,
    tag: String,
    article_id: Option<i64>,
    until: DateTime<Utc>,
}

impl Made {
    /// A document that holds until then.
    pub fn document(
        document: &impl Serialize,
        version: i64,
        until: DateTime<Utc>,
    ) -> Result<Self, ApiError> {
        let json = serde_json::to_vec(document).map_err(ApiError::ours)?;
        Ok(Self::bytes(json, version, until))
    }

    pub fn bytes(bytes: Vec<u8>, version: i64, until: DateTime<Utc>) -> Self {
        Self {
            tag: version::tag(version, &bytes),
            bytes: bytes.into(),
            article_id: None,
            until,
        }
    }

    pub fn of_article(self, id: i64) -> Self {
        Self {
            article_id: Some(id),
            ..self
        }
    }
}

impl Answers {
    /// The answer by this key, made if it is not kept or holds no longer.
    pub async fn get(
        &self,
        key: &str,
        now: DateTime<Utc>,
        make: impl Future<Output = Result<Made, ApiError>>,
    ) -> Result<Arc<Answer>, ApiError> {
        if let Some(kept) = self.kept.get(key).await
            && self.holds(&kept, now)
        {
            return Ok(kept);
        }
        let entry = self.kept.entry_by_ref(key);
        let done = entry
            .and_try_compute_with(async |entry| {
                // Somebody else may have made it meanwhile.
                if entry.is_some_and(|entry| self.holds(entry.value(), now)) {
                    return Ok(Op::Nop);
                }
                let generation = self.generation.load(Ordering::Acquire);
                let Made {
                    bytes,
                    tag,
                    article_id,
                    until,
                } = make.await?;
                Ok::<_, ApiError>(Op::Put(Arc::new(Answer {
                    bytes,
                    tag,
                    article_id,
                    until,
                    generation,
                })))
            })
            .await?;
        let entry = done.into_entry();
        let entry = entry.ok_or_else(|| ApiError::ours("an answer was made and is not there"))?;
        Ok(entry.into_value())
    }

    /// The blog has changed: nothing that was made before is given any more.
    pub fn forget(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
    }

    fn holds(&self, answer: &Answer, now: DateTime<Utc>) -> bool {
        now < answer.until && answer.generation == self.generation.load(Ordering::Acquire)
    }
}

impl Default for Answers {
    fn default() -> Self {
        let weight = |key: &String, answer: &Arc<Answer>| {
            let bytes = key.len() + answer.bytes.len() + OVERHEAD;
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Self {
            kept: Cache::builder().max_capacity(ROOM).weigher(weight).build(),
            generation: Arc::default(),
        }
    }
}

/// For how long an answer holds that was made now: at most so long, and not beyond the next publication.
pub fn until(now: DateTime<Utc>, longest: TimeDelta, next: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let until = now + longest;
    next.map_or(until, |next| next.min(until))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    async fn made(text: &str) -> Result<Made, ApiError> {
        Ok(Made::bytes(text.as_bytes().to_vec(), 1, at(15)))
    }

    #[tokio::test]
    async fn an_answer_is_given_until_its_time_is_over_or_the_blog_changes() {
        let answers = Answers::default();
        let get = async |now, text| {
            let answer = answers.get("x", at(now), made(text)).await.unwrap();
            String::from_utf8(answer.bytes.to_vec()).unwrap()
        };
        assert_eq!(get(10, "one").await, "one");
        assert_eq!(get(14, "two").await, "one");
        answers.forget();
        assert_eq!(get(14, "three").await, "three");
        assert_eq!(get(15, "four").await, "four");
        let failed = answers.get("y", at(10), async { Err(ApiError::NotFound) });
        assert!(failed.await.is_err());
        assert_eq!(get(10, "five").await, "four");
    }

    #[tokio::test]
    async fn what_was_being_made_when_the_blog_changed_is_not_given_again() {
        let answers = Answers::default();
        let during = async {
            answers.forget();
            made("old").await
        };
        answers.get("x", at(10), during).await.unwrap();
        let next = answers.get("x", at(10), made("new")).await.unwrap();
        assert_eq!(next.bytes, "new");
    }

    #[test]
    fn nothing_holds_beyond_the_next_publication() {
        let five = TimeDelta::seconds(5);
        assert_eq!(until(at(10), five, None), at(15));
        assert_eq!(until(at(10), five, Some(at(12))), at(12));
        assert_eq!(until(at(10), five, Some(at(99))), at(15));
    }
}
