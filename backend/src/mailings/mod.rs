//! Mailings: a message to an audience, once or again and again.

pub mod audience_entity;
pub mod audience_recipient_entity;
pub mod entity;
pub mod schedule;
