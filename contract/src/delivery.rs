//! What the ledger tells: runs, deliveries and attempts.

pub mod progress;

use std::iter::Sum;
use std::ops::Add;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::listing::Owner;
use crate::mailings::Channel;

/// What asked for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    Schedule,
    /// By hand, on the page.
    Manual,
    /// By `golub send`.
    Cli,
    /// Through the API with a personal token.
    Api,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Its deliveries are being written down.
    Planning,
    /// Something is still to be sent or retried.
    Sending,
    /// Nothing is left to try.
    Finished,
}

/// Where one recipient's letter of one run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waits for its first try or for a retry.
    Queued,
    /// A worker holds it.
    Sending,
    /// The mail server accepted it.
    Sent,
    /// It will not be tried again.
    Failed,
    /// It was not wanted any more; see `reason`.
    Skipped,
    /// It may have been accepted: the answer was lost.
    Unknown,
}

impl DeliveryState {
    pub const ALL: [Self; 6] = [
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Failed,
        Self::Skipped,
        Self::Unknown,
    ];
}

/// Why a delivery ended without its letter being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The mailing was stopped.
    Stopped,
    /// The mailing's window ended first.
    WindowOver,
    /// The next run began before a retry was due.
    Superseded,
    /// The recipient was deleted.
    RecipientDeleted,
    /// The recipient's address was refused for good before.
    Suppressed,
    /// The recipient wants no more letters.
    Unsubscribed,
    /// An SMS, and the recipient had no phone when its run was planned.
    NoPhone,
    /// Failed: the next retry would have come after the end of the mailing's window.
    Expired,
    /// Failed: all retries are used up.
    GaveUp,
}

/// What kind of failure a failed try was.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FailureClass {
    /// The mail server refused for now.
    Transient,
    /// The mail server refused for good.
    Permanent,
    /// The connection could not be made, or broke off.
    Connection,
    /// The mail server did not accept who we are, or wants somebody else.
    Authentication,
    /// The mailbox is full, or the mail server takes no more for now.
    Quota,
    /// The mail server's answers were not SMTP, or did not fit what it was asked.
    BrokenProtocol,
}

impl FailureClass {
    pub const ALL: [Self; 6] = [
        Self::Transient,
        Self::Permanent,
        Self::Connection,
        Self::Authentication,
        Self::Quota,
        Self::BrokenProtocol,
    ];
}

/// How one try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The mail server accepted the letter.
    Succeeded,
    /// It refused, or could not be talked to.
    Failed,
    /// The letter was handed over, and the answer never came.
    Unknown,
}

/// How many deliveries stand where. They always add up to the audience.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    pub queued: u64,
    pub sending: u64,
    pub sent: u64,
    pub failed: u64,
    pub skipped: u64,
    pub unknown: u64,
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let Self {
            queued,
            sending,
            sent,
            failed,
            skipped,
            unknown,
        } = other;
        Self {
            queued: self.queued + queued,
            sending: self.sending + sending,
            sent: self.sent + sent,
            failed: self.failed + failed,
            skipped: self.skipped + skipped,
            unknown: self.unknown + unknown,
        }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Self::add)
    }
}

impl Counts {
    pub fn of(&self, state: DeliveryState) -> u64 {
        match state {
            DeliveryState::Queued => self.queued,
            DeliveryState::Sending => self.sending,
            DeliveryState::Sent => self.sent,
            DeliveryState::Failed => self.failed,
            DeliveryState::Skipped => self.skipped,
            DeliveryState::Unknown => self.unknown,
        }
    }

    pub fn total(&self) -> u64 {
        DeliveryState::ALL
            .into_iter()
            .map(|state| self.of(state))
            .sum()
    }
}

/// One run of a mailing. Subject and body are those it started with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RunView {
    pub id: i64,
    /// The mailing it belongs to; the mailing itself may be deleted since.
    pub mailing_id: i64,
    pub mailing_title: String,
    pub subject: String,
    /// What it sends.
    pub channel: Channel,
    /// The occurrence it was planned for, or when it was asked for.
    pub planned_for: DateTime<Utc>,
    pub trigger: Trigger,
    pub state: RunState,
    /// How many recipients it has; none while it is being planned.
    pub audience: Option<u64>,
    pub counts: Counts,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    /// When its deliveries and attempts were deleted for their age; its counts stay.
    pub pruned_at: Option<DateTime<Utc>>,
}

