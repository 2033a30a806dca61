//! Mailings: a message to an audience, once or again and again.

pub mod schedule;
