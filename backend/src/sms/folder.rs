//! The folder transport: messages become files beside the captured letters, and are read like them.

use std::fmt::Display;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::answer::{SmsAnswer, SmsFate, SmsVerdict};
use crate::accounts::tokens;
use crate::clock::Clock;
use crate::mail::OutboxFolder;

/// A line of base64 in a letter.
const LINE: usize = 76;

#[derive(Clone, Debug)]
pub struct SmsFolder {
    outbox: OutboxFolder,
    clock: Clock,
}

impl SmsFolder {
    pub(super) fn new(outbox: OutboxFolder, clock: Clock) -> Self {
        Self { outbox, clock }
    }

    pub(super) fn outbox(&self) -> &OutboxFolder {
        &self.outbox
    }

    pub(super) async fn keep(&self, to: &str, text: &str) -> SmsAnswer {
        let id = match tokens::random_text() {
            Ok(random) => format!("sms.{random}"),
            Err(error) => return not_kept(&error),
        };
        let now = self.clock.now();
        let letter = format!(
            "From: SMS\r\nTo: {to}\r\nSubject: SMS\r\nDate: {}\r\nMessage-ID: <{id}@sms.invalid>\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}",
            now.to_rfc2822(),
            lines(&BASE64_STANDARD.encode(text)),
        );
        match self.outbox.keep(now, &id, letter.into_bytes()).await {
            Ok(file) => SmsAnswer {
                id: Some(id),
                ..SmsAnswer::ours(
                    SmsVerdict::Accepted,
                    format!("kept in the outbox as {file}"),
                )
            },
            Err(error) => not_kept(&error),
        }
    }
}

/// A full disk is our trouble, not the message's.
fn not_kept(error: &dyn Display) -> SmsAnswer {
    SmsAnswer::ours(SmsVerdict::Later, error.to_string()).with_fate(SmsFate::NotSent)
}

fn lines(base64: &str) -> String {
    let mut lines = String::with_capacity(base64.len() + base64.len() / 32 + 2);
    let mut rest = base64;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(LINE.min(rest.len()));
        lines.push_str(line);
        lines.push_str("\r\n");
        rest = after;
    }
    lines
}
