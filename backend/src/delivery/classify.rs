//! What kind of failure an answer is: pure, from what the mail server said and when.
//!
//! The verdict (the first digit of the basic code) says whether a letter may be tried again. The kind says to people
//! what is wrong, and is finer: here the enhanced code of RFC 3463 helps, by its subject and detail. Its first digit
//! is never looked at, since the basic code beats it.

use contract::delivery::FailureClass;

use crate::mail::{Reply, Stage, Verdict};

/// RFC 3463 and RFC 7505: no such mailbox, bad syntax, moved without a new address, takes no mail at all.
/// Of the other codes of addressing, some are about the system (5.1.2), some about the sender (5.1.7, 5.1.8), and
/// servers say 5.1.0 about all of them.
const NO_SUCH_ADDRESS: [&str; 4] = ["5.1.1", "5.1.3", "5.1.6", "5.1.10"];

/// The kind of failure; none for what was accepted, may have been, or was never tried.
pub fn class_of(reply: &Reply) -> Option<FailureClass> {
    let refused = match reply.verdict {
        Verdict::Accepted | Verdict::Unknown | Verdict::NotTried => return None,
        Verdict::Transient => FailureClass::Transient,
        Verdict::Permanent => FailureClass::Permanent,
    };
    // Whatever a code in it may say: it was no answer to what was asked.
    if reply.garbled {
        return Some(FailureClass::BrokenProtocol);
    }
    let Some(code) = reply.code else {
        return Some(match refused {
            // A letter that we could not build was never shown to a server.
            FailureClass::Permanent => FailureClass::Permanent,
            _ => FailureClass::Connection,
        });
    };
    let detail = reply.enhanced_code.as_deref().and_then(detail);
    Some(match (code, detail) {
        // RFC 4954 6 and RFC 5248: credentials, mechanism, an expired password, a disabled account.
        (530 | 534 | 535 | 538, _) => FailureClass::Authentication,
        (_, Some((7, 8 | 9 | 11 | 12 | 13 | 14))) => FailureClass::Authentication,
        // Postfix says so of relaying, others of signing in that does not work now.
        (454, None | Some((7, _))) => FailureClass::Authentication,
        // sms.ru's limits of the account and of a number; no mail server refuses with these.
        (206 | 230..=233, None) => FailureClass::Quota,
        // X.2.2 is a full mailbox, X.3.1 a full system, X.5.3 too many recipients.
        (_, Some((2, 2) | (3, 1))) | (452, Some((5, 3))) => FailureClass::Quota,
        // RFC 5321 4.2.3 has 452 and 552 for storage; with 552 servers also refuse what is too big (X.2.3, X.3.4) or
        // not to their taste (X.7.Y), and tell so in the enhanced code.
        (452 | 552, None | Some((0 | 2 | 3, 0))) => FailureClass::Quota,
        _ => refused,
    })
}

/// Does this say that the address itself is no good, so that nothing should be sent there again? Only at RCPT: what
/// is refused before is the sender, and behind, the content.
pub fn refuses_address(reply: &Reply) -> bool {
    reply.verdict == Verdict::Permanent
        && !reply.garbled
        && reply.stage == Stage::Recipient
        && matches!(reply.code, Some(500..=599))
        && reply
            .enhanced_code
            .as_deref()
            .is_some_and(|code| NO_SUCH_ADDRESS.contains(&code))
}

