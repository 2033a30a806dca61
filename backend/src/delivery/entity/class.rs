//! The kinds of failure as numbers in a column.

use contract::delivery::FailureClass;
use sea_orm::entity::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum ClassNumber {
    Transient = 0,
    Permanent = 1,
    Connection = 2,
    Authentication = 3,
    Quota = 4,
    BrokenProtocol = 5,
}

impl From<ClassNumber> for FailureClass {
    fn from(number: ClassNumber) -> Self {
        match number {
            ClassNumber::Transient => Self::Transient,
            ClassNumber::Permanent => Self::Permanent,
            ClassNumber::Connection => Self::Connection,
            ClassNumber::Authentication => Self::Authentication,
            ClassNumber::Quota => Self::Quota,
            ClassNumber::BrokenProtocol => Self::BrokenProtocol,
        }
    }
}

impl From<FailureClass> for ClassNumber {
    fn from(class: FailureClass) -> Self {
        match class {
            FailureClass::Transient => Self::Transient,
            FailureClass::Permanent => Self::Permanent,
            FailureClass::Connection => Self::Connection,
            FailureClass::Authentication => Self::Authentication,
            FailureClass::Quota => Self::Quota,
            FailureClass::BrokenProtocol => Self::BrokenProtocol,
        }
    }
}
