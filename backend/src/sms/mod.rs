//! SMS: a text to a number, and what the SMS service said to it.
//!
//! The process has one [`SmsSender`]. With sms.ru it makes one request for each message ([`sms_ru`]) and reads the
//! answer ([`answer`]): what each code means for a message is decided in one table, without network or clock. The
//! folder transport keeps messages beside the captured letters instead of sending them.

pub mod answer;
mod folder;
mod sms_ru;

pub use self::answer::{SmsAnswer, SmsFate, SmsVerdict};
use self::folder::SmsFolder;
use self::sms_ru::SmsRu;
use crate::clock::Clock;
use crate::config::{Config, SmsTransport};
use crate::mail::OutboxFolder;

/// Where messages go. One per process, cheap to clone.
#[derive(Clone, Debug)]
pub enum SmsSender {
    /// Nowhere: nothing is sent, and no phone is checked.
    Off,
    Folder(SmsFolder),
    SmsRu(SmsRu),
}

/// Why the sms section does not work; found at start.
#[derive(Debug, thiserror::Error)]
pub enum SmsConfigError {
    #[error("sms.transport is sms_ru, but sms.api_id is not set")]
    NoApiId,
    #[error("sms.url must be an address that begins with https:// or http://")]
    Url,
    #[error("no certificate authorities found on this system to check the SMS service by")]
    NoAuthorities,
    #[error("sms: {0}")]
    Client(String),
}

impl SmsSender {
    /// Checks the settings; nothing is connected yet. Captured messages go to `outbox` in the data folder.
    pub fn new(config: &Config, clock: Clock) -> Result<Self, SmsConfigError> {
        Ok(match config.sms.transport(config.mail.transport()) {
            SmsTransport::Off => Self::Off,
            SmsTransport::Folder => Self::Folder(SmsFolder::new(
                OutboxFolder::new(config.data.join("outbox"), 1),
                clock,
            )),
            SmsTransport::SmsRu => Self::SmsRu(SmsRu::new(&config.sms)?),
        })
    }

    /// Are messages sent, or at least captured?
    pub fn is_on(&self) -> bool {
        !matches!(self, Self::Off)
    }

    /// Where messages are kept instead of being sent, if they are.
    pub fn outbox(&self) -> Option<&OutboxFolder> {
        match self {
            Self::Folder(folder) => Some(folder.outbox()),
            Self::Off | Self::SmsRu(_) => None,
        }
    }

    /// Asks whether the service takes our key, without sending anything.
    pub async fn check(&self) -> SmsAnswer {
        match self {
            Self::SmsRu(service) => service.check().await,
            Self::Off | Self::Folder(_) => {
                SmsAnswer::ours(SmsVerdict::Misconfigured, "there is no service to ask")
            }
        }
    }

    /// Sends a text to a number in E.164, and tells what became of it.
    pub async fn send(&self, to: &str, text: &str) -> SmsAnswer {
        match self {
            Self::Off => SmsAnswer::ours(
                SmsVerdict::Misconfigured,
                "no SMS service is set up: sms.transport is off",
            ),
            Self::Folder(folder) => folder.keep(to, text).await,
            Self::SmsRu(service) => service.send(to, text).await,
        }
    }
}
