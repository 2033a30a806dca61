//! The tables of the ledger.

pub mod attempt;
pub mod attempt_count;
pub mod attempt_sum;
pub mod claim;
pub mod class;
pub mod delivery;
pub mod letter_sum;
pub mod run;
pub mod run_count;
pub mod run_sum;
pub mod worker;
