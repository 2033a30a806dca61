//! How many runs each user, mailing and message has had: what statistics can be asked of.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "run_sums")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kind: SumKind,
    /// The id of the user, the mailing or the message.
    pub item_id: i64,
    /// Whose runs they are: others may send a message that is shared.
    pub owner_id: i64,
    pub runs: i64,
    pub first_run_at: DateTimeUtc,
    pub last_run_at: DateTimeUtc,
    pub last_run_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// What something is summed up for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum SumKind {
    Service = 0,
    User = 1,
    Mailing = 2,
    Message = 3,
}
