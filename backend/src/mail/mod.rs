//! Mail: a letter is built, a session takes it, a reply says what became of it.
//!
//! `LetterDraft::build` makes the bytes of one letter to one person. The process has one `Mailer`; each sending
//! task opens a `Session` of its own from it and gives it letter after letter. A session is one connection,
//! never shared; after anything that leaves the dialogue in doubt it is closed and `usable` says so.
//!
//! `send_then` saves a round trip: it takes the next letter too, and its envelope travels with this letter's body.
//! Whoever uses it gives only a letter that has begun, gives it to the next call, and gives none while stopping. A
//! session that ends in between leaves that letter untried: it is simply sent over another session, or put back.
//! What a server said of the letter ahead is told when its own turn comes, and a connection lost before its body
//! left is no try of it (`NotTried`). A session with a letter ahead that is not wanted any more is closed or dropped.
//!
//! A `Reply` carries the verdict with the server's own words; a `Trouble` says why there is no session.
//!
//! Two transports: SMTP (`smtp/`, a dialogue of our own, because one session has to survive hundreds of
//! letters and its state has to be known after each), and a folder (`outbox`) that captures letters instead of
//! sending them, for an admin to read (`captured`).

mod address;
pub mod captured;
mod config;
mod dkim;
mod headers;
mod letter;
mod outbox;
mod parts;
mod reply;
mod smtp;
mod smtp_url;

use std::{path::Path, sync::Arc};

pub use self::{
    address::{AddressError, EnvelopeAddress, Mailbox},
    config::{BreakerConfig, MailConfig, ServerConfig, Timeouts, Transport},
    dkim::{DkimConfig, Signer},
    letter::{Letter, LetterDraft, LetterError, Unsubscribe},
    outbox::{OutboxFolder, OutboxSession},
    reply::{Reply, Stage, Trouble, Verdict},
    smtp::{SmtpServer, SmtpSession},
    smtp_url::{Credentials, SmtpUrl, SmtpUrlError, TlsMode},
};
use crate::clock::Clock;

/// Where letters go. One per process, cheap to clone.
#[derive(Clone, Debug)]
pub enum Mailer {
    Smtp(SmtpServer),
    Folder(OutboxFolder),
}

/// One task's way to the transport; letters go one after another.
#[derive(Debug)]
pub enum Session {
    Smtp(Box<SmtpSession>),
    Folder(OutboxSession),
}

/// Why the mail section does not work; found at start.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("mail.transport is smtp, but mail.smtp_url is not set")]
    NoServer,
    #[error("mail.{0} must be at least 1")]
    Zero(&'static str),
    #[error("mail.hello_name must be a host name or an address literal")]
    HelloName,
    #[error("mail.dkim: domain and selector must be names as they stand in the DNS")]
    DkimName,
    #[error("mail.dkim.key_file: {0}")]
    DkimKey(String),
    #[error("mail.smtp_ca_file: {0}")]
    CaFile(String),
    #[error(
        "no certificate authorities found on this system to check the mail server by; name one in mail.smtp_ca_file"
    )]
    NoAuthorities,
    #[error("the mail server's name cannot stand in a certificate")]
    ServerName,
}

impl Mailer {
    /// Checks the settings; nothing is connected yet. Captured letters go to `outbox` in the data folder.
    pub fn new(config: &MailConfig, data: &Path, clock: Clock) -> Result<Self, ConfigError> {
        if config.connections == 0 {
            return Err(ConfigError::Zero("connections"));
        }
        if config.letters_per_connection == 0 {
            return Err(ConfigError::Zero("letters_per_connection"));
        }
        Ok(match config.transport() {
            Transport::Smtp => Self::Smtp(SmtpServer::new(config, clock)?),
            Transport::Folder => {
                Self::Folder(OutboxFolder::new(data.join("outbox"), config.connections))
            }
        })
    }

    pub async fn open(&self) -> Result<Session, Trouble> {
        Ok(match self {
            Self::Smtp(server) => Session::Smtp(Box::new(server.open().await?)),
            Self::Folder(folder) => Session::Folder(folder.open().await?),
        })
    }

    /// How many sessions may be open at once.
    pub fn connections(&self) -> usize {
        match self {
            Self::Smtp(server) => server.connections(),
            Self::Folder(folder) => folder.connections(),
        }
    }
}

impl Session {
    /// Sends one letter.
    pub async fn send(&mut self, letter: &Letter) -> Reply {
        self.send_then(letter, || None).await
    }

    /// Sends one letter. `next` is asked at most once, right before the body is written. The letter it gives must be
    /// the next one given to this session, the very same one; its envelope may already travel with this body.
    pub async fn send_then(
        &mut self,
        letter: &Letter,
        next: impl FnOnce() -> Option<Arc<Letter>>,
    ) -> Reply {
        match self {
            Self::Smtp(session) => session.send(letter, next).await,
            Self::Folder(session) => session.send(letter).await,
        }
    }

    /// Whether the next letter may go over this session. Asks the socket, so that a session that the server
    /// closed meanwhile is noticed before a letter is given to it.
    pub fn usable(&self) -> bool {
        match self {
            Self::Smtp(session) => session.usable(),
            Self::Folder(session) => session.usable(),
        }
    }

    /// Says goodbye, without waiting long for the answer.
    pub async fn close(self) {
        match self {
            Self::Smtp(session) => session.close().await,
            Self::Folder(_) => {}
        }
    }
}
