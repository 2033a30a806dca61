//! What everybody may know about the mail servers, and what only staff may.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether letters are given to a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BreakerState {
    /// It works.
    Closed,
    /// It does not work: letters wait, or go over other servers, until it is tried again.
    Open,
    /// It is being tried with one letter.
    HalfOpen,
}

/// Why letters are not given to a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BreakerCause {
    /// No session with it can be had: it cannot be reached, or it does not let us in.
    Connection,
    /// It refuses letter after letter for good.
    Refusals,
}

/// The mail servers, in the order of the settings, and the SMS service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MailServerList {
    pub items: Vec<MailServerView>,
    /// How the SMS service stands for mailings by SMS, if one is set up.
    pub sms: Option<MailServerView>,
}

/// The service can serve, and so many of its mail servers stand so. Letters wait for one that works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadinessView {
    pub mail_servers: BreakerCounts,
    /// Whether messages are given to the SMS service, if one is set up.
    pub sms: Option<BreakerState>,
}

/// How many mail servers are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BreakerCounts {
    /// Those that work.
    #[schema(example = 1)]
    pub closed: u64,
    /// Those that do not.
    pub open: u64,
    /// Those that are being tried.
    pub half_open: u64,
}

/// A mail server and how it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MailServerView {
    /// Its name in the settings.
    #[schema(example = "main")]
    pub name: String,
    /// Whether letters are given to it.
    pub state: BreakerState,
    /// Since when it stands so; none if it was never used.
    pub since: Option<DateTime<Utc>>,
    /// When it is tried again, if it does not work.
    pub retry_at: Option<DateTime<Utc>>,
    /// When its budget has room again, if it is used up.
    pub free_at: Option<DateTime<Utc>>,
    /// For those who may see everything.
    pub details: Option<MailServerDetails>,
}

/// What staff may know about a mail server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MailServerDetails {
    /// Why it does not work.
    pub cause: Option<BreakerCause>,
    /// What it said, or what went wrong.
    #[schema(example = "connecting: Connection refused")]
    pub trouble: Option<String>,
    /// How many letters in a row it has refused for good.
    pub refused_in_a_row: u64,
    /// How many connections to it all workers together may have open.
    pub connections: u64,
    /// Its part of the letters, beside that of the others.
    pub weight: u32,
    /// What it may be given in a second, an hour and a day; empty if there is no limit.
    pub budgets: Vec<BudgetView>,
}

/// How much of a budget is used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BudgetView {
    /// The time that the limit is for.
    pub per: BudgetPeriod,
    /// The most letters in that time.
    pub limit: u64,
    /// How many of them are taken.
    pub used: u64,
    /// When there is room again, if it is used up.
    pub free_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BudgetPeriod {
    Second,
    Hour,
    Day,
}
