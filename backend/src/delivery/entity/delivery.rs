//! One recipient's letter of one run: exactly one row.

use contract::delivery::DeliveryState;
use sea_orm::entity::prelude::*;

use super::class::ClassNumber;
use super::run::EndReasonWord;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deliveries")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub run_id: i64,
    pub mailing_id: i64,
    pub owner_id: i64,
    pub recipient_id: i64,
    pub email: String,
    pub full_name: String,
    pub state: State,
    pub reason: Option<EndReasonWord>,
    /// Queued: not before this instant.
    pub due_at: DateTimeUtc,
    /// The claim that took it last.
    pub claim_id: Option<i64>,
    pub attempts: i64,
    pub possible_copies: i64,
    pub smtp_code: Option<i16>,
    pub response: Option<String>,
    /// What kind of failure the last try was.
    pub class: Option<ClassNumber>,
    pub updated_at: DateTimeUtc,
    /// How many tries it had when its present schedule of retries began.
    pub schedule_from: i64,
    /// Of an SMS: where it goes.
    pub phone: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Was it taken out of it to whom it went, because its owner's account was deleted?
    pub fn is_emptied(&self) -> bool {
        self.recipient_id < 0
    }
}

/// Numbers, since an index is made of them; the queue's index names `Queued` as 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum State {
    Queued = 0,
    Sending = 1,
    Sent = 2,
    Failed = 3,
    Skipped = 4,
    Unknown = 5,
}

impl From<State> for DeliveryState {
    fn from(state: State) -> Self {
        match state {
            State::Queued => Self::Queued,
            State::Sending => Self::Sending,
            State::Sent => Self::Sent,
            State::Failed => Self::Failed,
            State::Skipped => Self::Skipped,
            State::Unknown => Self::Unknown,
        }
    }
}

impl From<DeliveryState> for State {
    fn from(state: DeliveryState) -> Self {
        match state {
            DeliveryState::Queued => Self::Queued,
            DeliveryState::Sending => Self::Sending,
            DeliveryState::Sent => Self::Sent,
            DeliveryState::Failed => Self::Failed,
            DeliveryState::Skipped => Self::Skipped,
            DeliveryState::Unknown => Self::Unknown,
        }
    }
}
