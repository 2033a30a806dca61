//! How many rows a step writes: as many as fit well into the time that a write may take.
//!
//! On SQLite everybody else's writes wait meanwhile, so that a step should end within 20 ms; much smaller ones would
//! spend their time on commits. How many rows that is depends on the machine, and on what else it is doing.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// To begin with.
const FIRST: u64 = 500;
/// A step may be this small: that many rows take some milliseconds, the rest would be what any commit costs.
const SMALLEST: u64 = 250;
/// Quicker than this, and the next one may be larger.
const QUICK: Duration = Duration::from_millis(6);
/// Slower than this, and the next one is smaller.
const SLOW: Duration = Duration::from_millis(12);

#[derive(Debug)]
pub(super) struct Pace {
    rows: AtomicU64,
    /// Never more than this.
    limit: u64,
}

impl Pace {
    pub(super) fn up_to(limit: u64) -> Self {
        let limit = Ord::max(limit, 1);
        Self {
            rows: AtomicU64::new(Ord::min(FIRST, limit)),
            limit,
        }
    }

    /// How many rows the next step may write.
    pub(super) fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// A whole step took so long, from when its transaction had begun until it was committed.
    pub(super) fn took(&self, took: Duration) {
        let rows = self.rows();
        let next = if took < QUICK {
            rows.saturating_mul(2)
        } else if took > SLOW {
            rows / 2
        } else {
            rows
        };
        let next = Ord::min(Ord::max(next, SMALLEST), self.limit);
        self.rows.store(next, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_grow_while_they_are_quick_and_shrink_when_they_are_slow() {
        let pace = Pace::up_to(1_500);
        let after = |milliseconds| {
            pace.took(Duration::from_millis(milliseconds));
            pace.rows()
        };
        assert_eq!([after(2), after(3), after(5)], [1_000, 1_500, 1_500]);
        assert_eq!([after(9), after(14), after(30)], [1_500, 750, 375]);
        assert_eq!([after(90), after(90), after(90)], [250, 250, 250]);
        let small = Pace::up_to(3);
        small.took(Duration::from_secs(1));
        assert_eq!(small.rows(), 3);
    }
}
