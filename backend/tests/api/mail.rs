//! Mail against a server that really speaks SMTP, and letters read back by a parser that did not write them.

mod ahead;
mod captured;
mod dkim;
mod letters;
mod lowering;
mod opening;
mod refusals;
mod sessions;
mod trouble;

use std::{path::Path, time::Duration};

use chrono::{DateTime, Utc};
use golub::clock::Clock;
use golub::mail::{Letter, LetterDraft, MailConfig, Mailbox, Mailer, Session, Trouble};

use crate::support::smtp_server::{Act, SmtpServer, Step};

fn instant() -> DateTime<Utc> {
    "2030-05-01T06:00:00.25Z".parse().unwrap()
}

fn mailbox(raw: &str) -> Mailbox {
    raw.parse().unwrap()
}

/// A small letter to this address.
fn letter_to(to_email: &str) -> Letter {
    letter(to_email, "Hello", "Hello.\n")
}

fn letter(to_email: &str, subject: &str, text: &str) -> Letter {
    let draft = LetterDraft {
        from: &mailbox("Golub <golub@example.com>"),
        reply_to: None,
        to_email,
        to_name: "",
        subject,
        text,
        html: None,
        message_id: "1@golub.example",
        date: instant(),
    };
    draft.build().unwrap()
}

/// Settings for this server. Healthy answers come at once; the patience is for a busy machine.
fn settings(url: &str) -> MailConfig {
    MailConfig {
        smtp_url: Some(url.parse().unwrap()),
        ..MailConfig::default()
    }
}

/// The same, for a server that will not answer at this step.
fn impatient(url: &str, step: Step) -> MailConfig {
    let mut config = settings(url);
    let timeouts = &mut config.timeouts;
    let limit = match step {
        Step::Greeting => &mut timeouts.greeting,
        Step::Hello => &mut timeouts.hello,
        Step::StartTls => &mut timeouts.tls,
        Step::Auth => &mut timeouts.sign_in,
        Step::Mail | Step::Rcpt | Step::Reset => &mut timeouts.envelope,
        Step::Data => &mut timeouts.data,
        Step::Letter => &mut timeouts.accepted,
        Step::Quit => &mut timeouts.quit,
    };
    *limit = Duration::from_millis(400);
    config
}

/// Patient, unless the server is going to hang at this step.
fn settings_for(url: &str, step: Step, act: &Act) -> MailConfig {
    match act {
        Act::Hang => impatient(url, step),
        _ => settings(url),
    }
}

async fn open_with(config: &MailConfig) -> Result<Session, Trouble> {
    let mailer = Mailer::new(config, Path::new("not used"), Clock::system()).unwrap();
    mailer.open().await
}

async fn open(server: &SmtpServer) -> Session {
    open_with(&settings(&server.url())).await.unwrap()
}
