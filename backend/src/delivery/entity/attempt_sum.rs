//! How many attempts of the service, a user, a mailing or a message began in a quarter of an hour, by how they ended.

use sea_orm::entity::prelude::*;

use super::attempt::OutcomeNumber;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt_sums")]
pub struct Model {
    /// A [`SumKind`](super::run_sum::SumKind), and [`MONTHLY`](crate::delivery::ledger::sums::MONTHLY) more where
    /// the sum is a whole month's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: i64,
    /// Quarters of an hour since 1970; of a month (UTC) the first.
    #[sea_orm(primary_key, auto_increment = false)]
    pub quarter: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub worker_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub outcome: OutcomeNumber,
    /// A class's number, or [`super::attempt_count::NO_CLASS`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub class: i16,
    pub count: i64,
    /// How many letters were accepted for the first time.
    pub letters: i64,
}

impl ActiveModelBehavior for ActiveModel {}
