//! What kind of failure an answer is: pure, from what the mail server said and when.

use contract::delivery::FailureClass;

use crate::mail::{Reply, Verdict};

/// The kind of failure; none for what was accepted, may have been, or was never tried.
pub fn class_of(reply: &Reply) -> Option<FailureClass> {
    let refused = match reply.verdict {
        Verdict::Accepted | Verdict::Unknown | Verdict::NotTried => return None,
        Verdict::Transient => FailureClass::Transient,
        Verdict::Permanent => FailureClass::Permanent,
    };
    let enhanced = reply.enhanced_code.as_deref().unwrap_or_default();
    Some(match reply.code {
        // A letter that we could not build was never shown to a server.
        None if refused == FailureClass::Permanent => FailureClass::Permanent,
        None => FailureClass::Connection,
        // RFC 4954 6.
        Some(454 | 530 | 534 | 535 | 538) => FailureClass::Authentication,
        // RFC 5321 4.2.3 has 452 and 552 for storage; RFC 3463 3.3 has X.2.2 for a full mailbox.
        Some(452 | 552) => FailureClass::Quota,
        Some(_) if enhanced.ends_with(".2.2") => FailureClass::Quota,
        Some(_) => refused,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Stage;

    fn refused(verdict: Verdict, code: Option<u16>, enhanced: &str) -> Option<FailureClass> {
        let mut reply = Reply::ours(verdict, Stage::Recipient, "no");
        reply.code = code;
        reply.enhanced_code = Some(enhanced.to_owned()).filter(|code| !code.is_empty());
        class_of(&reply)
    }

    #[test]
    fn what_the_server_says_tells_the_kind() {
        let cases = [
            (
                Verdict::Transient,
                Some(450),
                "4.2.0",
                FailureClass::Transient,
            ),
            (
                Verdict::Permanent,
                Some(550),
                "5.1.1",
                FailureClass::Permanent,
            ),
            (Verdict::Transient, None, "", FailureClass::Connection),
            (Verdict::Permanent, None, "", FailureClass::Permanent),
            (
                Verdict::Permanent,
                Some(535),
                "5.7.8",
                FailureClass::Authentication,
            ),
            (Verdict::Permanent, Some(552), "5.2.2", FailureClass::Quota),
            (Verdict::Transient, Some(450), "4.2.2", FailureClass::Quota),
        ];
        for (verdict, code, enhanced, class) in cases {
            assert_eq!(
                refused(verdict, code, enhanced),
                Some(class),
                "{code:?} {enhanced}"
            );
        }
    }

    #[test]
    fn what_did_not_fail_is_of_no_kind() {
        for verdict in [Verdict::Accepted, Verdict::Unknown, Verdict::NotTried] {
            assert_eq!(refused(verdict, None, ""), None);
        }
    }
}
