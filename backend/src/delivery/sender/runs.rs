//! The runs that letters are made for, each prepared once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::EntityTrait;

use super::super::entity::run;
use super::super::ledger::record::{RunFacts, Tried};
use super::letters::RunLetters;
use crate::app::App;
use crate::problem::ApiError;

/// What is known of a run is read again after so long: somebody may ask for its failures meanwhile.
const KNOWN_FOR: Duration = Duration::from_secs(5);
/// More than so many are not remembered beyond their use.
const KEPT: usize = 100;

#[derive(Debug, Default)]
pub struct Runs {
    prepared: HashMap<i64, Arc<RunLetters>>,
    /// Since when, on the monotonic clock.
    prepared_since: Duration,
    /// Runs that cannot be made into letters; the log says why.
    broken: HashSet<i64>,
}

impl Runs {
    pub fn clear(&mut self) {
        self.prepared.clear();
    }

    pub fn is_broken(&self, run_id: i64) -> bool {
        self.broken.contains(&run_id)
    }

    /// Prepares a run's letters. One that cannot be made into letters must not hold the others up.
    pub async fn prepare(
        &mut self,
        app: &App,
        run_id: i64,
    ) -> Result<Option<Arc<RunLetters>>, ApiError> {
        let now = app.clock.monotonic();
        if now.saturating_sub(self.prepared_since) >= KNOWN_FOR {
            self.clear();
            self.prepared_since = now;
        }
        if let Some(letters) = self.prepared.get(&run_id) {
            return Ok(Some(letters.clone()));
        }
        if self.prepared.len() >= KEPT {
            // Whatever is in flight holds its run itself.
            self.prepared
                .retain(|_, letters| Arc::strong_count(letters) > 1);
        }
        match RunLetters::new(app, find(app, run_id).await?) {
            Ok(letters) => {
                let letters = Arc::new(letters);
                self.prepared.insert(run_id, letters.clone());
                Ok(Some(letters))
            }
            Err(error) => {
                tracing::error!(run = run_id, %error, "a run cannot be made into letters; it stays in the queue");
                self.broken.insert(run_id);
                Ok(None)
            }
        }
    }

    /// What decides about these outcomes.
    pub async fn facts(
        &self,
        app: &App,
        group: &[Tried],
    ) -> Result<HashMap<i64, RunFacts>, ApiError> {
        let mut facts = HashMap::new();
        for run_id in group.iter().map(|tried| tried.delivery.run_id) {
            if facts.contains_key(&run_id) {
                continue;
            }
            let known = match self.prepared.get(&run_id) {
                Some(letters) => letters.facts,
                None => RunFacts::of(&find(app, run_id).await?),
            };
            facts.insert(run_id, known);
        }
        Ok(facts)
    }
}

async fn find(app: &App, run_id: i64) -> Result<run::Model, ApiError> {
    let run = run::Entity::find_by_id(run_id)
        .one(app.database.read())
        .await?;
    run.ok_or_else(|| ApiError::ours(format!("run {run_id} has deliveries but no row")))
}
