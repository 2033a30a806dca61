//! What becomes of a delivery after a try: pure decisions, no clock and no database.

use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::mailings::OnUnknown;

use super::entity::delivery::State;
use crate::mail::Verdict;

/// RFC 5321 4.5.4.1: a sender gives up after 4 to 5 days.
const GIVE_UP_AFTER: Duration = Duration::from_secs(5 * 24 * 3600);

/// What the decision hangs on beside the verdict.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// Waits after the first, second, ... temporary failure.
    pub retry_after: &'a [Duration],
    /// How long an unreachable server is left alone.
    pub unreachable_for: Duration,
    /// Tries so far, this one included.
    pub attempts: u64,
    /// Copies that may have arrived before this try.
    pub possible_copies: u64,
    pub on_unknown: OnUnknown,
    pub started_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub now: DateTime<Utc>,
}

/// The state after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    pub state: State,
    /// When it is due again, if it is queued.
    pub due_at: Option<DateTime<Utc>>,
    pub possible_copies: u64,
}

pub fn next(verdict: Verdict, circumstances: Circumstances<'_>) -> Next {
    let Circumstances {
        possible_copies,
        now,
        ..
    } = circumstances;
    let settled = |state| Next {
        state,
        due_at: None,
        possible_copies,
    };
    match verdict {
        Verdict::Accepted => settled(State::Sent),
        Verdict::Permanent => settled(State::Failed),
        Verdict::Transient => match next_try(&circumstances) {
            Some(due_at) => Next {
                state: State::Queued,
                due_at: Some(due_at),
                possible_copies,
            },
            None => settled(State::Failed),
        },
        Verdict::NotTried => Next {
            state: State::Queued,
            due_at: Some(now + circumstances.unreachable_for),
            possible_copies,
        },
        Verdict::Unknown => after_unknown(circumstances.on_unknown, possible_copies, now),
    }
}

/// A letter that may have been accepted is sent once more at most, and only if the mailing wants that.
pub fn after_unknown(on_unknown: OnUnknown, possible_copies: u64, now: DateTime<Utc>) -> Next {
    if on_unknown == OnUnknown::Resend && possible_copies == 0 {
        return Next {
            state: State::Queued,
            due_at: Some(now),
            possible_copies: 1,
        };
    }
    Next {
        state: State::Unknown,
        due_at: None,
        possible_copies: possible_copies + 1,
    }
}

fn next_try(circumstances: &Circumstances<'_>) -> Option<DateTime<Utc>> {
    let Circumstances {
        retry_after,
        attempts,
        started_at,
        ends_at,
        now,
        ..
    } = *circumstances;
    let wait = retry_after.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
    let due_at = now + *wait;
    // A retry at or after the end of the window would never be made.
    let last = ends_at.unwrap_or(started_at + GIVE_UP_AFTER);
    (due_at < last).then_some(due_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEDULE: [Duration; 2] = [Duration::from_secs(60), Duration::from_secs(300)];

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn after(attempts: u64) -> Circumstances<'static> {
        Circumstances {
            retry_after: &SCHEDULE,
            unreachable_for: Duration::from_secs(30),
            attempts,
            possible_copies: 0,
            on_unknown: OnUnknown::Resend,
            started_at: at("2030-05-01T09:00:00Z"),
            ends_at: None,
            now: at("2030-05-01T09:00:00Z"),
        }
    }

    #[test]
    fn a_temporary_failure_waits_longer_each_time_and_then_fails() {
        assert_eq!(
            next(Verdict::Transient, after(1)).due_at,
            Some(at("2030-05-01T09:01:00Z"))
        );
        assert_eq!(
            next(Verdict::Transient, after(2)).due_at,
            Some(at("2030-05-01T09:05:00Z"))
        );
        assert_eq!(next(Verdict::Transient, after(3)).state, State::Failed);
    }

    #[test]
    fn a_retry_that_would_come_too_late_fails_at_once() {
        let ending = Circumstances {
            ends_at: Some(at("2030-05-01T09:01:00Z")),
            ..after(1)
        };
        assert_eq!(next(Verdict::Transient, ending).state, State::Failed);
        let old = Circumstances {
            started_at: at("2030-04-26T09:00:00Z"),
            ..after(1)
        };
        assert_eq!(next(Verdict::Transient, old).state, State::Failed);
    }

    #[test]
    fn a_letter_never_tried_waits_for_its_server() {
        let next = next(Verdict::NotTried, after(0));
        assert_eq!(
            (next.state, next.due_at),
            (State::Queued, Some(at("2030-05-01T09:00:30Z")))
        );
    }

    #[test]
    fn an_unknown_letter_is_resent_once_and_then_held() {
        let first = next(Verdict::Unknown, after(1));
        assert_eq!((first.state, first.possible_copies), (State::Queued, 1));
        let second = next(
            Verdict::Unknown,
            Circumstances {
                possible_copies: 1,
                ..after(2)
            },
        );
        assert_eq!((second.state, second.possible_copies), (State::Unknown, 2));
        let held = next(
            Verdict::Unknown,
            Circumstances {
                on_unknown: OnUnknown::Hold,
                ..after(1)
            },
        );
        assert_eq!((held.state, held.possible_copies), (State::Unknown, 1));
    }

    #[test]
    fn what_is_accepted_or_refused_for_good_is_settled() {
        assert_eq!(next(Verdict::Accepted, after(1)).state, State::Sent);
        assert_eq!(next(Verdict::Permanent, after(1)).state, State::Failed);
    }
}
