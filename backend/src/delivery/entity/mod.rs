//! The tables of the ledger.

pub mod attempt;
pub mod attempt_count;
pub mod claim;
pub mod class;
pub mod delivery;
pub mod run;
pub mod run_count;
pub mod worker;
