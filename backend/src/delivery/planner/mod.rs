//! Planning: mailings that are due get their run, runs get their deliveries, windows end, mailings complete.
//!
//! A pass looks for what is to do and does a bounded part of it in short transactions, so that neither the API nor
//! the sender waits for it. It can be stopped anywhere: the run and its place are in the database, and the unique
//! key on (run, recipient) makes each step repeatable.

mod deliveries;
mod due;
mod ending;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::presence::Presence;
use crate::app::App;
use crate::problem::ApiError;

/// Steps of one pass over all runs; the next pass goes on.
const STEPS_IN_PASS: u64 = 40;

/// What a pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    pub runs_started: u64,
    pub deliveries_planned: u64,
    pub deliveries_skipped: u64,
    pub runs_finished: u64,
    pub mailings_completed: u64,
}

impl Planned {
    fn add(&mut self, other: Self) {
        let Self {
            runs_started,
            deliveries_planned,
            deliveries_skipped,
            runs_finished,
            mailings_completed,
        } = other;
        self.runs_started += runs_started;
        self.deliveries_planned += deliveries_planned;
        self.deliveries_skipped += deliveries_skipped;
        self.runs_finished += runs_finished;
        self.mailings_completed += mailings_completed;
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
}

impl Planner {
    pub fn new(app: App, presence: Arc<Presence>) -> Self {
        let mail_from = app.config.mail.from.to_string().into();
        Self {
            app,
            presence,
            mail_from,
        }
    }

    /// One pass.
    pub async fn pass(&self) -> Result<Planned, ApiError> {
        let now = self.app.clock.now();
        let mut planned = Planned::default();
        // Windows end before anything starts: nothing starts after its end.
        planned.mailings_completed += self.end_windows(now).await?;
        planned.runs_started += self.start_due(now).await?;
        let mut steps = STEPS_IN_PASS;
        for run_id in self.open_runs().await? {
            planned.add(self.carry_on_for(run_id, &mut steps, now).await?);
        }
        planned.mailings_completed += self.complete(now).await?;
        Ok(planned)
    }

    /// Carries one run on, and nothing else.
    pub async fn carry_on(&self, run_id: i64) -> Result<Planned, ApiError> {
        self.carry_on_for(run_id, &mut STEPS_IN_PASS.clone(), self.app.clock.now())
            .await
    }

    async fn carry_on_for(
        &self,
        run_id: i64,
        steps: &mut u64,
        now: DateTime<Utc>,
    ) -> Result<Planned, ApiError> {
        Ok(Planned {
            deliveries_planned: self.plan_deliveries(run_id, steps).await?,
            deliveries_skipped: self.close(run_id, steps, now).await?,
            runs_finished: self.finish(run_id, now).await?,
            ..Planned::default()
        })
    }
}
