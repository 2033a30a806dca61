//! What a run's letters have in common, prepared once, and one letter of it.

use chrono::{DateTime, Utc};

use super::super::entity::run;
use super::super::ledger::claim::Held;
use super::super::ledger::record::RunFacts;
use crate::accounts::tokens;
use crate::app::App;
use crate::mail::{Letter, LetterDraft, LetterError, Mailbox, Signer};
use crate::messages::render::{Person, Prepared};
use crate::problem::ApiError;
use crate::recipients::unsubscribing::{Addressee, WaysOut};

/// A run ready to be sent.
#[derive(Debug)]
pub struct RunLetters {
    pub facts: RunFacts,
    run_id: i64,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    message: Prepared,
    owner_id: i64,
    ways_out: WaysOut,
    signer: Signer,
}

impl RunLetters {
    /// Fails only where this run cannot be made into letters.
    pub fn new(app: &App, run: run::Model) -> Result<Self, ApiError> {
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
            facts: RunFacts::of(&run),
            run_id: run.id,
            from: run.mail_from.parse().map_err(ApiError::ours)?,
            reply_to,
            message,
            owner_id: run.owner_id,
            ways_out: WaysOut::of(app),
            signer: app.signer.clone(),
        })
    }

    /// The letter of one delivery.
    pub fn letter(&self, delivery: &Held, now: DateTime<Utc>) -> Result<Letter, LetterError> {
        let filled = self.message.fill(Person {
            full_name: &delivery.full_name,
            email: &delivery.email,
        });
        let message_id = message_id(self.run_id, self.facts.started_at, delivery.id, &self.from);
        let unsubscribe = self.ways_out.for_letter(Addressee {
            recipient_id: delivery.recipient_id,
            owner_id: self.owner_id,
        });
        let draft = LetterDraft {
            from: &self.from,
            reply_to: self.reply_to.as_ref(),
            to_email: &delivery.email,
            to_name: &delivery.full_name,
            subject: &filled.subject,
            text: &filled.text,
            html: Some(&filled.html),
            message_id: &message_id,
            date: now,
        };
        Ok(self.signer.sign(draft.build_for_mailing(&unsubscribe)?))
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