/// One recipient's letter of one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeliveryView {
    pub id: i64,
    pub run_id: i64,
    pub mailing_id: i64,
    /// None when the recipient was deleted since.
    pub recipient_id: Option<i64>,
    pub recipient_email: String,
    pub recipient_name: String,
    /// Of an SMS: the number that it goes to; none if the recipient has no phone.
    #[schema(example = "+79211234567")]
    pub recipient_phone: Option<String>,
    pub state: DeliveryState,
    /// Why it was skipped, or given up.
    pub reason: Option<EndReason>,
    /// What kind of failure its last try was, if it was one.
    pub class: Option<FailureClass>,
    /// For a queued one: not before this instant.
    pub due_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: u64,
    /// How many copies may have arrived beside the one that is known of.
    pub possible_copies: u64,
    /// The mail server's code, or that of the SMS service.
    pub smtp_code: Option<u16>,
    /// What the mail server, or the SMS service, said last.
    pub response: Option<String>,
    /// When its state changed last.
    pub updated_at: DateTime<Utc>,
}

/// One delivery with its whole story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeliveryDetail {
    #[serde(flatten)]
    pub delivery: DeliveryView,
    pub mailing_title: String,
    /// The subject as this recipient got it; of an SMS, that of the message.
    pub subject: String,
    /// The `Message-ID` that all of its letters bear. An SMS has none: then it is empty.
    pub message_id: String,
    /// Of an SMS: the text as this recipient got it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_text: Option<String>,
    /// Every try, the first one first.
    pub tries: Vec<AttemptView>,
}

/// One try to hand over one letter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AttemptView {
    pub id: i64,
    pub delivery_id: i64,
    pub run_id: i64,
    pub mailing_id: i64,
    pub mailing_title: String,
    /// The first try is 1.
    pub number: u64,
    pub at: DateTime<Utc>,
    pub outcome: Outcome,
    /// What kind of failure it was, if it was one.
    pub class: Option<FailureClass>,
    /// The mail server it was tried with, by its name in the settings; `sms` is the SMS service.
    pub server: Option<String>,
    /// The mail server's code, or that of the SMS service.
    pub smtp_code: Option<u16>,
    /// RFC 3463, such as `5.1.1`.
    pub enhanced_code: Option<String>,
    /// What the mail server said, or what cut it short.
    pub response: String,
    /// How long the try took.
    pub milliseconds: u64,
    /// Masked when the log is open to everyone and the recipient is somebody else's.
    pub recipient_email: String,
    /// Of an SMS: the number that it went to, masked like the address.
    #[schema(example = "+79211234567")]
    pub recipient_phone: Option<String>,
    /// The subject as this recipient got it.
    pub subject: String,
    pub owner: Owner,
}

/// Sums over the attempts that a filter leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttemptTotals {
    pub attempts: u64,
    pub succeeded: u64,
    pub failed: u64,
    pub unknown: u64,
    /// Letters that a mail server accepted. One that was accepted twice, for the first answer was lost, counts once.
    pub letters: u64,
    /// There were too many to count: these are the sums over some of them.
    #[serde(default)]
    pub capped: bool,
}

impl Add for AttemptTotals {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let Self {
            attempts,
            succeeded,
            failed,
            unknown,
            letters,
            capped,
        } = other;
        Self {
            attempts: self.attempts + attempts,
            succeeded: self.succeeded + succeeded,
            failed: self.failed + failed,
            unknown: self.unknown + unknown,
            letters: self.letters + letters,
            capped: self.capped || capped,
        }
    }
}

/// A letter that was captured instead of sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CapturedLetter {
    /// Its file's name.
    pub id: String,
    pub captured_at: DateTime<Utc>,
    pub to: String,
    pub subject: String,
    pub bytes: u64,
}

/// A captured letter, opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CapturedLetterDetail {
    #[serde(flatten)]
    pub letter: CapturedLetter,
    pub from: String,
    pub reply_to: Option<String>,
    pub message_id: String,
    pub text: Option<String>,
    /// A one-time link (60 s) to the letter's HTML, for an `<iframe sandbox>`.
    pub html_url: Option<String>,
    /// The letter as it would have travelled.
    pub source: String,
}
