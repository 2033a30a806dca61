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
        self.carry_runs_on(&mut planned, now).await?;
        planned.mailings_completed += self.complete(now).await?;
        Ok(planned)
    }

    async fn carry_runs_on(
        &self,
        planned: &mut Planned,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        let mut steps = STEPS_IN_PASS;
        for run_id in self.open_runs().await? {
            planned.deliveries_planned += self.plan_deliveries(run_id, &mut steps).await?;
            planned.deliveries_skipped += self.close(run_id, &mut steps, now).await?;
            planned.runs_finished += self.finish(run_id, now).await?;
        }
        Ok(())
    }
}
