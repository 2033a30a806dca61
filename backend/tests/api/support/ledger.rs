//! The worker driven by hand, and what it left in the ledger.

use std::collections::{BTreeMap, BTreeSet};

use golub::delivery::entity::attempt::OutcomeNumber;
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::{attempt, attempt_count, delivery, run, run_count};
use golub::delivery::ledger::attempt_counts::hour_of;
use golub::delivery::ledger::begin::{Begun, begin};
use golub::delivery::ledger::claim::{Claim, Wanted, claim, new_id};
use golub::delivery::ledger::counts::Deltas;
use golub::delivery::presence::AbsentError;
use golub::delivery::rules;
use golub::delivery::worker::Worker;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, Statement};
use tokio_util::sync::CancellationToken;

use super::app::TestApp;
use super::smtp_server::SmtpServer;

/// More passes than any test needs.
const PASSES: usize = 200;

impl TestApp {
    /// A service that sends to this server.
    pub async fn sending_to(server: &SmtpServer) -> Self {
        let url = server.url().parse().unwrap();
        Self::with(|config| config.mail.smtp_url = Some(url)).await
    }

    /// A worker that has entered.
    pub async fn worker(&self) -> Worker {
        self.try_worker().await.unwrap()
    }

    pub async fn try_worker(&self) -> Result<Worker, AbsentError> {
        Worker::enter(self.app.clone(), CancellationToken::new()).await
    }

    /// A worker enters, does all that can be done at this moment, and leaves. Then the sums must agree.
    pub async fn run_worker(&self) {
        let mut worker = self.worker().await;
        self.drive(&mut worker).await;
        worker.leave().await.unwrap();
        for delivery in self.deliveries().await {
            assert_ne!(delivery.state, State::Sending, "{delivery:?}");
        }
    }

    /// Passes until one finds nothing to do.
    pub async fn drive(&self, worker: &mut Worker) {
        let before = self.kept.begin(&[]).await;
        for _ in 0..PASSES {
            if worker.run_once().await.unwrap().is_idle() {
                self.kept.end(before).await;
                return self.sums_agree().await;
            }
        }
        panic!("the worker does not come to rest");
    }

    pub async fn runs(&self) -> Vec<run::Model> {
        let runs = run::Entity::find().order_by_asc(run::Column::Id);
        runs.all(self.app.database.read()).await.unwrap()
    }

    pub async fn deliveries(&self) -> Vec<delivery::Model> {
        let deliveries = delivery::Entity::find().order_by_asc(delivery::Column::Id);
        deliveries.all(self.app.database.read()).await.unwrap()
    }

    /// The states of all deliveries, in the order in which they were planned.
    pub async fn states(&self) -> Vec<State> {
        self.deliveries()
            .await
            .iter()
            .map(|delivery| delivery.state)
            .collect()
    }

    pub async fn attempts(&self) -> Vec<attempt::Model> {
        let attempts = attempt::Entity::find().order_by_asc(attempt::Column::Id);
        attempts.all(self.app.database.read()).await.unwrap()
    }

    /// A worker's hand: it claims at most ten deliveries of a run.
    pub async fn claims(&self, worker_id: i64, run_id: i64) -> Claim {
        let wanted = Wanted {
            claim_id: new_id().unwrap(),
            run_id,
            limit: 10,
            after: None,
        };
        let mut deltas = Deltas::default();
        let tx = self.app.database.write().await.unwrap();
        let claimed = claim(&tx, worker_id, wanted, &mut deltas, self.app.clock.now());
        let held = claimed.await.unwrap().unwrap();
        deltas.write(&tx, worker_id).await.unwrap();
        tx.commit().await.unwrap();
        held
    }

