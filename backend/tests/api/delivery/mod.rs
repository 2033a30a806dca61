//! From a mailing that is due to letters at a real mail server, and what the ledger tells of it.

mod plans;
mod progress;
mod pruning;
mod holding;
mod retries;
mod runs;
mod send_again;
pub mod sending;
mod suppression;
mod timeline;
mod takeover;
mod turns;
mod unsubscribing;
