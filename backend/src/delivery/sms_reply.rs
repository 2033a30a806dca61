//! What the SMS service's answer means for a delivery: pure, in the words that the ledger knows.
//!
//! What is wrong with the account or the settings is no fault of any message: nothing is tried, the service is left
//! alone for a while, and the messages wait. What never left was not tried either. What left without an answer may
//! have been sent; if nothing else was answered meanwhile, the service is left alone for a while, too.

use crate::mail::{Reply, Stage, Verdict};
use crate::sms::{SmsAnswer, SmsFate, SmsVerdict};

/// The account's limit for the day is used up: no other number will do.
const ACCOUNT_LIMIT: i64 = 206;

/// What became of one message. `others_heard`: the service has answered about others since this one left.
pub fn reply(answer: SmsAnswer, others_heard: bool) -> Reply {
    let SmsAnswer {
        verdict,
        code,
        words,
        id,
        fate,
    } = answer;
    let (verdict, stage) = match (fate, verdict) {
        (SmsFate::NotSent, _) => (Verdict::NotTried, Stage::Connect),
        (SmsFate::Lost, _) if others_heard => (Verdict::Unknown, Stage::Letter),
        (SmsFate::Lost, _) => (Verdict::Unknown, Stage::Request),
        (SmsFate::Answered, SmsVerdict::Accepted) => (Verdict::Accepted, Stage::Letter),
        (SmsFate::Answered, SmsVerdict::Misconfigured) => (Verdict::NotTried, Stage::SignIn),
        (SmsFate::Answered, SmsVerdict::Limited) if code == Some(ACCOUNT_LIMIT) => {
            (Verdict::NotTried, Stage::SignIn)
        }
        (SmsFate::Answered, SmsVerdict::Limited) => (Verdict::Transient, Stage::Recipient),
        (SmsFate::Answered, SmsVerdict::Later) => (Verdict::Transient, Stage::Letter),
        (SmsFate::Answered, SmsVerdict::Refused) => (Verdict::Permanent, Stage::Recipient),
        (SmsFate::Answered, SmsVerdict::Failed) => (Verdict::Permanent, Stage::Letter),
    };
    let said = match (verdict, id) {
        // By this it is found with the service.
        (Verdict::Accepted, Some(id)) if code.is_some() => {
            format!("{words} {id}").trim_start().to_owned()
        }
        // An administrator reads this where the service stands among the servers.
        (Verdict::NotTried, _) => match code {
            Some(code) => format!("{code} {words}"),
            None => words,
        },
        // The words of a limit say no time; it does not pass sooner.
        (Verdict::Transient, _) if stage == Stage::Recipient => {
            format!("{words} (try again in 60 minutes)")
        }
        _ => words,
    };
    Reply {
        code: code.and_then(|code| u16::try_from(code).ok()),
        ..Reply::ours(verdict, stage, said)
    }
}

#[cfg(test)]
mod tests {
    use contract::delivery::FailureClass;

    use super::*;
    use crate::delivery::classify::class_of;
    use crate::delivery::hints::asked_wait;

    fn answered(code: i64) -> Reply {
        let answer = SmsAnswer {
            code: Some(code),
            id: (100..104)
                .contains(&code)
                .then(|| "202030-1000002".to_owned()),
            ..SmsAnswer::ours(SmsVerdict::of_code(code), "слова")
        };
        reply(answer, false)
    }

    fn later(fate: SmsFate, others_heard: bool) -> Reply {
        let answer = SmsAnswer::ours(SmsVerdict::Later, "no answer").with_fate(fate);
        reply(answer, others_heard)
    }

    #[test]
    fn every_kind_of_answer_has_its_verdict_and_class() {
        use FailureClass::{Permanent, Quota, Transient};
        let cases = [
            (100, Verdict::Accepted, None),
            (102, Verdict::Accepted, None),
            (220, Verdict::Transient, Some(Transient)),
            (500, Verdict::Transient, Some(Transient)),
            (230, Verdict::Transient, Some(Quota)),
            (233, Verdict::Transient, Some(Quota)),
            (202, Verdict::Permanent, Some(Permanent)),
            (207, Verdict::Permanent, Some(Permanent)),
            (777, Verdict::Permanent, Some(Permanent)),
            // Of the account, not of any message.
            (200, Verdict::NotTried, None),
            (201, Verdict::NotTried, None),
            (204, Verdict::NotTried, None),
            (206, Verdict::NotTried, None),
            (221, Verdict::NotTried, None),
            (301, Verdict::NotTried, None),
        ];
        for (code, verdict, class) in cases {
            let reply = answered(code);
            assert_eq!(reply.verdict, verdict, "{code}");
            assert_eq!(class_of(&reply), class, "{code}");
            assert_eq!(reply.code, Some(code as u16));
        }
    }

    #[test]
    fn what_left_without_an_answer_may_have_been_sent_and_what_did_not_leave_was_not() {
        assert_eq!(later(SmsFate::Lost, true).verdict, Verdict::Unknown);
        assert_eq!(later(SmsFate::NotSent, true).verdict, Verdict::NotTried);
        assert_eq!(later(SmsFate::Answered, true).verdict, Verdict::Transient);
    }

    #[test]
    fn a_service_is_in_doubt_when_it_answers_nobody() {
        assert_eq!(later(SmsFate::Lost, true).stage, Stage::Letter);
        assert_eq!(later(SmsFate::Lost, false).stage, Stage::Request);
        assert_eq!(later(SmsFate::Lost, false).verdict, Verdict::Unknown);
    }

    #[test]
    fn a_message_can_be_found_with_the_service() {
        for code in 100..104 {
            assert_eq!(answered(code).text, "слова 202030-1000002");
        }
    }

    #[test]
    fn a_limit_of_a_number_is_left_alone_for_an_hour() {
        let an_hour = std::time::Duration::from_secs(3600);
        assert_eq!(asked_wait(&answered(230).text), Some(an_hour));
        assert_eq!(asked_wait(&answered(220).text), None);
    }
}
