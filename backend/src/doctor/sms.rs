//! The SMS service: is there one, and does it take the key?

use super::Finding;
use crate::clock::Clock;
use crate::config::{Config, SmsTransport};
use crate::mail::Transport;
use crate::sms::{SmsSender, SmsVerdict};

const ABOUT: &str = "SMS service";

/// Nothing is said where letters are captured and nobody has asked for anything else of SMS.
pub async fn look(config: &Config, clock: &Clock) -> Option<Finding> {
    let mail = config.mail.transport();
    match config.sms.transport(mail) {
        SmsTransport::Off => Some(Finding::fine(
            ABOUT,
            "none is set: there are no mailings by SMS, and phones are not checked",
        )),
        SmsTransport::Folder if mail == Transport::Folder => None,
        SmsTransport::Folder => Some(Finding::warning(
            ABOUT,
            "none is set: messages are captured in the data folder and leave for nobody",
        )),
        SmsTransport::SmsRu => Some(match SmsSender::new(config, clock.clone()) {
            Ok(sender) => ask(&sender).await,
            Err(error) => Finding::broken(ABOUT, error.to_string()),
        }),
    }
}

async fn ask(sender: &SmsSender) -> Finding {
    let answer = sender.check().await;
    match (answer.verdict, answer.code) {
        (SmsVerdict::Accepted, _) => Finding::fine(ABOUT, "it can be reached, and takes our key"),
        (_, Some(code)) => Finding::broken(ABOUT, format!("{code} {}", answer.words)),
        (_, None) => Finding::broken(ABOUT, answer.words),
    }
}
