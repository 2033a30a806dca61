//! How a mailing's latest run gets on, as it is told to whoever watches.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Counts, RunState};
use crate::mailings::MailingStatus;

/// Why nothing leaves although something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HeldBecause {
    /// The mailing is paused.
    Paused,
    /// The mailing's owner is blocked.
    OwnerBlocked,
    /// No mail server works now.
    MailServersAway,
    /// The mail servers that work have got as many letters as they may for now.
    BudgetUsedUp,
}

/// The whole state of a mailing's latest run at one instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    pub mailing_status: MailingStatus,
    /// None when the mailing has not run yet.
    pub run_id: Option<i64>,
    pub run_state: Option<RunState>,
    /// How many recipients the run has; none while it is being planned.
    pub audience: Option<u64>,
    pub counts: Counts,
    /// How many letters were settled per second, over the last seconds; none until two looks can be compared.
    pub letters_per_second: Option<f64>,
    /// How long the rest takes at this speed; none where that cannot be told.
    pub seconds_left: Option<u64>,
    /// Why nothing leaves although something waits.
    pub held_because: Option<HeldBecause>,
    /// When a mail server is asked again, where that is what it waits for.
    pub held_until: Option<DateTime<Utc>>,
    /// When the next letter is due, where nothing is under way.
    pub next_try_at: Option<DateTime<Utc>>,
    /// When it stood so.
    pub at: DateTime<Utc>,
}

impl Progress {
    /// Is there nothing more to tell?
    pub fn is_last(&self) -> bool {
        !matches!(self.run_state, Some(RunState::Planning | RunState::Sending))
    }
}
