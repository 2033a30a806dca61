//! Planning: mailings that are due get their run, runs get their deliveries, windows end, mailings complete.
//!
//! A pass looks for what is to do and does a bounded part of it in short transactions, so that neither the API nor
//! the sender waits for it. It can be stopped anywhere: the run and its place are in the database, and the unique
//! key on (run, recipient) makes each step repeatable.

mod deliveries;
mod due;
mod ending;
mod pace;
mod pruning;
mod send_again;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use self::deliveries::OpenRun;
use self::pace::Pace;
use super::entity::run::RunStateWord;
use super::ledger::counts;
use super::presence::Presence;
use crate::app::App;
use crate::problem::ApiError;

/// Steps of one pass, shared by its runs, so that a small one need not wait until a large one is written down. Each
/// has one at least; the next pass goes on.
const STEPS_IN_PASS: u64 = 40;

/// What a pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    pub runs_started: u64,
    pub deliveries_planned: u64,
    pub deliveries_queued_again: u64,
    pub deliveries_skipped: u64,
    pub runs_finished: u64,
    pub mailings_completed: u64,
    /// Rows of old runs that were deleted.
    pub rows_pruned: u64,
}

impl Planned {
    fn add(&mut self, other: Self) {
        let Self {
            runs_started,
            deliveries_planned,
            deliveries_queued_again,
            deliveries_skipped,
            runs_finished,
            mailings_completed,
            rows_pruned,
        } = other;
        self.runs_started += runs_started;
        self.deliveries_planned += deliveries_planned;
        self.deliveries_queued_again += deliveries_queued_again;
        self.deliveries_skipped += deliveries_skipped;
        self.runs_finished += runs_finished;
        self.mailings_completed += mailings_completed;
        self.rows_pruned += rows_pruned;
    }

    pub fn is_idle(&self) -> bool {
        *self == Self::default()
    }
}

/// Plans on behalf of one worker.
#[derive(Clone, Debug)]
pub struct Planner {
    app: App,
    presence: Arc<Presence>,
    mail_from: Arc<str>,
    plan_pace: Arc<Pace>,
    close_pace: Arc<Pace>,
    prune_pace: Arc<Pace>,
}

impl Planner {
    pub fn new(app: App, presence: Arc<Presence>) -> Self {
        let mail_from = app.config.mail.from.to_string().into();
        let step = app.config.delivery.plan_step;
        Self {
            app,
            presence,
            mail_from,
            plan_pace: Arc::new(Pace::up_to(step)),
            close_pace: Arc::new(Pace::up_to(step)),
            prune_pace: Arc::new(Pace::up_to(pruning::ROWS_IN_STEP)),
        }
    }

    /// One pass.
    pub async fn pass(&self) -> Result<Planned, ApiError> {
        let now = self.app.clock.now();
        let mut planned = Planned::default();
        // Windows end before anything starts: nothing starts after its end.
        planned.mailings_completed += self.end_windows(now).await?;
        self.end_runs(now).await?;
        planned.runs_started += self.start_due(now).await?;
        let runs = self.open_runs().await?;
        let waiting = runs.iter().filter(|run| run.wants_steps()).count() as u64;
        let steps = Ord::max(STEPS_IN_PASS / Ord::max(waiting, 1), 1);
        let is_sending = !runs.is_empty();
        for run in self.with_something_to_do(runs).await? {
            planned.add(self.carry_on_for(run.id, steps, now).await?);
        }
        planned.mailings_completed += self.complete(now).await?;
        planned.rows_pruned += self.prune(is_sending, now).await?;
        Ok(planned)
    }

    /// Those that are written down, closed or sent again, and those of which nothing is left. Of the others the sender takes care;
    /// they are told apart by their counters, all at once.
    async fn with_something_to_do(&self, mut runs: Vec<OpenRun>) -> Result<Vec<OpenRun>, ApiError> {
        let ids: Vec<i64> = runs.iter().map(|run| run.id).collect();
        let counts = counts::of_runs(self.app.database.read(), &ids).await?;
        runs.retain(|run| {
            let counts = counts.get(&run.id).copied().unwrap_or_default();
            let is_settled = counts.queued + counts.sending == 0;
            run.wants_steps() || run.state == RunStateWord::Sending && is_settled
        });
        Ok(runs)
    }

    /// Carries one run on, and nothing else.
    pub async fn carry_on(&self, run_id: i64) -> Result<Planned, ApiError> {
        self.carry_on_for(run_id, STEPS_IN_PASS, self.app.clock.now())
            .await
    }

    async fn carry_on_for(
        &self,
        run_id: i64,
        mut steps: u64,
        now: DateTime<Utc>,
    ) -> Result<Planned, ApiError> {
        Ok(Planned {
            deliveries_planned: self.plan_deliveries(run_id, &mut steps).await?,
            deliveries_queued_again: self.send_again(run_id, &mut steps, now).await?,
            deliveries_skipped: self.close(run_id, &mut steps, now).await?,
            runs_finished: self.finish(run_id, now).await?,
            ..Planned::default()
        })
    }
}
