//! What a run's letters, or its SMS, have in common, prepared once, and one of them.

use chrono::{DateTime, Utc};
use contract::sms::{SMS_PARTS_LIMIT, SmsLength};
use contract::template::Template;

use super::super::entity::run;
use super::super::ledger::claim::Held;
use super::super::ledger::record::RunFacts;
use crate::accounts::tokens;
use crate::app::App;
use crate::mail::{Letter, LetterDraft, LetterError, Mailbox, Signer};
use crate::mailings::entity::ChannelWord;
use crate::messages::render::{self, Person, Prepared};
use crate::problem::ApiError;
use crate::recipients::unsubscribing::{Addressee, WaysOut};

/// A run ready to be sent.
#[derive(Debug)]
pub struct RunLetters {
    pub facts: RunFacts,
    run_id: i64,
    owner_id: i64,
    what: What,
}

/// What the run sends.
#[derive(Debug)]
enum What {
    Letters(Box<Letters>),
    Sms(Template),
}

#[derive(Debug)]
struct Letters {
    from: Mailbox,
    reply_to: Option<Mailbox>,
    message: Prepared,
    ways_out: WaysOut,
    signer: Signer,
}

/// Why something cannot be sent; trying again makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnsendableError {
    #[error(transparent)]
    Letter(#[from] LetterError),
    #[error("the recipient has no phone")]
    NoPhone,
    #[error("filled in, the SMS is empty")]
    EmptySms,
    #[error("filled in, the SMS takes {0} parts; {SMS_PARTS_LIMIT} are the most")]
    TooManyParts(u64),
    #[error("the run was given to the sender of another channel")]
    OtherChannel,
}

impl RunLetters {
    /// Fails only where this run cannot be made into letters or SMS.
    pub fn new(app: &App, run: run::Model) -> Result<Self, ApiError> {
        let what = match run.channel {
            ChannelWord::Email => What::Letters(Box::new(Letters::new(app, &run)?)),
            ChannelWord::Sms => What::Sms(sms_of(&run)?),
        };
        Ok(Self {
            facts: RunFacts::of(&run),
            run_id: run.id,
            owner_id: run.owner_id,
            what,
        })
    }

    /// The letter of one delivery.
    pub fn letter(&self, delivery: &Held, now: DateTime<Utc>) -> Result<Letter, UnsendableError> {
        let What::Letters(letters) = &self.what else {
            return Err(UnsendableError::OtherChannel);
        };
        let filled = letters.message.fill(person(delivery));
        let from = &letters.from;
        let message_id = message_id(self.run_id, self.facts.started_at, delivery.id, from);
        let unsubscribe = letters.ways_out.for_letter(Addressee {
            recipient_id: delivery.recipient_id,
            owner_id: self.owner_id,
        });
        let draft = LetterDraft {
            from,
            reply_to: letters.reply_to.as_ref(),
            to_email: &delivery.email,
            to_name: &delivery.full_name,
            subject: &filled.subject,
            text: &filled.text,
            html: Some(&filled.html),
            message_id: &message_id,
            date: now,
        };
        Ok(letters.signer.sign(draft.build_for_mailing(&unsubscribe)?))
    }

    /// The SMS of one delivery: the number it goes to, and its text.
    pub fn sms<'a>(&self, delivery: &'a Held) -> Result<(&'a str, String), UnsendableError> {
        let What::Sms(text) = &self.what else {
            return Err(UnsendableError::OtherChannel);
        };
        let phone = delivery.phone.as_deref();
        let phone = phone.ok_or(UnsendableError::NoPhone)?;
        let text = render::fill_text(text, person(delivery));
        fit(&text)?;
        Ok((phone, text))
    }
}

/// A long name can make an SMS longer than any service takes. Were it shown to one, its refusals would count against the
/// service, and hold up everybody's messages.
fn fit(text: &str) -> Result<(), UnsendableError> {
    if text.trim().is_empty() {
        return Err(UnsendableError::EmptySms);
    }
    match SmsLength::of(text).parts {
        0..=SMS_PARTS_LIMIT => Ok(()),
        parts => Err(UnsendableError::TooManyParts(parts)),
    }
}

fn sms_of(run: &run::Model) -> Result<Template, ApiError> {
    let text = run.sms_text.as_deref();
    let text = text.ok_or_else(|| ApiError::ours(format!("run {} has no SMS text", run.id)))?;
    Template::parse(text).map_err(|_| ApiError::ours(format!("run {}: its SMS text", run.id)))
}

fn person(delivery: &Held) -> Person<'_> {
    Person {
        full_name: &delivery.full_name,
        email: &delivery.email,
    }
}

impl Letters {
    fn new(app: &App, run: &run::Model) -> Result<Self, ApiError> {
        let nonce: String = tokens::random_text()?
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let message = Prepared::new(&run.subject, &run.body, run.format.into(), &nonce)?;
        // An address that was fine for an account and is not for a letter only costs the Reply-To.
        let reply_to = run
            .reply_to
            .as_deref()
            .and_then(|email| Mailbox::new("", email).ok());
        Ok(Self {
            from: run.mail_from.parse().map_err(ApiError::ours)?,
            reply_to,
            message,
            ways_out: WaysOut::of(app),
            signer: app.signer.clone(),
        })
    }
}

/// Follows from the delivery, so that a letter sent twice can be recognised. The start of its run is in it because
/// ids begin anew when somebody begins with an empty database.
pub fn message_id(
    run_id: i64,
    started_at: DateTime<Utc>,
    delivery_id: i64,
    from: &Mailbox,
) -> String {
    format!(
        "{run_id}.{delivery_id}.{:x}@{}",
        started_at.timestamp_micros(),
        from.address.domain()
    )
}
