//! The log grows: attempts are added, each once, and counted with what else the transaction changes.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Set};

use super::super::entity::attempt::{ActiveModel, Column, Entity, OutcomeNumber};
use super::super::entity::class::ClassNumber;
use super::super::entity::delivery;
use super::counts::Deltas;

/// Adds attempts whose deliveries the transaction holds. They are unique on (delivery, number): one that is there
/// already stays as it is, and is not counted again.
pub async fn add(
    tx: &impl ConnectionTrait,
    attempts: Vec<ActiveModel>,
    deltas: &mut Deltas,
) -> Result<(), DbErr> {
    let earlier = Earlier::find(tx, &attempts).await?;
    let mut added = Vec::with_capacity(attempts.len());
    for attempt in attempts {
        if let Some(is_first_acceptance) = earlier.judge(&attempt) {
            deltas.attempts.add(&attempt, is_first_acceptance);
            added.push(attempt);
        }
    }
    if added.is_empty() {
        return Ok(());
    }
    let rows = added.len() as u64;
    let key = [Column::DeliveryId, Column::Number];
    let inserted = Entity::insert_many(added)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if inserted != rows {
        // Whoever holds the deliveries has seen all their attempts; the counters must not guess.
        return Err(DbErr::Custom(
            "an attempt was added to a delivery that somebody else holds".to_owned(),
        ));
    }
    Ok(())
}

/// Those of these deliveries whose letter a mail server has accepted before.
pub(super) async fn accepted_before(
    tx: &impl ConnectionTrait,
    deliveries: Vec<i64>,
) -> Result<HashSet<i64>, DbErr> {
    if deliveries.is_empty() {
        return Ok(HashSet::new());
    }
    let accepted: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::DeliveryId)
        .filter(Column::DeliveryId.is_in(deliveries))
        .filter(Column::Outcome.eq(OutcomeNumber::Succeeded))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(accepted.into_iter().collect())
}

/// What is in the log already of deliveries that were tried before. A first try finds nothing, so it asks nothing.
struct Earlier {
    numbers: BTreeSet<(i64, i64)>,
    accepted: BTreeSet<i64>,
}

impl Earlier {
    async fn find(tx: &impl ConnectionTrait, attempts: &[ActiveModel]) -> Result<Self, DbErr> {
        let retried: Vec<i64> = attempts
            .iter()
            .filter(|attempt| *attempt.number.as_ref() > 1)
            .map(|attempt| *attempt.delivery_id.as_ref())
            .collect();
        let mut earlier = Self {
            numbers: BTreeSet::new(),
            accepted: BTreeSet::new(),
        };
        if retried.is_empty() {
            return Ok(earlier);
        }
        let known: Vec<(i64, i64, OutcomeNumber)> = Entity::find()
            .select_only()
            .columns([Column::DeliveryId, Column::Number, Column::Outcome])
            .filter(Column::DeliveryId.is_in(retried))
            .into_tuple()
            .all(tx)
            .await?;
        for (delivery_id, number, outcome) in known {
            earlier.numbers.insert((delivery_id, number));
            if outcome == OutcomeNumber::Succeeded {
                earlier.accepted.insert(delivery_id);
            }
        }
        Ok(earlier)
    }

    /// None if the attempt is there already; else, is it the first that a mail server accepted of its letter?
    fn judge(&self, attempt: &ActiveModel) -> Option<bool> {
        let delivery_id = *attempt.delivery_id.as_ref();
        let is_there = self
            .numbers
            .contains(&(delivery_id, *attempt.number.as_ref()));
        let is_accepted = *attempt.outcome.as_ref() == OutcomeNumber::Succeeded;
        (!is_there).then(|| is_accepted && !self.accepted.contains(&delivery_id))
    }
}

/// What an attempt tells beside its outcome.
pub(super) struct Words {
    pub smtp_code: Option<i16>,
    pub enhanced_code: Option<String>,
    pub response: String,
    pub class: Option<ClassNumber>,
    pub milliseconds: i64,
    pub server: Option<String>,
}

pub(super) fn new_attempt(
    row: &delivery::Model,
    number: i64,
    at: DateTime<Utc>,
    outcome: OutcomeNumber,
    words: Words,
) -> ActiveModel {
    let Words {
        smtp_code,
        enhanced_code,
        response,
        class,
        milliseconds,
        server,
    } = words;
    ActiveModel {
        delivery_id: Set(row.id),
        run_id: Set(row.run_id),
        mailing_id: Set(row.mailing_id),
        owner_id: Set(row.owner_id),
        number: Set(number),
        at: Set(at),
        outcome: Set(outcome),
        smtp_code: Set(smtp_code),
        enhanced_code: Set(enhanced_code),
        response: Set(response),
        class: Set(class),
        milliseconds: Set(milliseconds),
        email: Set(row.email.clone()),
        full_name: Set(row.full_name.clone()),
        server: Set(server),
        ..Default::default()
    }
}
