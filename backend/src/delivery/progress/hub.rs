//! The runs that are watched in this process: one look a second serves all who watch the same run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use contract::delivery::Counts;
use contract::delivery::progress::Progress;
use tokio_util::sync::CancellationToken;

use super::rate::Rate;
use super::state;
use crate::app::App;
use crate::problem::ApiError;

/// How often a run is looked at, at most.
pub const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Cheap to clone; hangs on the [`App`].
#[derive(Clone, Debug, Default)]
pub struct Hub {
    /// Kept alive by those who watch.
    watches: Arc<Mutex<HashMap<i64, Weak<Watch>>>>,
    closing: CancellationToken,
}

/// One run and what was seen of it last.
#[derive(Debug)]
pub struct Watch {
    run_id: i64,
    seen: tokio::sync::Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    looked_at: Option<Duration>,
    rate: Rate,
    last: Option<Progress>,
}

impl Hub {
    /// Joins those who watch this run.
    pub fn watch(&self, run_id: i64) -> Arc<Watch> {
        let mut watches = self.watches.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(watch) = watches.get(&run_id).and_then(Weak::upgrade) {
            return watch;
        }
        watches.retain(|_, watch| watch.strong_count() > 0);
        let watch = Arc::new(Watch {
            run_id,
            seen: tokio::sync::Mutex::default(),
        });
        watches.insert(run_id, Arc::downgrade(&watch));
        watch
    }

    /// Shows everybody out: the process stops.
    pub fn close(&self) {
        self.closing.cancel();
    }

    /// Ends when everybody is shown out.
    pub async fn closed(&self) {
        self.closing.cancelled().await;
    }
}

impl Watch {
    /// Where the run stands. None when it or its mailing is gone.
    pub async fn look(&self, app: &App) -> Result<Option<Progress>, ApiError> {
        // Who comes while another one looks waits for what that one sees.
        let mut seen = self.seen.lock().await;
        let now = app.clock.monotonic();
        if seen.looked_at.is_some_and(|at| now < at + LOOK_EVERY) {
            return Ok(seen.last.clone());
        }
        let found = state::look(app, self.run_id).await?;
        seen.looked_at = Some(now);
        seen.last = found.map(|progress| {
            seen.rate.note(now, settled(&progress.counts));
            with_speed(progress, &seen.rate)
        });
        Ok(seen.last.clone())
    }
}

/// Letters that were tried and will not be again, unless somebody wants it.
fn settled(counts: &Counts) -> u64 {
    counts.sent + counts.failed + counts.unknown
}

fn with_speed(progress: Progress, rate: &Rate) -> Progress {
    if progress.is_last() {
        return progress;
    }
    let left = progress.counts.queued + progress.counts.sending;
    let is_whole = progress.audience.is_some() && progress.held_because.is_none();
    Progress {
        letters_per_second: rate.letters_per_second(),
        seconds_left: rate.seconds_left(left).filter(|_| is_whole),
        ..progress
    }
}
