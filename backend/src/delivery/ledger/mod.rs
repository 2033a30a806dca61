//! The ledger's writes: every change of a delivery's state happens in this folder, together with its counters.
//!
//! A worker *claims* deliveries of one run: they become `sending`, and one row says who holds them. It *begins*
//! them in ascending id by moving that row's watermark, in one conditional update: only a begun letter may get its
//! final dot. It *records* outcomes in groups: the attempt is added, the delivery moves on, the counters with it.
//! When a worker is found dead its claims are *taken over*: first they are marked, from which moment it can begin
//! nothing more; then what was begun becomes `unknown`, for it may have left, and the rest goes back to the queue.

pub mod attempt_counts;
pub mod attempts;
pub mod begin;
pub mod claim;
pub mod counts;
pub mod record;
pub mod skip;
pub mod takeover;

use sea_orm::{DatabaseBackend, Value};

/// Values for a statement, each leaving its placeholder behind.
#[derive(Debug)]
struct Binds {
    backend: DatabaseBackend,
    values: Vec<Value>,
}

impl Binds {
    fn new(backend: DatabaseBackend) -> Self {
        Self {
            backend,
            values: Vec::new(),
        }
    }

    fn add(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// A placeholder with its type: inside VALUES PostgreSQL cannot guess it, and SQLite would misread it.
    fn add_as(&mut self, postgres_type: &str, value: impl Into<Value>) -> String {
        let placeholder = self.add(value);
        if self.backend == DatabaseBackend::Postgres {
            format!("{placeholder}::{postgres_type}")
        } else {
            placeholder
        }
    }
}
