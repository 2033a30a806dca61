//! Mailings: a message to an audience, once or again and again.
//!
//! An occurrence is an instant that fits the recurrence, not before `starts_at` and before `ends_at`, at the local
//! time of day that `starts_at` has in the mailing's zone.

mod schedule;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::checks;
use crate::delivery::{FailureClass, RunView};
use crate::listing::Owner;
use crate::problem::{FieldCode, FieldError, FieldErrors, Named};

use schedule::out_of_range;
pub use schedule::{Recurrence, Schedule, Weekday, YEARS};

pub const TITLE_LIMIT: u64 = 250;
pub const REASON_LIMIT: u64 = 500;
/// How many recipients can be chosen one by one; `all` has no limit.
pub const CHOSEN_LIMIT: u64 = 10_000;
/// How many coming runs one may ask to see.
pub const PREVIEW_LIMIT: u64 = 100;

/// Where a mailing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailingStatus {
    /// No run yet.
    Created,
    /// It has run, and may run or be sent again.
    Running,
    /// Its owner holds it back for a while.
    Paused,
    /// Final: its window is over, nothing is left to do, or it was stopped.
    Completed,
}

impl MailingStatus {
    pub const ALL: [Self; 4] = [Self::Created, Self::Running, Self::Paused, Self::Completed];
}

/// Who gets a mailing: chosen recipients, or `all` whom its owner has when a run starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// At most 10,000, all the owner's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipient_ids: Vec<i64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
}

impl Audience {
    pub fn check(&self) -> Result<(), FieldError> {
        match (self.all, self.recipient_ids.len() as u64) {
            (true, 0) => Ok(()),
            (true, _) => Err(out_of_range("takes either recipient_ids, or all")),
            (false, 0) => Err(FieldError::new(
                FieldCode::Required,
                "choose at least one recipient, or all",
            )),
            (false, n) if n > CHOSEN_LIMIT => {
                let error = FieldError::new(
                    FieldCode::TooLong,
                    format!("at most {CHOSEN_LIMIT} can be chosen"),
                );
                Err(FieldError {
                    limit: Some(CHOSEN_LIMIT),
                    ..error
                })
            }
            (false, _) => Ok(()),
        }
    }
}

/// What a mailing sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Letters, to addresses.
    #[default]
    Email,
    /// Messages, to phones. Who has none is skipped.
    Sms,
}

impl Channel {
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];
}

/// What becomes of a letter whose answer was lost in a crash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnUnknown {
    /// It is sent once more: a second copy is better than none.
    #[default]
    Resend,
    /// It stays unknown until a person decides.
    Hold,
}

/// A new mailing.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMailing {
    /// What it is called in lists; without one, the message's subject.
    #[serde(default)]
    pub title: Option<String>,
    /// One's own message, or a shared one.
    pub message_id: i64,
    pub audience: Audience,
    /// By SMS the message needs an SMS text, and the service to send SMS.
    #[serde(default)]
    pub channel: Channel,
    pub starts_at: DateTime<Utc>,
    #[serde(default)]
    pub ends_at: Option<DateTime<Utc>>,
    #[schema(example = "Europe/Moscow")]
    pub time_zone: String,
    #[serde(default)]
    pub recurrence: Recurrence,
    #[serde(default)]
    pub on_unknown: OnUnknown,
}

impl NewMailing {
    pub fn schedule(&self) -> Schedule {
        Schedule {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            time_zone: self.time_zone.clone(),
            recurrence: self.recurrence.clone(),
        }
    }

    /// The mailing with its title trimmed, or what is wrong with it.
    pub fn check(&self, now: DateTime<Utc>) -> Result<NewMailing, FieldErrors> {
        let mut errors = self.schedule().check(now).err().unwrap_or_default();
        let title = self
            .title
            .as_deref()
            .map(|title| checks::optional_line(title, TITLE_LIMIT))
            .transpose();
        let title = errors
            .keep("title", title)
            .flatten()
            .filter(|title| !title.is_empty());
        errors.keep("audience", self.audience.check());
        errors.finish()?;
        Ok(NewMailing {
            title,
            ..self.clone()
        })
    }
}

