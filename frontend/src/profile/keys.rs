//! What sessions, API tokens and one's own log share: their operations and their words.

pub mod calls;
pub mod texts;
