//! Mail servers: which there are, which of them work, and how many letters each may be given.
//!
//! How a server stands is one row that all workers share. Before a worker claims letters for a server it asks
//! [`grant`]: the [`breaker`] says whether the server works, the [`budget`] how many letters it may have, and the
//! tokens for them are taken in the claim's own transaction. What was not tried goes back by [`give_back`]; a
//! worker that dies has spent what it took, so that a budget is never exceeded. With the outcomes goes a
//! [`report`] of what the server did ([`Signs`]): trouble opens the breaker, one letter tries it again, and a
//! streak of refusals opens it too and brings its letters back ([`crate::delivery::ledger::streak`]).
//!
//! The SMS service stands so too, in a list of its own: wrong settings or an empty account open its breaker.
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
use crate::mail::{Mailer, OutboxFolder, Session, Stage, Trouble};
use crate::sms::SmsSender;

pub use self::grants::{Grant, give_back, grant, hold, report};
pub use self::reads::{Standing, count_breakers, sms_service, standings};
pub use self::settings::ServersError;
pub use self::signs::Signs;
pub use self::turns::Turns;

/// The mail servers of this process, in the order of the settings; at least one. Cheap to clone.
#[derive(Clone, Debug)]
pub struct MailServers(Arc<[MailServer]>);

/// One mail server, or the outbox of the folder transport, or the SMS service. Cheap to clone.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// Its name in the settings: `main` if there is but one, `outbox` for the folder transport.
    pub name: String,
    pub means: Means,
    /// Its part of the letters, beside that of the others.
    pub weight: u32,
    pub limits: Limits,
    pub patience: Patience,
    clock: RowClock,
}

/// How what a server is given travels.
#[derive(Clone, Debug)]
pub enum Means {
    Mail(Mailer),
    Sms {
        sender: SmsSender,
        /// How many messages may be on their way at once.
        connections: usize,
    },
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
        match &self.first().means {
            Means::Mail(Mailer::Folder(outbox)) => Some(outbox),
            Means::Mail(Mailer::Smtp(_)) | Means::Sms { .. } => None,
        }
    }
}

impl MailServer {
    /// How many connections to it all workers together may have open. A worker's part is this, divided by the
    /// workers that live.
    pub fn connections(&self) -> usize {
        match &self.means {
            Means::Mail(mailer) => mailer.connections(),
            Means::Sms { connections, .. } => *connections,
        }
    }

    /// Opens a session with a mail server.
    pub async fn open(&self) -> Result<Session, Trouble> {
        match &self.means {
            Means::Mail(mailer) => mailer.open().await,
            Means::Sms { .. } => {
                let words = "the SMS service takes no letters";
                Err(Trouble::new(Stage::Connect, None, words))
            }
        }
    }
}