/// A change: what is not given stays. Runs that have started keep what they started with.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailingChange {
    pub title: Option<String>,
    pub message_id: Option<i64>,
    pub audience: Option<Audience>,
    /// Until the first run; then it stays.
    pub channel: Option<Channel>,
    pub starts_at: Option<DateTime<Utc>>,
    /// `null` takes the end away.
    #[serde(
        default,
        deserialize_with = "checks::given",
        skip_serializing_if = "Option::is_none"
    )]
    pub ends_at: Option<Option<DateTime<Utc>>>,
    pub time_zone: Option<String>,
    pub recurrence: Option<Recurrence>,
    pub on_unknown: Option<OnUnknown>,
}

/// An audience that is being chosen.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewAudience {
    pub audience: Audience,
    /// Whose recipients, for those who see everyone's. One's own if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<i64>,
}

/// Whom a mailing to an audience would reach now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct AudiencePreview {
    /// How many recipients it has.
    #[schema(example = 4310)]
    pub count: u64,
    /// How many of them have no phone: an SMS would not reach them.
    #[schema(example = 12)]
    pub without_phone: u64,
}

/// Which coming runs to show.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewRuns {
    pub starts_at: DateTime<Utc>,
    #[serde(default)]
    pub ends_at: Option<DateTime<Utc>>,
    #[schema(example = "Europe/Moscow")]
    pub time_zone: String,
    #[serde(default)]
    pub recurrence: Recurrence,
    /// How many: 1 to 100.
    #[serde(default = "ten")]
    pub count: u64,
}

fn ten() -> u64 {
    10
}

/// The next occurrences, from `starts_at` on.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct Instants {
    pub instants: Vec<DateTime<Utc>>,
}

/// Why a mailing is stopped.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StopMailing {
    #[serde(default)]
    pub reason: String,
}

impl StopMailing {
    pub fn check(&self) -> Result<String, FieldErrors> {
        checks::optional_line(&self.reason, REASON_LIMIT)
            .map_err(|error| FieldErrors::one("reason", error))
    }
}

/// Which letters of a mailing to send again: those that failed, and, if asked, those that may have arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryMailing {
    /// Only failures of these kinds; all if not given, none if the list is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classes: Option<Vec<FailureClass>>,
    /// Also letters whose answer was lost: who got one may get it twice.
    #[serde(default)]
    pub unknown: bool,
    /// Of this run, which must be the latest one; that is meant if none is given, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_id: Option<i64>,
}

impl RetryMailing {
    pub fn check(&self) -> Result<(), FieldErrors> {
        if !self.unknown && self.classes.as_ref().is_some_and(Vec::is_empty) {
            let error = FieldError::new(FieldCode::Required, "name at least one kind of failure");
            return Err(FieldErrors::one("classes", error));
        }
        Ok(())
    }
}

/// What is sent again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct Retried {
    /// The runs that go on; none when there is nothing to send again.
    pub run_ids: Vec<i64>,
    /// How many letters are sent again. They reach the queue step by step.
    pub queued: u64,
    /// How many are not, since their recipients are suppressed, have unsubscribed or are deleted.
    pub left_out: u64,
}

/// Who stopped a mailing, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct Stopped {
    pub at: DateTime<Utc>,
    /// The name or address of who did it.
    pub by: String,
    pub reason: String,
}

/// An audience as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct AudienceView {
    pub all: bool,
    /// How many recipients it has now.
    pub count: u64,
    /// How many of them have no phone and will be skipped, when a single mailing by SMS is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_phone: Option<u64>,
    /// Those chosen, when a single mailing is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipient_ids: Vec<i64>,
}

/// A mailing as it is read.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct MailingView {
    pub id: i64,
    pub title: String,
    pub status: MailingStatus,
    /// Its message by id and subject; none when a completed mailing's message was deleted.
    pub message: Option<Named>,
    pub audience: AudienceView,
    pub channel: Channel,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub time_zone: String,
    pub recurrence: Recurrence,
    pub on_unknown: OnUnknown,
    /// The next planned run, if any.
    pub next_run_at: Option<DateTime<Utc>>,
    pub owner: Owner,
    /// The latest run, if it has run.
    pub last_run: Option<RunView>,
    pub runs: u64,
    pub stopped: Option<Stopped>,
    pub completed_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
