//! From a mailing that is due to letters at a real mail server, and what the ledger tells of it.

mod plans;
mod progress;
mod pruning;
mod retries;
mod runs;
pub mod sending;
mod suppression;
mod takeover;
mod turns;
mod unsubscribing;
