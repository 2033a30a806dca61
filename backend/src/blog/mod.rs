//! The blog: written by content managers, read by everyone, signed in or not.
//!
//! Who writes sees all articles ([`sources`]) and keeps them ([`service`]); who reads sees what is published
//! ([`public`]), given from memory while it is fresh ([`answers`]). A body is Markdown, and is made into HTML in one
//! place ([`markdown`]). Each reading is counted once per visitor and hour ([`readings`]).

pub mod answers;
pub mod entity;
pub mod feed;
pub mod markdown;
pub mod pictures;
pub mod public;
pub mod readings;
pub mod routes;
pub mod service;
pub mod sharing;
pub mod slugs;
pub mod sources;
pub mod writing_routes;

use self::answers::Answers;
use self::readings::Readings;
use crate::database::changes::Changes;

/// What a process keeps of the blog in memory. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Blog {
    pub answers: Answers,
    pub readings: Readings,
}

impl Blog {
    pub fn new(changes: &Changes) -> Self {
        Self {
            answers: Answers::new(changes),
            readings: Readings::default(),
        }
    }
}
