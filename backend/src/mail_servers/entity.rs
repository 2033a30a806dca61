//! How a mail server stands: one row for all workers.

use contract::mail_servers::{BreakerCause, BreakerState};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_servers")]
pub struct Model {
    /// Its name in the settings.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The latest time that any worker told; all instants here are on that time.
    pub seen_at: DateTimeUtc,
    pub state: StateWord,
    pub since: DateTimeUtc,
    pub retry_at: Option<DateTimeUtc>,
    pub openings: i64,
    pub cause: Option<CauseWord>,
    pub trouble: Option<String>,
    pub probe_worker_id: Option<i64>,
    /// JSON: deliveries refused for good without an acceptance since.
    pub refused: String,
    pub free_at: DateTimeUtc,
    /// JSON: letters by minute and by quarter of an hour.
    pub minutes: String,
    pub quarters: String,
}

impl ActiveModelBehavior for ActiveModel {}

crate::database::words! {
    /// Whether letters are given to it.
    StateWord for BreakerState { Closed = "closed", Open = "open", HalfOpen = "half_open" }
}

crate::database::words! {
    /// Why they are not.
    CauseWord for BreakerCause { Connection = "connection", Refusals = "refusals" }
}
