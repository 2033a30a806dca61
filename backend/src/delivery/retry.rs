//! What becomes of a delivery after a try: pure decisions, no clock and no database.

use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::delivery::EndReason;
use contract::mailings::OnUnknown;

use super::classify::refuses_address;
use super::entity::delivery::State;
use super::hints::asked_wait;
use crate::mail::{Reply, Verdict};

/// RFC 5321 4.5.4.1: a sender gives up after 4 to 5 days.
const GIVE_UP_AFTER: Duration = Duration::from_secs(5 * 24 * 3600);

/// What the decision hangs on beside the answer.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// Waits after the first, second, ... temporary failure.
    pub retry_after: &'a [Duration],
    /// How long an unreachable server is left alone.
    pub unreachable_for: Duration,
    /// Tries of the present schedule so far, this one included. It begins anew when somebody asks to send again.
    pub tries: u64,
    /// Copies that may have arrived before this try.
    pub possible_copies: u64,
    pub on_unknown: OnUnknown,
    /// Since when it is tried: the start of its run, or when somebody asked to send again.
    pub trying_since: DateTime<Utc>,
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
    /// Why it is not tried again, if that was not the mail server's doing.
    pub reason: Option<EndReason>,
    /// Nothing more is to be sent to this address.
    pub suppresses: bool,
}

impl Next {
    fn settled(state: State, possible_copies: u64) -> Self {
        Self {
            state,
            due_at: None,
            possible_copies,
            reason: None,
            suppresses: false,
        }
    }

    fn queued(due_at: DateTime<Utc>, possible_copies: u64) -> Self {
        Self {
            due_at: Some(due_at),
            ..Self::settled(State::Queued, possible_copies)
        }
    }
}

pub fn next(reply: &Reply, circumstances: Circumstances<'_>) -> Next {
    let Circumstances {
        possible_copies,
        now,
        ..
    } = circumstances;
    match reply.verdict {
        Verdict::Accepted => Next::settled(State::Sent, possible_copies),
        Verdict::Permanent => Next {
            suppresses: refuses_address(reply),
            ..Next::settled(State::Failed, possible_copies)
        },
        Verdict::Transient => match next_try(asked_wait(&reply.text), &circumstances) {
            Ok(due_at) => Next::queued(due_at, possible_copies),
            Err(reason) => Next {
                reason: Some(reason),
                ..Next::settled(State::Failed, possible_copies)
            },
        },
        Verdict::NotTried => Next::queued(now + circumstances.unreachable_for, possible_copies),
        Verdict::Unknown => after_unknown(circumstances.on_unknown, possible_copies, now),
    }
}

/// A letter that may have been accepted is sent once more at most, and only if the mailing wants that.
pub fn after_unknown(on_unknown: OnUnknown, possible_copies: u64, now: DateTime<Utc>) -> Next {
    if on_unknown == OnUnknown::Resend && possible_copies == 0 {
        return Next::queued(now, 1);
    }
    Next::settled(State::Unknown, possible_copies + 1)
}

