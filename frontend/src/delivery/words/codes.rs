//! What a mail server's codes mean: the basic ones of RFC 5321, the enhanced ones of RFC 3463 and its registry; and
//! what those of the SMS service mean.
//!
//! The enhanced code says more, so it is looked at first.

use contract::delivery::{AttemptView, FailureClass, Outcome};

use crate::delivery::texts::codes as texts;
use crate::i18n::Text;
use crate::notices::sms;

/// What became of a try, in plain words.
pub fn meaning(attempt: &AttemptView) -> Text {
    let AttemptView {
        outcome,
        class,
        smtp_code,
        enhanced_code,
        response,
        recipient_phone,
        ..
    } = attempt;
    if recipient_phone.is_some() {
        return of_sms(*outcome, *class, *smtp_code);
    }
    let known = enhanced_code.as_deref().or_else(|| enhanced_in(response));
    explain(*outcome, *class, *smtp_code, known)
}

fn of_sms(outcome: Outcome, class: Option<FailureClass>, code: Option<u16>) -> Text {
    match (outcome, class) {
        (Outcome::Succeeded, _) => texts::SMS_ACCEPTED,
        (Outcome::Unknown, _) => texts::SMS_ANSWER_LOST,
        (Outcome::Failed, class) => code
            .and_then(|code| sms::meaning(i64::from(code)))
            .unwrap_or(match class {
                Some(FailureClass::Permanent) => texts::SMS_REFUSED,
                _ => texts::SMS_TROUBLE,
            }),
    }
}

/// The answer in plain words.
pub fn explain(
    outcome: Outcome,
    class: Option<FailureClass>,
    smtp_code: Option<u16>,
    enhanced_code: Option<&str>,
) -> Text {
    match outcome {
        Outcome::Succeeded => texts::ACCEPTED,
        Outcome::Unknown => texts::ANSWER_LOST,
        Outcome::Failed => {
            let by_enhanced = enhanced_code.and_then(enhanced);
            by_enhanced
                .or_else(|| smtp_code.and_then(basic))
                .unwrap_or_else(|| class.map_or(texts::NO_ANSWER, without_code))
        }
    }
}

/// What a failure means whose server said nothing that has a code.
const fn without_code(class: FailureClass) -> Text {
    match class {
        FailureClass::Transient => texts::TRANSIENT,
        FailureClass::Permanent => texts::PERMANENT,
        FailureClass::Connection => texts::NETWORK,
        FailureClass::Authentication => texts::NOT_SIGNED_IN,
        FailureClass::Quota => texts::SERVER_FULL,
        FailureClass::BrokenProtocol => texts::PROTOCOL,
    }
}

/// The enhanced code that a server's words bear: `550 5.1.1 No such user` has `5.1.1`.
pub fn enhanced_in(response: &str) -> Option<&str> {
    let is_enhanced = |word: &&str| parts(word).is_some();
    response.split([' ', '-']).take(3).find(is_enhanced)
}

fn parts(code: &str) -> Option<(u16, u16, u16)> {
    let mut numbers = code.split('.').map(|number| number.parse::<u16>().ok());
    let (class, subject, detail) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let well_formed = numbers.next().is_none() && [2, 4, 5].contains(&class);
    well_formed.then_some((class, subject, detail))
}

fn enhanced(code: &str) -> Option<Text> {
    let (class, subject, detail) = parts(code)?;
    let text = match (subject, detail) {
        (1, 1 | 6) if class == 5 => texts::NO_MAILBOX,
        (1, 2 | 10) => texts::NO_DOMAIN,
        (1, 3 | 4) => texts::BAD_ADDRESS,
        (1, 5) => texts::ACCEPTED,
        (1, 7 | 8) => texts::BAD_SENDER,
        (1, 1) => texts::TRANSIENT,
        (1, 6) => texts::MOVED,
        (2, 1) => texts::MAILBOX_OFF,
        (2, 2) => texts::MAILBOX_FULL,
        (2, 3) | (3, 4) => texts::TOO_LARGE,
        (2, 4) => texts::LIST_TROUBLE,
        (3, 1) => texts::SERVER_FULL,
        (3, 2) => texts::SERVER_NOT_ACCEPTING,
        (3, _) => texts::SERVER_TROUBLE,
        (4, 6) => texts::LOOP,
        (4, 7) => texts::TIMED_OUT,
        (4, _) => texts::NETWORK,
        (5, 3) => texts::TOO_MANY,
        (5, _) => texts::PROTOCOL,
        (6, _) => texts::CONTENT,
        (7, 1) if class == 4 => texts::GREYLISTED,
        (7, 8 | 9 | 13) => texts::NOT_SIGNED_IN,
        (7, 10 | 11) => texts::NOT_ENCRYPTED,
        (7, 20..=24 | 26) => texts::NOT_AUTHENTIC,
        (7, 25 | 27) => texts::BAD_REPUTATION,
        (7, 28) => texts::TOO_MANY,
        (7, _) => texts::NOT_ALLOWED,
        _ => return None,
    };
    Some(text)
}

