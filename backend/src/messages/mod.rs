//! Messages: written once, filled in for each recipient.

pub mod entity;
pub mod render;
