//! From a mailing that is due to letters at a real mail server, and what the ledger tells of it.

mod at_once;
mod attempts;
mod due;
mod holding;
mod plans;
mod progress;
mod pruning;
mod reading;
mod retries;
mod runs;
mod send_again;
pub mod sending;
mod suppression;
mod takeover;
mod timeline;
mod turns;
mod unsubscribing;
