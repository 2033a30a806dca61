//! From a mailing that is due to letters at a real mail server, and what the ledger tells of it.

mod progress;
mod pruning;
mod retries;
mod runs;
pub mod sending;
mod suppression;
mod takeover;
