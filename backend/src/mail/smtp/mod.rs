//! SMTP, spoken by ourselves.
//!
//! `SmtpServer` knows where the mail server is; `opening` makes a session from it: name, connection, greeting,
//! EHLO, TLS, sign-in. `session` carries letters over it, each in two parts, `envelope` and `body`; `pace` says how
//! many commands may be on their way. Below are `wire` (answers and commands in time),
//! `stream` (bytes, in the clear or by TLS), and the pure parts: `answer`, `capabilities`, `dots`.
//!
//! An ordinary client library is not enough here: a session has to survive a refused recipient and hundreds of
//! letters, a broken one must never answer for the next letter, the body and its final dot have to leave in
//! one write, and each cut has to be told apart by where it fell.

mod answer;
mod body;
mod capabilities;
mod dots;
mod envelope;
mod opening;
mod pace;
mod session;
mod stream;
mod tls;
mod wire;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

pub use self::session::SmtpSession;
use self::{
    pace::{Pace, Record},
    tls::TlsSettings,
};
use super::{ConfigError, MailConfig, SmtpUrl, Timeouts, TlsMode, Trouble};
use crate::clock::Clock;

/// The mail server that takes our letters. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SmtpServer(Arc<Settings>);

#[derive(Debug)]
struct Settings {
    url: SmtpUrl,
    /// `None` if everything goes in the clear.
    tls: Option<TlsSettings>,
    hello_name: Option<String>,
    connections: usize,
    letters_per_connection: usize,
    idle_limit: Duration,
    timeouts: Timeouts,
    clock: Clock,
    /// What all sessions of this server have seen of it.
    record: Mutex<Record>,
}

impl SmtpServer {
    pub fn new(config: &MailConfig, clock: Clock) -> Result<Self, ConfigError> {
        let MailConfig {
            transport: _,
            smtp_url,
            smtp_ca_file: _,
            hello_name,
            from: _,
            dkim: _,
            connections,
            letters_per_connection,
            idle_limit,
            timeouts,
            breaker: _,
            servers: _,
        } = config.clone();
        let url = smtp_url.ok_or(ConfigError::NoServer)?;
        if !hello_name.as_deref().is_none_or(can_greet) {
            return Err(ConfigError::HelloName);
        }
        let tls = match url.tls {
            TlsMode::None => None,
            TlsMode::Required | TlsMode::Implicit => Some(TlsSettings::new(&url, config)?),
        };
        Ok(Self(Arc::new(Settings {
            url,
            tls,
            hello_name,
            connections,
            letters_per_connection,
            idle_limit,
            timeouts,
            clock,
            record: Mutex::default(),
        })))
    }

    pub async fn open(&self) -> Result<SmtpSession, Trouble> {
        opening::open(self).await
    }

    /// How much may be on its way to the server at once.
    fn pace(&self) -> Pace {
        let record = *self.0.record.lock().unwrap_or_else(PoisonError::into_inner);
        record.pace(self.0.clock.monotonic())
    }

    /// The server's answers did not fit what it was asked.
    fn stumbled(&self) {
        let now = self.0.clock.monotonic();
        let mut record = self.0.record.lock().unwrap_or_else(PoisonError::into_inner);
        if record.stumbled(now) {
            let pace = record.pace(now);
            tracing::warn!(
                host = self.0.url.host,
                ?pace,
                "the mail server's answers did not fit what it was asked, more than once; it is asked less at once for a day"
            );
        }
    }

    pub(super) fn connections(&self) -> usize {
        self.0.connections
    }
}

/// It stands in a command, so that nothing may end the line.
fn can_greet(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 255
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_[]:".contains(&byte))
}
