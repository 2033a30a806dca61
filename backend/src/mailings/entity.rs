//! The table of mailings.

use contract::mailings::{Channel, MailingStatus, OnUnknown, Recurrence, Schedule, Stopped};
use sea_orm::entity::prelude::*;

use crate::problem::ApiError;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mailings")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub owner_id: i64,
    pub title: String,
    /// Lower-cased, to sort by.
    pub title_key: String,
    /// None when a completed mailing's message was deleted.
    pub message_id: Option<i64>,
    /// The chosen recipients; none for all.
    pub audience_id: Option<i64>,
    pub channel: ChannelWord,
    pub starts_at: DateTimeUtc,
    pub ends_at: Option<DateTimeUtc>,
    pub time_zone: String,
    /// As JSON.
    pub recurrence: String,
    pub on_unknown: OnUnknownWord,
    pub status: StatusWord,
    /// None when nothing is planned, and while it is paused.
    pub next_run_at: Option<DateTimeUtc>,
    /// Set by the database: `next_run_at`, or an instant behind all others.
    pub next_run_key: DateTimeUtc,
    /// When it became running; none before its first run.
    pub first_run_at: Option<DateTimeUtc>,
    pub stopped_at: Option<DateTimeUtc>,
    /// The name of who stopped it: a copy, since accounts can be deleted.
    pub stopped_by: Option<String>,
    pub stop_reason: Option<String>,
    pub completed_at: Option<DateTimeUtc>,
    /// Counts what people change; runs do not.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn recurrence(&self) -> Result<Recurrence, ApiError> {
        serde_json::from_str(&self.recurrence).map_err(ApiError::ours)
    }

    pub fn schedule(&self) -> Result<Schedule, ApiError> {
        Ok(Schedule {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            time_zone: self.time_zone.clone(),
            recurrence: self.recurrence()?,
        })
    }

    /// Who stopped it, when and why.
    pub fn stopped(&self) -> Option<Stopped> {
        Some(Stopped {
            at: self.stopped_at?,
            by: self.stopped_by.clone().unwrap_or_default(),
            reason: self.stop_reason.clone().unwrap_or_default(),
        })
    }
}

crate::database::words! {
    /// Where a mailing stands.
    StatusWord for MailingStatus {
        Created = "created",
        Running = "running",
        Paused = "paused",
        Completed = "completed",
    }
}

crate::database::words! {
    /// What a mailing sends.
    ChannelWord for Channel { Email = "email", Sms = "sms" }
}

crate::database::words! {
    /// What becomes of a letter whose answer was lost.
    OnUnknownWord for OnUnknown { Resend = "resend", Hold = "hold" }
}
