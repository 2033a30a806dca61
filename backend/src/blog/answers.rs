//! Answers that are the same for everyone, kept as the bytes that are sent.
//!
//! An answer holds for some seconds, no longer than until the next scheduled article appears, and until an article
//! changes, here or in another process ([`crate::kept`]).

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::database::changes::{Changes, Part, Table};
use crate::http::kept_body::KeptBody;
use crate::kept::shelf::{Hits, Read, Shelf};
use crate::problem::ApiError;

/// In bytes: more than the busiest blog has in use.
const ROOM: u64 = 32 * 1024 * 1024;
/// In bytes. What is asked for by a longer key is a search that nobody else makes.
const KEY_LIMIT: usize = 200;

/// The answers of this process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Answers(Shelf<String, Answer>);

/// What everybody gets.
#[derive(Debug)]
pub struct Answer {
    pub body: KeptBody,
    /// The article that it shows, if it shows one.
    pub article_id: Option<i64>,
}

/// An answer that was just made.
#[derive(Debug)]
pub struct Made {
    answer: Answer,
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
        let answer = Answer {
            body: KeptBody::new(bytes, version),
            article_id: None,
        };
        Self { answer, until }
    }

    pub fn of_article(mut self, id: i64) -> Self {
        self.answer.article_id = Some(id);
        self
    }
}

impl Answers {
    pub fn new(changes: &Changes) -> Self {
        // Compressed forms come to a half at most.
        Self(Shelf::new(changes, ROOM, |key, answer| {
            key.len() + answer.body.bytes.len() * 3 / 2
        }))
    }

    /// The answer by this key, made if it is not kept or holds no longer. By a long one nothing is kept: whoever asks
    /// thinks those up, and could fill the memory with them.
    pub async fn get(
        &self,
        key: &str,
        now: DateTime<Utc>,
        make: impl Future<Output = Result<Made, ApiError>>,
    ) -> Result<Arc<Answer>, ApiError> {
        if key.len() > KEY_LIMIT {
            return Ok(Arc::new(make.await?.answer));
        }
        let read = async {
            let Made { answer, until } = make.await?;
            Ok(Read {
                value: answer,
                parts: vec![Part::All(Table::Articles)],
                until: Some(until),
            })
        };
        self.0.get(key, now, read).await
    }

    pub fn hits(&self) -> Hits {
        self.0.hits()
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

    #[test]
    fn nothing_holds_beyond_the_next_publication() {
        let five = TimeDelta::seconds(5);
        assert_eq!(until(at(10), five, None), at(15));
        assert_eq!(until(at(10), five, Some(at(12))), at(12));
        assert_eq!(until(at(10), five, Some(at(99))), at(15));
    }
}
