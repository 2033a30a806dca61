//! Which letters of a run somebody asks to send again: kinds of failure, and those that may have arrived. Pure; kept
//! with the run as a number with a bit for each, so that a second wish can join the first.

use contract::delivery::FailureClass;

use super::entity::class::ClassNumber;
use super::entity::delivery::State;

/// Failures that are of no kind: letters of before kinds were told apart.
const UNTOLD: i16 = 1 << 8;
const UNKNOWN: i16 = 1 << 9;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendAgain(i16);

impl SendAgain {
    /// Failures of these kinds, of all if none are named; and the unknown.
    pub fn new(classes: Option<&[FailureClass]>, unknown: bool) -> Self {
        let failures = match classes {
            None => FailureClass::ALL
                .iter()
                .fold(UNTOLD, |all, class| all | bit(*class)),
            Some(classes) => classes.iter().fold(0, |some, class| some | bit(*class)),
        };
        Self(if unknown {
            failures | UNKNOWN
        } else {
            failures
        })
    }

    /// As the run keeps it.
    pub fn of_column(kept: i16) -> Self {
        Self(kept)
    }

    pub fn column(self) -> i16 {
        self.0
    }

    /// What either of the two asks for.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The states that have something of this.
    pub fn states(self) -> impl Iterator<Item = State> {
        let failed = (self.0 & !UNKNOWN != 0).then_some(State::Failed);
        let unknown = (self.0 & UNKNOWN != 0).then_some(State::Unknown);
        failed.into_iter().chain(unknown)
    }

    /// Is a letter that stands so to be sent again?
    pub fn covers(self, state: State, class: Option<ClassNumber>) -> bool {
        let wanted = match (state, class) {
            (State::Unknown, _) => UNKNOWN,
            (State::Failed, None) => UNTOLD,
            (State::Failed, Some(class)) => bit(class.into()),
            _ => 0,
        };
        self.0 & wanted != 0
    }
}

fn bit(class: FailureClass) -> i16 {
    1 << (ClassNumber::from(class) as i16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_covered_and_nothing_else() {
        let quota = SendAgain::new(Some(&[FailureClass::Quota]), false);
        let all = SendAgain::new(None, false);
        let lost = SendAgain::new(Some(&[]), true);
        let cases = [
            (State::Failed, Some(ClassNumber::Quota), [true, true, false]),
            (
                State::Failed,
                Some(ClassNumber::Transient),
                [false, true, false],
            ),
            (
                State::Failed,
                Some(ClassNumber::BrokenProtocol),
                [false, true, false],
            ),
            (State::Failed, None, [false, true, false]),
            (State::Unknown, None, [false, false, true]),
            (
                State::Unknown,
                Some(ClassNumber::Quota),
                [false, false, true],
            ),
            (State::Sent, None, [false; 3]),
            (State::Queued, Some(ClassNumber::Quota), [false; 3]),
            (State::Skipped, None, [false; 3]),
        ];
        for (state, class, covered) in cases {
            let by = [quota, all, lost].map(|again| again.covers(state, class));
            assert_eq!(by, covered, "{state:?} {class:?}");
        }
    }

    #[test]
    fn wishes_join_and_are_kept_as_a_number() {
        let quota = SendAgain::new(Some(&[FailureClass::Quota]), false);
        let both = quota.and(SendAgain::new(Some(&[]), true));
        assert!(both.covers(State::Failed, Some(ClassNumber::Quota)));
        assert!(both.covers(State::Unknown, None));
        assert!(!both.covers(State::Failed, Some(ClassNumber::Permanent)));
        assert_eq!(SendAgain::of_column(both.column()), both);
    }

    #[test]
    fn only_states_that_are_asked_for_are_looked_through() {
        let states = |again: SendAgain| again.states().collect::<Vec<_>>();
        assert_eq!(states(SendAgain::new(None, false)), [State::Failed]);
        assert_eq!(states(SendAgain::new(Some(&[]), true)), [State::Unknown]);
        assert_eq!(
            states(SendAgain::new(None, true)),
            [State::Failed, State::Unknown]
        );
    }
}
