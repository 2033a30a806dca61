//! Mailings: a message to an audience, once or again and again.
//!
//! A mailing says what is to happen and `schedule` when; `delivery` starts its runs and sends them. What people do
//! with a mailing is in `service`, `change`, `acts` and `send_again`; which steps its life has, in `life`.

pub mod acts;
pub mod audience_entity;
pub mod audience_recipient_entity;
pub mod audiences;
pub mod change;
pub mod check;
pub mod entity;
mod last_runs;
pub mod life;
pub mod references;
pub mod routes;
pub mod schedule;
pub mod scope;
pub mod send_again;
pub mod service;
pub mod views;
