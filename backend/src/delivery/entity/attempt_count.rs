//! How many attempts of a run one worker made in one hour, by how they ended. The sum over workers is the count.

use sea_orm::entity::prelude::*;

use super::attempt::OutcomeNumber;

/// In `class`: there is none. A key takes no nulls.
pub const NO_CLASS: i16 = -1;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt_counts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: i64,
    /// Its beginning. An attempt belongs to the hour in which it began.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hour: DateTimeUtc,
    #[sea_orm(primary_key, auto_increment = false)]
    pub worker_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub outcome: OutcomeNumber,
    /// A class's number, or [`NO_CLASS`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub class: i16,
    /// The mail server's name; empty when it is not known.
    #[sea_orm(primary_key, auto_increment = false)]
    pub server: String,
    pub count: i64,
    /// How many letters were accepted for the first time.
    pub letters: i64,
}

impl ActiveModelBehavior for ActiveModel {}