/// When it is tried again, or why it is not.
///
/// A server's hint can only put the next try off. To come later than asked is never wrong, while each try uses up a
/// step of the schedule: a server that says "in a minute" six times would have its letters given up in six minutes.
fn next_try(
    hint: Option<Duration>,
    circumstances: &Circumstances<'_>,
) -> Result<DateTime<Utc>, EndReason> {
    let Circumstances {
        retry_after,
        tries,
        trying_since,
        ends_at,
        now,
        ..
    } = *circumstances;
    let step = tries
        .checked_sub(1)
        .and_then(|step| usize::try_from(step).ok());
    let scheduled = step
        .and_then(|step| retry_after.get(step))
        .ok_or(EndReason::GaveUp)?;
    let due_at = now + Ord::max(*scheduled, hint.unwrap_or_default());
    // A retry at or after the end of the window would never be made.
    match ends_at {
        Some(ends_at) if due_at >= ends_at => Err(EndReason::Expired),
        None if due_at >= trying_since + GIVE_UP_AFTER => Err(EndReason::GaveUp),
        _ => Ok(due_at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Stage;

    const SCHEDULE: [Duration; 2] = [Duration::from_secs(60), Duration::from_secs(300)];

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn after(tries: u64) -> Circumstances<'static> {
        Circumstances {
            retry_after: &SCHEDULE,
            unreachable_for: Duration::from_secs(30),
            tries,
            possible_copies: 0,
            on_unknown: OnUnknown::Resend,
            trying_since: at("2030-05-01T09:00:00Z"),
            ends_at: None,
            now: at("2030-05-01T09:00:00Z"),
        }
    }

    fn answer(verdict: Verdict) -> Reply {
        Reply::ours(verdict, Stage::Recipient, "no")
    }

    fn later(said: &str, circumstances: Circumstances<'_>) -> Next {
        let reply = Reply::ours(Verdict::Transient, Stage::Recipient, said);
        next(&reply, circumstances)
    }

    #[test]
    fn a_temporary_failure_waits_longer_each_time_and_is_then_given_up() {
        let due = |tries| later("no", after(tries)).due_at;
        assert_eq!(due(1), Some(at("2030-05-01T09:01:00Z")));
        assert_eq!(due(2), Some(at("2030-05-01T09:05:00Z")));
        let last = later("no", after(3));
        assert_eq!(
            (last.state, last.reason),
            (State::Failed, Some(EndReason::GaveUp))
        );
    }

    #[test]
    fn a_retry_that_would_come_at_the_end_of_the_window_or_later_fails_at_once() {
        let cases = [
            ("2030-05-01T09:00:59Z", State::Failed),
            ("2030-05-01T09:01:00Z", State::Failed),
            ("2030-05-01T09:01:01Z", State::Queued),
            // Without an end five days would be the limit; with one, it alone.
            ("2031-05-01T09:00:00Z", State::Queued),
        ];
        for (ends_at, state) in cases {
            let ending = Circumstances {
                ends_at: Some(at(ends_at)),
                trying_since: at("2030-04-20T09:00:00Z"),
                ..after(1)
            };
            let next = later("no", ending);
            assert_eq!(next.state, state, "{ends_at}");
            let expired = (state == State::Failed).then_some(EndReason::Expired);
            assert_eq!(next.reason, expired, "{ends_at}");
        }
    }

    #[test]
    fn without_an_end_it_is_given_up_after_five_days() {
        for (since, state) in [
            ("2030-04-26T09:01:00Z", State::Failed),
            ("2030-04-26T09:01:01Z", State::Queued),
        ] {
            let old = Circumstances {
                trying_since: at(since),
                ..after(1)
            };
            let next = later("no", old);
            assert_eq!(next.state, state, "{since}");
            let given_up = (state == State::Failed).then_some(EndReason::GaveUp);
            assert_eq!(next.reason, given_up, "{since}");
        }
    }

    #[test]
    fn a_hint_puts_the_next_try_off_and_never_brings_it_forward() {
        let due = |said, tries| later(said, after(tries)).due_at;
        let ten = Some(at("2030-05-01T09:10:00Z"));
        assert_eq!(due("try again in 10 minutes", 1), ten);
        assert_eq!(due("try again in 10 minutes", 2), ten);
        let scheduled = Some(at("2030-05-01T09:05:00Z"));
        assert_eq!(due("try again in 2 minutes", 2), scheduled);
        let a_day = Some(at("2030-05-02T09:00:00Z"));
        assert_eq!(due("retry after 90 hours", 1), a_day);
        // The schedule is used up whatever the server would like.
        assert_eq!(due("try again in 10 minutes", 3), None);
    }

    #[test]
    fn a_hint_beyond_the_end_of_the_window_expires_the_letter() {
        let ending = Circumstances {
            ends_at: Some(at("2030-05-01T09:10:00Z")),
            ..after(1)
        };
        let next = later("try again in 10 minutes", ending);
        assert_eq!(next.reason, Some(EndReason::Expired));
    }

    #[test]
    fn a_letter_never_tried_waits_for_its_server() {
        let next = next(&answer(Verdict::NotTried), after(0));
        assert_eq!(
            (next.state, next.due_at),
            (State::Queued, Some(at("2030-05-01T09:00:30Z")))
        );
    }

    #[test]
    fn an_unknown_letter_is_resent_once_and_then_held() {
        let unknown = answer(Verdict::Unknown);
        let first = next(&unknown, after(1));
        assert_eq!((first.state, first.possible_copies), (State::Queued, 1));
        let second = Circumstances {
            possible_copies: 1,
            ..after(2)
        };
        let second = next(&unknown, second);
        assert_eq!((second.state, second.possible_copies), (State::Unknown, 2));
        let held = Circumstances {
            on_unknown: OnUnknown::Hold,
            ..after(1)
        };
        let held = next(&unknown, held);
        assert_eq!((held.state, held.possible_copies), (State::Unknown, 1));
    }

    #[test]
    fn what_is_accepted_or_refused_for_good_is_settled() {
        let sent = next(&answer(Verdict::Accepted), after(1));
        assert_eq!(sent, Next::settled(State::Sent, 0));
        let refused = next(&answer(Verdict::Permanent), after(1));
        assert_eq!(refused, Next::settled(State::Failed, 0));
    }

    #[test]
    fn a_refused_address_suppresses() {
        let mut refused = answer(Verdict::Permanent);
        refused.code = Some(550);
        refused.enhanced_code = Some("5.1.1".to_owned());
        let next = next(&refused, after(1));
        assert_eq!((next.state, next.suppresses), (State::Failed, true));
    }
}
