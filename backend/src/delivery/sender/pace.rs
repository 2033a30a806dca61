//! How fast a lane is, and how much it may therefore have ahead of it.
//!
//! What is claimed or begun stands in front of everything that comes later. So it is never more than the lane sends
//! in a quarter of a second, but always something for each of its connections. A lane that has not been measured
//! yet begins with little.

use std::time::Duration;

/// Seconds of sending that may be claimed, and again as many that may be begun.
const AHEAD: f64 = 0.25;
/// So long is counted before a rate is believed.
const LOOK: Duration = Duration::from_millis(50);

#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    since: Duration,
    counted: usize,
    /// Letters a second.
    rate: Option<f64>,
}

impl Pace {
    /// Begins to count after a time in which there was nothing to send.
    pub fn wake(&mut self, now: Duration) {
        (self.since, self.counted) = (now, 0);
    }

    /// So many letters have been answered.
    pub fn count(&mut self, answered: usize, connections: usize, now: Duration) {
        self.counted += answered;
        let elapsed = now.saturating_sub(self.since);
        if self.counted < connections && (self.counted == 0 || elapsed < LOOK) {
            return;
        }
        // No time at all makes it infinite, which is fast enough.
        let measured = self.counted as f64 / elapsed.as_secs_f64();
        let rate = self.rate.map_or(measured, |rate| {
            // It slows down gently, and goes on at once.
            if measured > rate {
                measured
            } else {
                0.75 * rate + 0.25 * measured
            }
        });
        self.rate = Some(if rate.is_finite() { rate } else { f64::MAX });
        self.wake(now);
    }

    /// How many letters may be ahead; `most` is the limit in any case.
    pub fn ahead(&self, connections: usize, most: usize) -> usize {
        let fits = match self.rate {
            Some(rate) => (rate * AHEAD) as usize,
            None => connections * 2,
        };
        fits.max(connections).min(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_slow_lane_has_little_ahead_and_a_fast_one_all_it_may() {
        let mut slow = Pace::default();
        assert_eq!(slow.ahead(10, 256), 20);
        for second in 1..20 {
            slow.count(50, 10, ms(1_000 * second));
        }
        assert_eq!(slow.ahead(10, 256), 12);
        assert_eq!(slow.ahead(20, 256), 20, "one for each connection");
        let mut fast = Pace::default();
        fast.count(64, 10, ms(5));
        assert_eq!(fast.ahead(10, 256), 256);
    }

    #[test]
    fn a_clock_that_stands_still_means_no_limit() {
        let mut pace = Pace::default();
        pace.count(10, 10, ms(0));
        pace.count(3, 10, ms(0));
        assert_eq!(pace.ahead(10, 256), 256);
    }

    #[test]
    fn time_without_letters_is_not_counted() {
        let mut pace = Pace::default();
        pace.count(100, 10, ms(10));
        pace.wake(ms(60_000));
        pace.count(100, 10, ms(60_010));
        assert_eq!(pace.ahead(10, 5_000), 2_500);
    }
}
