//! How many letters of the service, a user, a mailing or a message stand in a state, by when their run was started.

use sea_orm::entity::prelude::*;

use super::delivery::State;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letter_sums")]
pub struct Model {
    /// A [`SumKind`](super::run_sum::SumKind), and [`MONTHLY`](crate::delivery::ledger::sums::MONTHLY) more where
    /// the sum is a whole month's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: i64,
    /// In which the run was started: quarters of an hour since 1970. Of a month (UTC) the first.
    #[sea_orm(primary_key, auto_increment = false)]
    pub quarter: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub worker_id: i64,
    /// What is being sent stands among the queued.
    #[sea_orm(primary_key, auto_increment = false)]
    pub state: State,
    /// As one worker has changed it; the sum over workers is the count.
    pub count: i64,
}

impl ActiveModelBehavior for ActiveModel {}
