//! Statistics: what became of letters, summed up for a person, for the whole service, by day, mailing, message and user.
//!
//! Nothing here walks through letters or attempts: all is read from the sums that the ledger keeps beside them
//! ([`crate::delivery::ledger::sums`]), so that it costs the same at a million letters, and stays when those are
//! deleted for their age. Who may not see everything sees their own; mailings and messages that were deleted keep
//! their figures, under the title that their last run had.

mod daily;
mod days;
mod items;
mod mailings;
mod messages;
mod period;
pub mod routes;
mod rows;
mod runs;
mod sums;
mod tables;
mod totals;
mod users;
mod whose;
