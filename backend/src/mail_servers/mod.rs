//! Mail servers: which there are, which of them work, and how many letters each may be given.
//!
//! How a server stands is one row that all workers share. Before a worker claims letters for a server it asks
//! [`grant`]: the [`breaker`] says whether the server works, the [`budget`] how many letters it may have, and the
//! tokens for them are taken in the claim's own transaction. What was not tried goes back by [`give_back`]; a
//! worker that dies has spent what it took, so that a budget is never exceeded. With the outcomes goes a
//! [`report`] of what the server did ([`Signs`]): trouble opens the breaker, one letter tries it again, and a
//! streak of refusals opens it too and brings its letters back ([`crate::delivery::ledger::streak`]).
//!
//! Instants on a row are on its own time, which never goes back ([`row_clock`]): a clock that jumps neither gives
//! a budget twice nor keeps a breaker open for ever. A server that has no budget costs a worker nothing but reads,
//! as long as it works.

pub mod breaker;
pub mod budget;
pub mod entity;
mod grants;
mod reads;
pub mod routes;
mod row_clock;
mod rows;
mod sessions;
mod settings;
mod signs;
mod turns;

use std::sync::Arc;
use std::time::Duration;

use self::budget::Limits;
use self::row_clock::RowClock;
use crate::mail::{Mailer, OutboxFolder};

pub use self::grants::{Grant, give_back, grant, hold, report};
pub use self::reads::{Standing, count_breakers, standings};
pub use self::settings::ServersError;
pub use self::signs::Signs;
pub use self::turns::Turns;

/// The mail servers of this process, in the order of the settings; at least one. Cheap to clone.
#[derive(Clone, Debug)]
pub struct MailServers(Arc<[MailServer]>);

/// One mail server, or the outbox of the folder transport. Cheap to clone.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// Its name in the settings: `main` if there is but one, `outbox` for the folder transport.
    pub name: String,
    pub mailer: Mailer,
    /// Its part of the letters, beside that of the others.
    pub weight: u32,
    pub limits: Limits,
    pub patience: Patience,
    clock: RowClock,
}

/// When a server is no longer given letters, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// How long it is left alone; twice as long after each try that fails.
    pub wait: Duration,
    /// The longest it is left alone.
    pub longest: Duration,
    /// So many letters refused for good, without one that is accepted, are the server's fault.
    pub refusals: usize,
}

impl MailServers {
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &MailServer> {
        self.0.iter()
    }

    /// The first one: all there is, unless the settings name several.
    pub fn first(&self) -> &MailServer {
        &self.0[0]
    }

    pub fn get(&self, name: &str) -> Option<&MailServer> {
        self.iter().find(|server| server.name == name)
    }

    /// Where letters are captured instead of being sent, if they are.
    pub fn outbox(&self) -> Option<&OutboxFolder> {
        match &self.first().mailer {
            Mailer::Folder(outbox) => Some(outbox),
            Mailer::Smtp(_) => None,
        }
    }
}

impl MailServer {
    /// How many connections to it all workers together may have open. A worker's part is this, divided by the
    /// workers that live.
    pub fn connections(&self) -> usize {
        self.mailer.connections()
    }
}
