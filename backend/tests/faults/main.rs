//! Nothing is lost, and nobody gets two letters unless their delivery says so: tried on the real program.
//!
//! Each test starts `golub` as processes of their own on a database of their own, with a mail server of ours that
//! remembers every letter it accepted, and then does something terrible. Afterwards a healthy worker may finish, and
//! `support::check` compares the ledger with what arrived, letter by letter.
//!
//! `cargo xtask faults` runs them whole and prints what they measured; `cargo xtask test` runs them shorter. By
//! themselves: `cargo test --package golub --test faults -- --test-threads=1 --nocapture`.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says where it stopped"
)]

mod beside;
mod clock_jumps;
mod database_gone;
mod disk_full;
mod kills;
mod mail_server;
mod servers_down;
mod several_workers;
mod stopped;
mod support;
