//! Delivery: from a mailing that is due to a letter that a mail server accepted, and the ledger that proves it.
//!
//! A [`worker::Worker`] makes passes; the [`actor`] decides when. The [`planner`] turns what is due into runs and
//! deliveries. The [`sender`] takes turns, each one transaction upon the [`ledger`]: it records the outcomes that have
//! come, claims deliveries of the runs whose turn it is, and begins the next letters. Once that is committed, carriers
//! hand them over, in a lane for each mail server; and what is sent by SMS has a sender of its own, upon the same
//! ledger. What holds, whenever the process is killed:
//!
//! - Each recipient of a run has exactly one delivery; the counts by state add up to the audience ([`ledger::counts`]).
//! - A letter leaves only after it was marked as begun in a committed transaction ([`ledger::begin`]), and at most
//!   `delivery.begun_limit` (of SMS, `sms.connections`) are begun without a committed outcome ([`sender`]).
//! - An accepted letter is never sent again, unless the process dies between the server's answer and our record:
//!   then it is `unknown`, the lost try stays in the log, and the letter is sent once more or held, as its mailing
//!   says ([`ledger::takeover`], [`retry`]).
//! - After a transaction that failed nobody guesses what it did: the claims are read back before anything else
//!   ([`sender`]). On SQLite the connection is used again only if it is known to be outside of a transaction
//!   ([`crate::database`]).
//! - Owners take turns, and the runs of each; nothing stands in front of others that takes longer than half a second
//!   ([`sender`]).
//! - A worker is held to be dead by its lock or its silent beat, never by a wall clock ([`presence`]).
//! - Outcomes stay in memory until they are written; writing them twice changes nothing ([`ledger::record`]).
//! - After a stop nothing more begins; answers are waited for, for eight seconds, and what is open then is `unknown`.
//! - What was stopped, paused, blocked or deleted is looked at again when letters begin ([`rules`]).
//! - Nothing goes to an address that was refused for good, until its owner wants that; what failed is sent again when
//!   somebody asks for it, each letter once ([`send_again`]).

pub mod actor;
pub mod classify;
pub mod entity;
pub mod hints;
pub mod ledger;
pub mod planner;
pub mod presence;
pub mod progress;
pub mod reads;
pub mod retry;
pub mod routes;
pub mod rules;
pub mod send_again;
pub mod sender;
pub mod sms_reply;
pub mod start;
mod tables;
pub mod worker;
