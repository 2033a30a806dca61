//! The counters beside the log: how many attempts each run made in each hour, and how they ended.
//!
//! Sums over the log are read from here, so that they cost the same however long the log is, and stay when it is
//! pruned. Like the counts of deliveries, each worker has rows of its own, written with the attempts.

use std::collections::BTreeMap;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, SimpleExpr};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Set};

use super::super::entity::attempt::{self, OutcomeNumber};
use super::super::entity::attempt_count::{ActiveModel, Column, Entity, NO_CLASS};
use super::super::entity::class::ClassNumber;
use super::sums::{self, Attempts, QUARTER, quarter_of};

/// Attempts added during a transaction, gathered.
#[derive(Debug, Default)]
pub struct AttemptDeltas(BTreeMap<Key, Sums>);

/// What is counted of a new attempt.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    pub run_id: i64,
    pub at: DateTime<Utc>,
    pub outcome: OutcomeNumber,
    pub class: Option<ClassNumber>,
    pub server: Option<&'a str>,
    pub is_first_acceptance: bool,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    run_id: i64,
    quarter: i64,
    outcome: OutcomeNumber,
    class: i16,
    server: String,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: i64,
    letters: i64,
}

impl AttemptDeltas {
    /// Counts a new attempt. `is_first_acceptance`: no mail server had accepted this letter before.
    pub fn add(&mut self, attempt: &attempt::ActiveModel, is_first_acceptance: bool) {
        let class = attempt.class.try_as_ref().copied().flatten();
        let server = attempt.server.try_as_ref().cloned().flatten();
        self.count(New {
            run_id: *attempt.run_id.as_ref(),
            at: *attempt.at.as_ref(),
            outcome: *attempt.outcome.as_ref(),
            class,
            server: server.as_deref(),
            is_first_acceptance,
        });
    }

    pub fn count(&mut self, new: New<'_>) {
        let New {
            run_id,
            at,
            outcome,
            class,
            server,
            is_first_acceptance,
        } = new;
        let key = Key {
            run_id,
            quarter: quarter_of(at),
            outcome,
            class: class.map_or(NO_CLASS, |class| class as i16),
            server: server.unwrap_or_default().to_owned(),
        };
        let sums = self.0.entry(key).or_default();
        sums.count += 1;
        sums.letters += i64::from(is_first_acceptance);
    }

    pub(super) async fn write(
        self,
        tx: &impl ConnectionTrait,
        worker_id: i64,
    ) -> Result<(), DbErr> {
        if self.0.is_empty() {
            return Ok(());
        }
        sums::add_attempts(tx, worker_id, &self.quarters()).await?;
        let rows: Vec<ActiveModel> = self
            .hours()
            .into_iter()
            .map(
                |((run_id, hour, outcome, class, server), sums)| ActiveModel {
                    run_id: Set(run_id),
                    hour: Set(hour),
                    worker_id: Set(worker_id),
                    outcome: Set(outcome),
                    class: Set(class),
                    server: Set(server.to_owned()),
                    count: Set(sums.count),
                    letters: Set(sums.letters),
                },
            )
            .collect();
        let key = [
            Column::RunId,
            Column::Hour,
            Column::WorkerId,
            Column::Outcome,
            Column::Class,
            Column::Server,
        ];
        Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns(key)
                    .value(Column::Count, added_to(Column::Count, "excluded.count"))
                    .value(
                        Column::Letters,
                        added_to(Column::Letters, "excluded.letters"),
                    )
                    .to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
        Ok(())
    }

    /// By the hour, for the counters of runs.
    fn hours(&self) -> BTreeMap<HourKey<'_>, Sums> {
        let mut hours: BTreeMap<HourKey<'_>, Sums> = BTreeMap::new();
        for (key, sums) in &self.0 {
            let hour =
                hour_of(DateTime::from_timestamp(key.quarter * QUARTER, 0).unwrap_or_default());
            let key = (
                key.run_id,
                hour,
                key.outcome,
                key.class,
                key.server.as_str(),
            );
            hours.entry(key).or_default().add(*sums);
        }
        hours
    }

    /// By the quarter, whatever the mail server, for the sums of statistics.
    fn quarters(&self) -> Vec<Attempts> {
        let mut quarters: BTreeMap<_, Sums> = BTreeMap::new();
        for (key, sums) in &self.0 {
            let key = (key.run_id, key.quarter, key.outcome, key.class);
            quarters.entry(key).or_default().add(*sums);
        }
        quarters
            .into_iter()
            .map(|((run_id, quarter, outcome, class), sums)| Attempts {
                run_id,
                quarter,
                outcome,
                class,
                count: sums.count,
                letters: sums.letters,
            })
            .collect()
    }
}

/// A run, an hour, and how an attempt ended with which mail server.
type HourKey<'a> = (i64, DateTime<Utc>, OutcomeNumber, i16, &'a str);

impl Sums {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.letters += other.letters;
    }
}

/// The beginning of the hour, UTC.
pub fn hour_of(at: DateTime<Utc>) -> DateTime<Utc> {
    // Fails for instants that no clock of ours tells.
    at.duration_trunc(TimeDelta::hours(1)).unwrap_or(at)
}

fn added_to(column: Column, more: &'static str) -> SimpleExpr {
    Expr::col((Entity, column)).add(Expr::cust(more))
}