fn basic(code: u16) -> Option<Text> {
    let text = match code {
        200..=299 => texts::ACCEPTED,
        421 => texts::SERVER_NOT_ACCEPTING,
        450 => texts::GREYLISTED,
        452 => texts::SERVER_FULL,
        454 | 530 | 534 | 535 => texts::NOT_SIGNED_IN,
        500..=504 => texts::PROTOCOL,
        523 | 538 => texts::NOT_ENCRYPTED,
        541 | 554 => texts::NOT_ALLOWED,
        550 => texts::NO_MAILBOX,
        552 => texts::MAILBOX_FULL,
        553 => texts::BAD_ADDRESS,
        556 => texts::NO_DOMAIN,
        400..=499 => texts::TRANSIENT,
        505..=599 => texts::PERMANENT,
        _ => return None,
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_in_plain_words() {
        let cases = [
            (550, "550 5.1.1 No such user", texts::NO_MAILBOX),
            (550, "550 5.7.1 Relaying denied", texts::NOT_ALLOWED),
            (550, "550-5.7.26 Unauthenticated mail", texts::NOT_AUTHENTIC),
            (450, "450 4.7.1 Greylisted", texts::GREYLISTED),
            (452, "452 4.2.2 Mailbox full", texts::MAILBOX_FULL),
            (554, "554 Transaction failed", texts::NOT_ALLOWED),
            (451, "451 try later", texts::TRANSIENT),
            (555, "555 no", texts::PERMANENT),
        ];
        for (code, response, meaning) in cases {
            let told = explain(Outcome::Failed, None, Some(code), enhanced_in(response));
            assert_eq!(told, meaning, "{response}");
        }
    }

    #[test]
    fn without_a_code_nobody_answered() {
        let told = |outcome, class, code| explain(outcome, class, code, None);
        assert_eq!(told(Outcome::Failed, None, None), texts::NO_ANSWER);
        let cut = Some(FailureClass::Connection);
        assert_eq!(told(Outcome::Failed, cut, None), texts::NETWORK);
        assert_eq!(told(Outcome::Unknown, None, None), texts::ANSWER_LOST);
        assert_eq!(told(Outcome::Succeeded, None, Some(250)), texts::ACCEPTED);
    }

    #[test]
    fn the_codes_of_the_sms_service_are_its_own() {
        let failed = |class, code| of_sms(Outcome::Failed, class, code);
        assert_eq!(Some(failed(None, Some(207))), sms::meaning(207));
        let refused = Some(FailureClass::Permanent);
        assert_eq!(failed(refused, Some(299)), texts::SMS_REFUSED);
        assert_eq!(
            failed(Some(FailureClass::Connection), None),
            texts::SMS_TROUBLE
        );
        assert_eq!(of_sms(Outcome::Unknown, None, None), texts::SMS_ANSWER_LOST);
        assert_eq!(
            of_sms(Outcome::Succeeded, None, Some(100)),
            texts::SMS_ACCEPTED
        );
    }

    #[test]
    fn addresses_and_versions_are_no_codes() {
        assert_eq!(enhanced_in("250 2.0.0 Ok: queued as 4F1C2"), Some("2.0.0"));
        assert_eq!(enhanced_in("connection to 127.0.0.1 refused"), None);
        assert_eq!(enhanced_in("550 1.2.3 odd"), None);
        assert_eq!(enhanced_in(""), None);
    }
}