/// Subject and detail of an enhanced code.
fn detail(enhanced: &str) -> Option<(u16, u16)> {
    let (_, rest) = enhanced.split_once('.')?;
    let (subject, detail) = rest.split_once('.')?;
    Some((subject.parse().ok()?, detail.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use FailureClass::*;
    use Verdict::{Permanent as Never, Transient as NotNow};

    fn reply(verdict: Verdict, stage: Stage, code: Option<u16>, enhanced: &str) -> Reply {
        let mut reply = Reply::ours(verdict, stage, "no");
        reply.code = code;
        reply.enhanced_code = Some(enhanced.to_owned()).filter(|code| !code.is_empty());
        reply
    }

    #[test]
    fn what_the_server_says_tells_the_kind() {
        let cases = [
            (NotNow, Some(450), "4.2.0", Transient),
            (NotNow, Some(451), "4.7.1", Transient),
            (NotNow, Some(421), "4.7.0", Transient),
            (NotNow, Some(421), "", Transient),
            (Never, Some(550), "5.1.1", Permanent),
            (Never, Some(550), "", Permanent),
            (Never, Some(554), "5.7.1", Permanent),
            // No code: nothing was said, or the letter could not even be built.
            (NotNow, None, "", Connection),
            (Never, None, "", Permanent),
            // Who we are.
            (Never, Some(530), "5.7.0", Authentication),
            (Never, Some(530), "", Authentication),
            (Never, Some(535), "5.7.8", Authentication),
            (Never, Some(550), "5.7.8", Authentication),
            (NotNow, Some(454), "4.7.0", Authentication),
            (NotNow, Some(454), "4.7.1", Authentication),
            (NotNow, Some(432), "4.7.12", Authentication),
            (NotNow, Some(454), "4.1.1", Transient),
            // Room.
            (Never, Some(552), "5.2.2", Quota),
            (Never, Some(552), "", Quota),
            (Never, Some(550), "5.2.2", Quota),
            (NotNow, Some(452), "4.2.2", Quota),
            (NotNow, Some(450), "4.2.2", Quota),
            (NotNow, Some(452), "4.3.1", Quota),
            (NotNow, Some(452), "4.5.3", Quota),
            (NotNow, Some(452), "", Quota),
            // The same numbers for something else.
            (Never, Some(552), "5.2.3", Permanent),
            (Never, Some(552), "5.3.4", Permanent),
            (Never, Some(552), "5.7.0", Permanent),
            (NotNow, Some(452), "4.1.1", Transient),
            // The basic code decides, whatever the enhanced one claims.
            (NotNow, Some(450), "5.1.1", Transient),
            (Never, Some(550), "4.2.1", Permanent),
            (Never, Some(550), "nonsense", Permanent),
        ];
        for (verdict, code, enhanced, class) in cases {
            let reply = reply(verdict, Stage::Recipient, code, enhanced);
            assert_eq!(class_of(&reply), Some(class), "{code:?} {enhanced}");
        }
    }

    #[test]
    fn what_was_no_smtp_is_a_broken_protocol_whatever_its_code() {
        for (verdict, code) in [(NotNow, None), (NotNow, Some(452)), (Never, Some(550))] {
            let mut garbage = reply(verdict, Stage::Recipient, code, "5.1.1");
            garbage.garbled = true;
            assert_eq!(class_of(&garbage), Some(BrokenProtocol), "{code:?}");
        }
        let mut lost = reply(Verdict::Unknown, Stage::Letter, None, "");
        lost.garbled = true;
        assert_eq!(class_of(&lost), None);
    }

    #[test]
    fn what_did_not_fail_is_of_no_kind() {
        for verdict in [Verdict::Accepted, Verdict::Unknown, Verdict::NotTried] {
            assert_eq!(
                class_of(&reply(verdict, Stage::SignIn, Some(535), "5.7.8")),
                None
            );
        }
    }

    #[test]
    fn only_a_refused_address_at_rcpt_suppresses() {
        let cases = [
            (Stage::Recipient, 550, "5.1.1", true),
            (Stage::Recipient, 553, "5.1.3", true),
            (Stage::Recipient, 551, "5.1.6", true),
            (Stage::Recipient, 556, "5.1.10", true),
            // Of the system, the sender, the mailbox's state, the content, or of nothing in particular.
            (Stage::Recipient, 550, "5.1.2", false),
            (Stage::Recipient, 550, "5.1.0", false),
            (Stage::Recipient, 553, "5.1.7", false),
            (Stage::Recipient, 550, "5.1.8", false),
            (Stage::Recipient, 550, "5.2.1", false),
            (Stage::Recipient, 552, "5.2.2", false),
            (Stage::Recipient, 554, "5.7.1", false),
            (Stage::Recipient, 550, "", false),
            (Stage::Recipient, 550, "4.1.1", false),
            // Elsewhere it is the sender, or the content.
            (Stage::Sender, 550, "5.1.1", false),
            (Stage::Data, 550, "5.1.1", false),
            (Stage::Letter, 550, "5.1.1", false),
        ];
        for (stage, code, enhanced, suppresses) in cases {
            let refused = reply(Never, stage, Some(code), enhanced);
            assert_eq!(
                refuses_address(&refused),
                suppresses,
                "{stage:?} {code} {enhanced}"
            );
        }
        let later = reply(NotNow, Stage::Recipient, Some(450), "5.1.1");
        assert!(
            !refuses_address(&later),
            "the basic code beats the enhanced one"
        );
    }
}
