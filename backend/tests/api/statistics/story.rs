//! Mailings of two people with all kinds of outcomes, and their ledger counted letter by letter and try by try.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::accounts::users::LetterCounts;
use contract::statistics::{Figures, Statistics};
use golub::delivery::entity::attempt::{self, OutcomeNumber};
use golub::delivery::entity::delivery::{self, State};
use golub::delivery::entity::run;
use serde_json::json;

use crate::support::smtp_server::{Act, SmtpServer, Step};
use crate::support::{Client, TestApp};

pub const HOUR: Duration = Duration::from_secs(3_600);

/// Two people's mailings over three days, with letters that were sent, refused, put off, lost and skipped.
pub struct Story {
    pub app: TestApp,
    pub anna: Client,
    pub boris: Client,
    pub manager: Client,
    pub shared: i64,
    pub hers: i64,
    pub his: i64,
    pub mixed: i64,
}

pub async fn story() -> Story {
    let server = SmtpServer::start().await;
    server.refuses("gone@example.org", "550 5.1.1 No such user");
    server.refuses("later@example.org", "450 4.7.1 Greylisted");
    let app = TestApp::sending_to(&server).await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let manager = app.manager("mona").await;
    for name in ["maria", "gone", "later"] {
        anna.recipient(name).await;
    }
    for name in ["mark", "later"] {
        boris.recipient(name).await;
    }
    let shared = app.shared_message(&anna, "Shared").await;
    let hers = anna.mailing(shared, json!({"title": "Hers"})).await.id;
    let his = boris.mailing(shared, json!({"title": "His"})).await.id;
    // The first day at 09:00 in Moscow, then a retry; then the next day, which supersedes what is left.
    app.at("2030-05-02T06:00:00Z");
    app.run_worker().await;
    app.pass(HOUR);
    app.run_worker().await;
    app.at("2030-05-03T06:00:00Z");
    app.run_worker().await;
    // Some answers are lost, and the letters held.
    server.recovers();
    let own = app.message(&anna, "Own").await;
    let change =
        json!({"title": "Mixed", "on_unknown": "hold", "starts_at": "2030-06-01T06:00:00Z"});
    let mixed = anna.mailing(own, change).await.id;
    server.once(Step::Letter, Act::Close);
    anna.act(&format!("mailings/{mixed}/send")).await.value();
    app.run_worker().await;
    app.pass(HOUR * 12);
    app.run_worker().await;
    for (person, mailing) in [(&anna, hers), (&boris, his)] {
        let stop = json!({"reason": "Enough"});
        let stopped = person.post(&format!("mailings/{mailing}/stop"), stop).await;
        stopped.value();
    }
    app.run_worker().await;
    Story {
        app,
        anna,
        boris,
        manager,
        shared,
        hers,
        his,
        mixed,
    }
}

/// The ledger as it is.
pub struct Ledger {
    pub runs: BTreeMap<i64, run::Model>,
    pub deliveries: Vec<delivery::Model>,
    pub attempts: Vec<attempt::Model>,
}

impl Ledger {
    pub async fn of(app: &TestApp) -> Self {
        let runs = app.runs().await.into_iter();
        Self {
            runs: runs.map(|run| (run.id, run)).collect(),
            deliveries: app.deliveries().await,
            attempts: app.attempts().await,
        }
    }

    /// Counts letter by letter and try by try, those of some runs in some time.
    pub fn count(
        &self,
        of: impl Fn(&run::Model) -> bool,
        within: impl Fn(DateTime<Utc>) -> bool,
    ) -> Figures {
        let mut letters = LetterCounts::default();
        for delivery in &self.deliveries {
            let run = &self.runs[&delivery.run_id];
            if of(run) && within(run.started_at) {
                *match delivery.state {
                    State::Queued | State::Sending => &mut letters.queued,
                    State::Sent => &mut letters.sent,
                    State::Failed => &mut letters.failed,
                    State::Skipped => &mut letters.skipped,
                    State::Unknown => &mut letters.unknown,
                } += 1;
            }
        }
        let ended = |outcome: OutcomeNumber| {
            let attempts = self.attempts.iter().filter(|attempt| {
                of(&self.runs[&attempt.run_id]) && within(attempt.at) && attempt.outcome == outcome
            });
            attempts.collect::<Vec<_>>()
        };
        let succeeded = ended(OutcomeNumber::Succeeded);
        let firsts = succeeded.iter().filter(|attempt| {
            !self.attempts.iter().any(|earlier| {
                earlier.delivery_id == attempt.delivery_id
                    && earlier.outcome == OutcomeNumber::Succeeded
                    && earlier.number < attempt.number
            })
        });
        let (accepted, succeeded) = (firsts.count() as u64, succeeded.len() as u64);
        let failed = ended(OutcomeNumber::Failed).len() as u64;
        let unknown = ended(OutcomeNumber::Unknown).len() as u64;
        let attempts = succeeded + failed + unknown;
        Figures {
            letters,
            attempts,
            succeeded,
            failed,
            unknown,
            success_rate: (attempts > 0).then(|| rate(succeeded, attempts)),
            accepted,
        }
    }
}

pub async fn totals(person: &Client, query: &str) -> Statistics {
    person.get(&format!("statistics?{query}")).await.json()
}

/// To four places.
fn rate(succeeded: u64, attempts: u64) -> f64 {
    (succeeded as f64 / attempts as f64 * 10_000.0).round() / 10_000.0
}
