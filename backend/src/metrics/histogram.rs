//! How long something took, in a few steps.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper ends of the steps, in milliseconds: from a server on the same machine to one that thinks long.
pub const STEPS: [u64; 10] = [1, 5, 20, 50, 100, 500, 1_000, 5_000, 30_000, 120_000];

#[derive(Debug, Default)]
pub struct Histogram {
    /// Each counts what fell into its own step; the last one what was longer than all.
    steps: [AtomicU64; STEPS.len() + 1],
    micros: AtomicU64,
}

/// A histogram as it was at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// For each step, what took no longer than it.
    pub up_to: [u64; STEPS.len()],
    pub count: u64,
    pub seconds: f64,
}

impl Histogram {
    pub fn add(&self, took: Duration) {
        let place = STEPS.partition_point(|end| Duration::from_millis(*end) < took);
        if let Some(step) = self.steps.get(place) {
            step.fetch_add(1, Ordering::Relaxed);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    pub fn snapshot(&self) -> Snapshot {
        let mut count = 0;
        let mut up_to = [0; STEPS.len()];
        for (place, step) in self.steps.iter().enumerate() {
            count += step.load(Ordering::Relaxed);
            if let Some(sum) = up_to.get_mut(place) {
                *sum = count;
            }
        }
        Snapshot {
            up_to,
            count,
            seconds: self.micros.load(Ordering::Relaxed) as f64 / 1e6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_holds_what_took_no_longer() {
        let histogram = Histogram::default();
        for millis in [0, 1, 2, 50, 51, 600_000] {
            histogram.add(Duration::from_millis(millis));
        }
        let Snapshot {
            up_to,
            count,
            seconds,
        } = histogram.snapshot();
        assert_eq!(up_to, [2, 3, 3, 4, 5, 5, 5, 5, 5, 5]);
        assert_eq!(count, 6);
        assert!((seconds - 600.104).abs() < 1e-9);
    }
}
