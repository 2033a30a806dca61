//! How fast letters are settled, told from counts between looks.

use std::collections::VecDeque;
use std::time::Duration;

/// Looks older than this say nothing about the speed now.
const WINDOW: Duration = Duration::from_secs(6);
/// What would take longer is not told: nobody can know.
const LONGEST: f64 = 7.0 * 24.0 * 3600.0;

/// The looks of the last seconds: when, and how many letters were settled by then.
#[derive(Clone, Debug, Default)]
pub struct Rate(VecDeque<(Duration, u64)>);

impl Rate {
    /// Takes note of a look.
    pub fn note(&mut self, at: Duration, settled: u64) {
        // Letters that are sent again were settled and are not any more: the speed is told anew.
        if self.0.back().is_some_and(|(_, before)| settled < *before) {
            self.0.clear();
        }
        self.0.push_back((at, settled));
        // One look from before the window stays, so that there is always something to compare with.
        while self.0.get(1).is_some_and(|(then, _)| *then + WINDOW <= at) {
            self.0.pop_front();
        }
    }

    pub fn letters_per_second(&self) -> Option<f64> {
        let ((from, before), (to, after)) = (self.0.front()?, self.0.back()?);
        let seconds = to.saturating_sub(*from).as_secs_f64();
        (seconds > 0.0).then(|| (after - before) as f64 / seconds)
    }

    /// How long so many more take at this speed.
    pub fn seconds_left(&self, letters: u64) -> Option<u64> {
        let speed = self.letters_per_second().filter(|speed| *speed > 0.0)?;
        let seconds = (letters as f64 / speed).ceil();
        (seconds <= LONGEST).then_some(seconds as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(looks: &[(u64, u64)]) -> Rate {
        let mut rate = Rate::default();
        for (second, settled) in looks {
            rate.note(Duration::from_secs(*second), *settled);
        }
        rate
    }

    #[test]
    fn one_look_tells_no_speed() {
        assert_eq!(Rate::default().letters_per_second(), None);
        assert_eq!(noted(&[(0, 500)]).letters_per_second(), None);
        assert_eq!(noted(&[(0, 500)]).seconds_left(10), None);
        // Two looks at one instant do neither.
        assert_eq!(noted(&[(3, 0), (3, 500)]).letters_per_second(), None);
    }

    #[test]
    fn the_speed_is_what_was_settled_between_the_looks() {
        let rate = noted(&[(0, 100), (1, 300), (2, 700)]);
        assert_eq!(rate.letters_per_second(), Some(300.0));
        assert_eq!(rate.seconds_left(301), Some(2));
        assert_eq!(rate.seconds_left(0), Some(0));
    }

    #[test]
    fn what_was_long_ago_is_forgotten() {
        let looks: Vec<(u64, u64)> = (0..=20)
            .map(|second| (second, second.min(10) * 50))
            .collect();
        assert_eq!(noted(&looks[..=10]).letters_per_second(), Some(50.0));
        assert_eq!(noted(&looks).letters_per_second(), Some(0.0));
        assert_eq!(noted(&looks).seconds_left(10), None);
        assert!(noted(&looks).0.len() <= 8);
    }

    #[test]
    fn a_look_after_a_pause_is_compared_with_the_one_before_it() {
        assert_eq!(noted(&[(0, 0), (60, 600)]).letters_per_second(), Some(10.0));
    }

    #[test]
    fn letters_that_are_sent_again_begin_a_new_measurement() {
        let rate = noted(&[(0, 100), (1, 200), (2, 150), (3, 160)]);
        assert_eq!(rate.letters_per_second(), Some(10.0));
    }

    #[test]
    fn what_takes_weeks_is_not_foretold() {
        assert_eq!(noted(&[(0, 0), (5, 1)]).seconds_left(1_000_000), None);
    }
}
