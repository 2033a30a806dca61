//! One occurrence of a mailing, with everything that it was started with.

use contract::delivery::{EndReason, RunState, Trigger};
use sea_orm::entity::prelude::*;

use crate::mailings::entity::{ChannelWord, OnUnknownWord};
use crate::messages::entity::FormatWord;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "runs")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub mailing_id: i64,
    pub owner_id: i64,
    pub message_id: Option<i64>,
    pub planned_for: DateTimeUtc,
    pub asked_by: TriggerWord,
    pub state: RunStateWord,
    pub title: String,
    pub subject: String,
    pub body: String,
    pub format: FormatWord,
    pub mail_from: String,
    pub reply_to: Option<String>,
    pub on_unknown: OnUnknownWord,
    pub ends_at: Option<DateTimeUtc>,
    /// The chosen recipients; none for all.
    pub audience_id: Option<i64>,
    /// The largest recipient id when it started: later recipients are not its.
    pub recipient_through: i64,
    /// Recipients up to this id have their deliveries.
    pub planned_through: i64,
    /// How many deliveries it has; none while it is being planned.
    pub audience: Option<i64>,
    /// What is still queued is skipped, for this reason.
    pub close_reason: Option<EndReasonWord>,
    pub started_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
    /// When deleting its deliveries and attempts, for their age, began; its counts stay.
    pub pruned_at: Option<DateTimeUtc>,
    /// Somebody asked to send again: which of its failures, a bit for each kind; none when all of them are queued.
    pub retry_wanted: Option<i16>,
    /// Deliveries up to this id were looked through for that.
    pub retry_through: i64,
    /// When that was asked last.
    pub retried_at: Option<DateTimeUtc>,
    /// They are being deleted still.
    pub pruning: bool,
    pub channel: ChannelWord,
    /// What is sent by SMS.
    pub sms_text: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

crate::database::words! {
    /// What asked for a run.
    TriggerWord for Trigger { Schedule = "schedule", Manual = "manual", Cli = "cli", Api = "api" }
}

crate::database::words! {
    /// Where a run stands.
    RunStateWord for RunState { Planning = "planning", Sending = "sending", Finished = "finished" }
}

crate::database::words! {
    /// Why a delivery ended without being sent.
    EndReasonWord for EndReason {
        Stopped = "stopped",
        WindowOver = "window_over",
        Superseded = "superseded",
        RecipientDeleted = "recipient_deleted",
        Suppressed = "suppressed",
        Unsubscribed = "unsubscribed",
        NoPhone = "no_phone",
        Expired = "expired",
        GaveUp = "gave_up",
    }
}
