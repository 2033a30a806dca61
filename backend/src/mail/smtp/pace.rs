//! How much a mail server is trusted with at once.
//!
//! Answers are matched to commands by their position alone, so that a server that loses its place is asked less at
//! once: after two such failures no envelope travels ahead of its turn any more, after two more each command waits
//! for the answer before. A day after the last failure all is as in the beginning. Kept in memory: a process that
//! starts anew learns it anew, which costs a few letters a second try.

use std::time::Duration;

/// Failures that cost one step.
const PATIENCE: u32 = 2;
/// So long a lowered server stays lowered.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// From the slowest to the fastest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pace {
    /// Each command waits for the answer before.
    Lockstep,
    /// MAIL, RCPT and DATA of one letter leave together.
    Letter,
    /// The next letter's envelope leaves with this letter's body.
    Ahead,
}

/// What a server has shown of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Record {
    stumbles: u32,
    /// When it stumbled last, on the monotonic clock.
    last: Option<Duration>,
}

impl Record {
    pub fn pace(&self, now: Duration) -> Pace {
        let remembered = self
            .last
            .is_some_and(|last| now.saturating_sub(last) < A_DAY);
        match self.stumbles / PATIENCE {
            _ if !remembered => Pace::Ahead,
            0 => Pace::Ahead,
            1 => Pace::Letter,
            _ => Pace::Lockstep,
        }
    }

    /// The server lost its place. True if it is now asked less than before.
    pub fn stumbled(&mut self, now: Duration) -> bool {
        let before = self.pace(now);
        if self
            .last
            .is_some_and(|last| now.saturating_sub(last) >= A_DAY)
        {
            self.stumbles = 0;
        }
        self.stumbles = self.stumbles.saturating_add(1);
        self.last = Some(now);
        self.pace(now) < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn two_failures_cost_a_step_and_two_more_another() {
        let mut record = Record::default();
        assert_eq!(record.pace(MINUTE), Pace::Ahead);
        assert!(!record.stumbled(MINUTE));
        assert_eq!(record.pace(MINUTE), Pace::Ahead);
        assert!(record.stumbled(MINUTE));
        assert_eq!(record.pace(MINUTE), Pace::Letter);
        assert!(!record.stumbled(MINUTE));
        assert!(record.stumbled(MINUTE));
        assert_eq!(record.pace(MINUTE), Pace::Lockstep);
        assert!(!record.stumbled(MINUTE), "there is nothing below");
    }

    #[test]
    fn a_day_later_it_is_forgotten() {
        let mut record = Record::default();
        record.stumbled(MINUTE);
        record.stumbled(2 * MINUTE);
        assert_eq!(record.pace(A_DAY + MINUTE), Pace::Letter);
        assert_eq!(record.pace(A_DAY + 2 * MINUTE), Pace::Ahead);
        assert!(!record.stumbled(A_DAY + 2 * MINUTE), "the first one again");
        assert_eq!(record.pace(A_DAY + 2 * MINUTE), Pace::Ahead);
    }
}
