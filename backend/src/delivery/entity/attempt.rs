//! One try to hand over one letter. Rows are only ever added.

use contract::delivery::Outcome;
use sea_orm::entity::prelude::*;

use super::class::ClassNumber;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub delivery_id: i64,
    pub run_id: i64,
    pub mailing_id: i64,
    pub owner_id: i64,
    /// The first try of a delivery is 1.
    pub number: i64,
    pub at: DateTimeUtc,
    pub outcome: OutcomeNumber,
    pub smtp_code: Option<i16>,
    pub enhanced_code: Option<String>,
    pub response: String,
    pub milliseconds: i64,
    pub email: String,
    pub full_name: String,
    /// What kind of failure it was.
    pub class: Option<ClassNumber>,
    /// The mail server's name in the settings.
    pub server: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum OutcomeNumber {
    Succeeded = 0,
    Failed = 1,
    Unknown = 2,
}

impl From<OutcomeNumber> for Outcome {
    fn from(number: OutcomeNumber) -> Self {
        match number {
            OutcomeNumber::Succeeded => Self::Succeeded,
            OutcomeNumber::Failed => Self::Failed,
            OutcomeNumber::Unknown => Self::Unknown,
        }
    }
}

impl From<Outcome> for OutcomeNumber {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Succeeded => Self::Succeeded,
            Outcome::Failed => Self::Failed,
            Outcome::Unknown => Self::Unknown,
        }
    }
}