    /// The same hand begins what it holds, through this delivery.
    pub async fn begins(&self, worker_id: i64, held: &mut Claim, through: i64) -> Begun {
        let mut deltas = Deltas::default();
        let now = self.app.clock.now();
        let tx = self.app.database.write().await.unwrap();
        let rules = rules::current(&tx).await.unwrap();
        let begun = begin(&tx, worker_id, rules, held, through, &mut deltas, now)
            .await
            .unwrap();
        deltas.write(&tx, worker_id).await.unwrap();
        tx.commit().await.unwrap();
        begun
    }

    /// How many letters are begun without a recorded outcome, at one instant: in one statement.
    pub async fn begun(&self) -> i64 {
        let sql = "SELECT COUNT(*) AS begun FROM deliveries \
            JOIN claims ON claims.id = deliveries.claim_id \
            WHERE deliveries.state = 1 AND deliveries.id <= claims.begun_through";
        let db = self.app.database.read();
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let counted = db.query_one_raw(statement).await.unwrap().unwrap();
        counted.try_get("", "begun").unwrap()
    }

    /// The counters are what a recount gives, and every planned run has one delivery for each of its audience.
    pub async fn sums_agree(&self) {
        let db = self.app.database.read();
        let mut counted: BTreeMap<(i64, State), i64> = BTreeMap::new();
        for count in run_count::Entity::find().all(db).await.unwrap() {
            *counted.entry((count.run_id, count.state)).or_default() += count.count;
        }
        counted.retain(|_, count| *count != 0);
        let mut recounted: BTreeMap<(i64, State), i64> = BTreeMap::new();
        let deliveries = self.deliveries().await;
        // Of what was pruned the counters are all that is left.
        let pruned: BTreeSet<i64> = self.pruned_runs().await;
        counted.retain(|(run_id, _), _| !pruned.contains(run_id));
        for delivery in &deliveries {
            if pruned.contains(&delivery.run_id) {
                continue;
            }
            *recounted
                .entry((delivery.run_id, delivery.state))
                .or_default() += 1;
        }
        assert_eq!(counted, recounted);
        for run in self.runs().await {
            let has = deliveries
                .iter()
                .filter(|delivery| delivery.run_id == run.id)
                .count() as i64;
            if let Some(audience) = run.audience.filter(|_| run.pruned_at.is_none()) {
                assert_eq!(audience, has, "run {}", run.id);
            }
        }
        self.attempt_sums_agree().await;
        self.statistics_agree().await;
    }

    async fn pruned_runs(&self) -> BTreeSet<i64> {
        let runs = self.runs().await.into_iter();
        runs.filter(|run| run.pruned_at.is_some())
            .map(|run| run.id)
            .collect()
    }

    /// The counters by run and hour are what a recount of the log gives.
    async fn attempt_sums_agree(&self) {
        let db = self.app.database.read();
        let pruned = self.pruned_runs().await;
        let mut counted: BTreeMap<_, (i64, i64)> = BTreeMap::new();
        for row in attempt_count::Entity::find().all(db).await.unwrap() {
            if pruned.contains(&row.run_id) {
                continue;
            }
            let key = (row.run_id, row.hour, row.outcome, row.class, row.server);
            let sums = counted.entry(key).or_default();
            *sums = (sums.0 + row.count, sums.1 + row.letters);
        }
        let mut recounted: BTreeMap<_, (i64, i64)> = BTreeMap::new();
        let mut accepted = BTreeSet::new();
        for row in self.attempts().await {
            if pruned.contains(&row.run_id) {
                continue;
            }
            let class = row
                .class
                .map_or(attempt_count::NO_CLASS, |class| class as i16);
            let server = row.server.unwrap_or_default();
            let key = (row.run_id, hour_of(row.at), row.outcome, class, server);
            let is_first =
                row.outcome == OutcomeNumber::Succeeded && accepted.insert(row.delivery_id);
            let sums = recounted.entry(key).or_default();
            *sums = (sums.0 + 1, sums.1 + i64::from(is_first));
        }
        assert_eq!(counted, recounted);
    }
}
