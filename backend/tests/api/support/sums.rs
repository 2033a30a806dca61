//! The sums of statistics, recounted from the counters of runs.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, NaiveTime, Utc};
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::{self, Model as Run};
use golub::delivery::entity::run_sum::{self, SumKind};
use golub::delivery::entity::{attempt_count, attempt_sum, letter_sum, run_count};
use golub::delivery::ledger::sums::{MONTHLY, QUARTER, quarter_of};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::TestApp;

/// What is summed up: its kind, its id, and whose it is.
type Scope = (i16, i64, i64);

/// How many runs there were, when the first one began, and when and which the latest one was.
type RunSums = (i64, DateTime<Utc>, (DateTime<Utc>, i64));

impl TestApp {
    /// The sums that statistics are read from are what a recount of the runs' counters gives, for every scope.
    pub async fn statistics_agree(&self) {
        let runs: BTreeMap<i64, Run> = run::Entity::find()
            .all(self.app.database.read())
            .await
            .unwrap()
            .into_iter()
            .map(|run| (run.id, run))
            .collect();
        self.letter_sums_agree(&runs).await;
        self.attempt_sums_agree_by_hour(&runs).await;
        self.months_agree().await;
        self.run_sums_agree(&runs).await;
    }

    async fn letter_sums_agree(&self, runs: &BTreeMap<i64, Run>) {
        let db = self.app.database.read();
        let mut kept: BTreeMap<(Scope, i64, State), i64> = BTreeMap::new();
        let quarters = letter_sum::Entity::find().filter(letter_sum::Column::Kind.lt(MONTHLY));
        for row in quarters.all(db).await.unwrap() {
            let scope = (row.kind, row.item_id, row.owner_id);
            *kept.entry((scope, row.quarter, row.state)).or_default() += row.count;
        }
        let mut recounted: BTreeMap<(Scope, i64, State), i64> = BTreeMap::new();
        for row in run_count::Entity::find().all(db).await.unwrap() {
            let run = &runs[&row.run_id];
            let state = match row.state {
                State::Sending => State::Queued,
                other => other,
            };
            for scope in scopes(run) {
                let key = (scope, quarter_of(run.started_at), state);
                *recounted.entry(key).or_default() += row.count;
            }
        }
        kept.retain(|_, count| *count != 0);
        recounted.retain(|_, count| *count != 0);
        assert_eq!(kept, recounted);
    }

    /// Counters know the hour, sums the quarter.
    async fn attempt_sums_agree_by_hour(&self, runs: &BTreeMap<i64, Run>) {
        let db = self.app.database.read();
        let mut kept: BTreeMap<_, (i64, i64)> = BTreeMap::new();
        let quarters = attempt_sum::Entity::find().filter(attempt_sum::Column::Kind.lt(MONTHLY));
        for row in quarters.all(db).await.unwrap() {
            let scope = (row.kind, row.item_id, row.owner_id);
            let hour = row.quarter * QUARTER / 3_600;
            let sums = kept
                .entry((scope, hour, row.outcome, row.class))
                .or_default();
            *sums = (sums.0 + row.count, sums.1 + row.letters);
        }
        let mut recounted: BTreeMap<_, (i64, i64)> = BTreeMap::new();
        for row in attempt_count::Entity::find().all(db).await.unwrap() {
            let hour = row.hour.timestamp() / 3_600;
            for scope in scopes(&runs[&row.run_id]) {
                let sums = recounted
                    .entry((scope, hour, row.outcome, row.class))
                    .or_default();
                *sums = (sums.0 + row.count, sums.1 + row.letters);
            }
        }
        assert_eq!(kept, recounted);
    }

    /// Months are what their quarters are.
    async fn months_agree(&self) {
        let db = self.app.database.read();
        let mut sums: [BTreeMap<_, i64>; 2] = Default::default();
        for row in letter_sum::Entity::find().all(db).await.unwrap() {
            let by_month = usize::from(row.kind >= MONTHLY);
            let scope = (row.kind % MONTHLY, row.item_id, row.owner_id);
            let key = (scope, month_of(row.quarter), row.state);
            *sums[by_month].entry(key).or_default() += row.count;
        }
        assert_eq!(sums[0], sums[1]);
        let mut sums: [BTreeMap<_, (i64, i64)>; 2] = Default::default();
        for row in attempt_sum::Entity::find().all(db).await.unwrap() {
            let by_month = usize::from(row.kind >= MONTHLY);
            let scope = (row.kind % MONTHLY, row.item_id, row.owner_id);
            let key = (scope, month_of(row.quarter), row.outcome, row.class);
            let sums = sums[by_month].entry(key).or_default();
            *sums = (sums.0 + row.count, sums.1 + row.letters);
        }
        assert_eq!(sums[0], sums[1]);
    }

    async fn run_sums_agree(&self, runs: &BTreeMap<i64, Run>) {
        let mut kept: BTreeMap<Scope, RunSums> = BTreeMap::new();
        let rows = run_sum::Entity::find().all(self.app.database.read()).await;
        for row in rows.unwrap() {
            let scope = (row.kind as i16, row.item_id, row.owner_id);
            let latest = (row.last_run_at, row.last_run_id);
            kept.insert(scope, (row.runs, row.first_run_at, latest));
        }
        let mut recounted: BTreeMap<Scope, RunSums> = BTreeMap::new();
        for run in runs.values() {
            let begun = (run.started_at, run.id);
            for scope in scopes(run).filter(|(kind, ..)| *kind != SumKind::Service as i16) {
                let sums = recounted.entry(scope).or_insert((0, run.started_at, begun));
                let (count, first, latest) = *sums;
                *sums = (count + 1, first.min(run.started_at), latest.max(begun));
            }
        }
        assert_eq!(kept, recounted);
    }
}

fn scopes(run: &Run) -> impl Iterator<Item = Scope> + use<> {
    let message = run
        .message_id
        .map(|id| (SumKind::Message as i16, id, run.owner_id));
    let others = [
        (SumKind::Service as i16, 0, 0),
        (SumKind::User as i16, run.owner_id, run.owner_id),
        (SumKind::Mailing as i16, run.mailing_id, run.owner_id),
    ];
    others.into_iter().chain(message)
}

/// The first quarter of the month in which a quarter lies.
fn month_of(quarter: i64) -> i64 {
    let at = DateTime::from_timestamp(quarter * QUARTER, 0).unwrap();
    let first = at.date_naive().with_day(1).unwrap();
    quarter_of(first.and_time(NaiveTime::MIN).and_utc())
}
