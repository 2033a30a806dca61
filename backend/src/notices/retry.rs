//! What an answer means for a notice. Pure: answers in, decision out.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::queue::{End, Settled};
use crate::mail::{Reply, Trouble, Verdict};
use crate::sms::{SmsAnswer, SmsVerdict};

/// A limit of the SMS service is not used up for less.
const LIMITED_FOR: Duration = Duration::from_secs(3600);

/// When a notice may be tried again.
#[derive(Clone, Copy, Debug)]
pub struct Patience<'a> {
    /// After each try: how long to wait. After the last of them there is no other.
    pub retry_after: &'a [Duration],
    /// The tries so far, this one included.
    pub tries: usize,
    /// From then on it would be of no use any more, such as a link that has expired.
    pub useful_until: Option<DateTime<Utc>>,
    pub now: DateTime<Utc>,
}

impl Patience<'_> {
    /// Another try after the next wait of the schedule, and not before `at_least`; or none.
    fn again(self, at_least: Duration) -> End {
        let wait = self
            .tries
            .checked_sub(1)
            .and_then(|tried| self.retry_after.get(tried));
        let next = wait.map(|wait| self.now + (*wait).max(at_least));
        match next {
            Some(at) if self.useful_until.is_none_or(|until| at < until) => End::Again(at),
            _ => End::Failed,
        }
    }
}

/// What became of a letter. One of which nobody knows is sent once more, under the same Message-ID: a confirmation
/// that comes twice does less harm than one that never comes.
pub fn of_reply(reply: &Reply, patience: Patience<'_>) -> Settled {
    let end = match reply.verdict {
        Verdict::Accepted => End::Sent,
        Verdict::Permanent => End::Failed,
        Verdict::Transient | Verdict::Unknown | Verdict::NotTried => patience.again(Duration::ZERO),
    };
    Settled {
        end,
        code: reply.code.map(i64::from),
        answer: Some(reply.text.clone()),
    }
}

/// There was no session to send it over.
pub fn of_trouble(trouble: &Trouble, patience: Patience<'_>) -> Settled {
    Settled {
        end: patience.again(Duration::ZERO),
        code: trouble.code.map(i64::from),
        answer: Some(trouble.to_string()),
    }
}

/// What became of an SMS. Settings that are wrong may be mended soon, so that it is tried again.
pub fn of_sms(answer: &SmsAnswer, patience: Patience<'_>) -> Settled {
    let end = match answer.verdict {
        SmsVerdict::Accepted => End::Sent,
        SmsVerdict::Refused | SmsVerdict::Failed => End::Failed,
        SmsVerdict::Limited => patience.again(LIMITED_FOR),
        SmsVerdict::Later | SmsVerdict::Misconfigured => patience.again(Duration::ZERO),
    };
    Settled {
        end,
        code: answer.code,
        answer: Some(answer.words.clone()),
    }
}

/// It broke off on our side.
pub fn of_break(words: &str, patience: Patience<'_>) -> Settled {
    Settled {
        end: patience.again(Duration::ZERO),
        code: None,
        answer: Some(words.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Stage;

    const WAITS: [Duration; 2] = [Duration::from_secs(10), Duration::from_secs(7200)];

    fn now() -> DateTime<Utc> {
        "2030-05-01T06:00:00Z".parse().unwrap()
    }

    fn after(tries: usize) -> Patience<'static> {
        Patience {
            retry_after: &WAITS,
            tries,
            useful_until: None,
            now: now(),
        }
    }

    fn again(seconds: u64) -> End {
        End::Again(now() + Duration::from_secs(seconds))
    }

    #[test]
    fn a_letter_is_tried_along_the_schedule_unless_it_is_settled() {
        let cases = [
            (Verdict::Accepted, 1, End::Sent),
            (Verdict::Permanent, 1, End::Failed),
            (Verdict::Transient, 1, again(10)),
            (Verdict::Unknown, 2, again(7200)),
            (Verdict::NotTried, 3, End::Failed),
        ];
        for (verdict, tries, end) in cases {
            let reply = Reply::ours(verdict, Stage::Letter, "words");
            assert_eq!(of_reply(&reply, after(tries)).end, end, "{verdict:?}");
        }
    }

    #[test]
    fn an_sms_is_tried_as_its_class_says() {
        let cases = [
            (SmsVerdict::Accepted, 1, End::Sent),
            (SmsVerdict::Refused, 1, End::Failed),
            (SmsVerdict::Failed, 1, End::Failed),
            (SmsVerdict::Later, 1, again(10)),
            (SmsVerdict::Misconfigured, 1, again(10)),
            (SmsVerdict::Limited, 1, again(3600)),
            (SmsVerdict::Limited, 2, again(7200)),
            (SmsVerdict::Later, 3, End::Failed),
        ];
        for (verdict, tries, end) in cases {
            let answer = SmsAnswer::ours(verdict, "words");
            assert_eq!(of_sms(&answer, after(tries)).end, end, "{verdict:?}");
        }
    }

    #[test]
    fn nothing_is_tried_again_that_would_come_too_late() {
        let useful_until = Some(now() + Duration::from_secs(10));
        let patience = Patience {
            useful_until,
            ..after(1)
        };
        assert_eq!(of_break("words", patience).end, End::Failed);
        let useful_until = Some(now() + Duration::from_secs(11));
        let patience = Patience {
            useful_until,
            ..after(1)
        };
        assert_eq!(of_break("words", patience).end, again(10));
    }
}
