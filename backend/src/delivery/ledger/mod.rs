//! The ledger's writes: every change of a delivery's state happens in this folder, together with its counters.
//!
//! A worker *claims* deliveries of one run: they become `sending`, and one row says who holds them. It *begins*
//! them in ascending id by moving that row's watermark, in one conditional update: only a begun letter may get its
//! final dot. It *records* outcomes in groups: the attempt is added, the delivery moves on, the counters with it.
//! All three happen in one transaction for each turn of the sender; none of them reads back what it knows.
//! When a worker is found dead its claims are *taken over*: first they are marked, from which moment it can begin
//! nothing more; then what was begun becomes `unknown`, for it may have left, and the rest goes back to the queue.

mod arrays;
pub mod attempt_counts;
pub mod attempts;
pub mod begin;
pub mod claim;
pub mod counts;
pub mod due;
mod late;
pub mod outcomes;
pub mod prune;
pub mod record;
mod refusals;
pub mod send_again;
pub mod skip;
pub mod streak;
pub mod sums;
pub mod takeover;
