//! Reading the ledger: a mailing's runs, their deliveries, and every try.
//!
//! Runs and deliveries are private: one reads one's own, managers and admins everyone's. The log of attempts may
//! be opened to all who are signed in (`instance.attempt_log`); what it tells of other people's recipients is then
//! masked ([`mask`]). History outlives what it is about: a deleted mailing's runs are still its owner's to read.

pub mod attempts;
pub mod deliveries;
mod mask;
pub mod runs;
pub mod timeline;
pub mod totals;

use std::collections::HashSet;

use sea_orm::sea_query::{IntoColumnRef, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::database::search::{self, Kind};
use crate::recipients::entity as recipient;

/// Which of these recipients are still there.
async fn still_there(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashSet<i64>, DbErr> {
    let there: Vec<i64> = recipient::Entity::find()
        .select_only()
        .column(recipient::Column::Id)
        .filter(recipient::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(there.into_iter().collect())
}

/// A condition: `recipient_id` is that of somebody found by the beginnings of words: of the address and the name as
/// they are now, or of an address that letters went to before. With an owner only among that owner's recipients.
fn found_among(
    recipient_id: impl IntoColumnRef + Clone,
    owner_id: Option<i64>,
    text: &str,
) -> Option<SimpleExpr> {
    let kinds = [Kind::Recipient, Kind::FormerAddress];
    search::matches_any(&kinds, owner_id, recipient_id, text)
}

/// A count as it is shown: the ledger's are never below zero.
fn shown(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// A code as it is shown.
fn code(smtp_code: Option<i16>) -> Option<u16> {
    smtp_code.and_then(|code| u16::try_from(code).ok())
}
