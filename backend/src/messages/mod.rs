//! Messages: written once, filled in for each recipient.
//!
//! Everyone keeps their own; one that is `shared` others may read and use, not change. A letter is shown, as a
//! recipient would get it, only through a one-time view.

pub mod entity;
pub mod preview;
pub mod render;
pub mod routes;
pub mod service;
pub mod test_letter;
mod test_sms;
mod text_part;
mod usage;
pub mod view_entity;
pub mod views;
