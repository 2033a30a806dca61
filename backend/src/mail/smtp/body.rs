//! The letter between 354 and the answer to its final dot.

use std::sync::Arc;

use super::{
    dots::write_letter,
    pace::Pace,
    session::{SmtpSession, cut_off, interrupted, out_of_step},
    wire::Cut,
};
use crate::mail::{Letter, Reply, Stage, Verdict};

/// How servers answer MAIL, and none a letter (RFC 3463 3.2: the status of an address).
const SENDER_OK: &str = "2.1.0";

impl SmtpSession {
    /// The letter and its final dot in one write: apart, the dot would wait for an acknowledgement. Behind the dot,
    /// the envelope of the next letter.
    pub(super) async fn body(
        &mut self,
        letter: &Letter,
        is_ahead: bool,
        next: impl FnOnce() -> Option<Arc<Letter>>,
    ) -> (Reply, bool) {
        let (limit, answer_limit) = {
            let limits = &self.server.0.timeouts;
            (limits.letter, limits.accepted)
        };
        // Until the dot is given away, a cut costs a letter one attempt, and one that was ahead none.
        let burnt = match is_ahead {
            true => Verdict::NotTried,
            false => Verdict::Transient,
        };
        // An answer too many now would be taken for the answer to the dot.
        if let Some(interruption) = self.wire.interruption().await {
            return (interrupted(interruption, burnt, Stage::Data), false);
        }
        self.outgoing.clear();
        write_letter(&letter.bytes, &mut self.outgoing);
        let behind_dot = self.outgoing.len();
        let ahead = self.ask_for(next);
        if let Some(next) = &ahead {
            self.write_envelope_ahead(next);
        }
        if let Err((given, cut)) = self.wire.write(&self.outgoing, limit).await {
            if given >= behind_dot {
                return (cut_off(&cut, Verdict::Unknown, Stage::Letter), false);
            }
            // The dot is not out. The server may have said why it would not go on.
            let reply = match self.wire.interruption().await {
                Some(Ok(answer)) if answer.refusal().is_some() => {
                    let verdict = answer.refusal().filter(|_| !answer.closes());
                    answer.into_reply(verdict.unwrap_or(burnt), Stage::Letter)
                }
                Some(Ok(_)) => out_of_step(burnt, Stage::Letter),
                _ => cut_off(&cut, burnt, Stage::Letter),
            };
            return (reply, false);
        }
        let answer = match self.wire.answer(answer_limit).await {
            Ok(answer) => answer,
            Err(cut) => return (cut_off(&cut, Verdict::Unknown, Stage::Letter), false),
        };
        let verdict = match answer.refusal() {
            Some(refusal) => refusal,
            None if answer.accepts() => Verdict::Accepted,
            None => return (out_of_step(Verdict::Unknown, Stage::Letter), false),
        };
        let reply = answer.into_reply(verdict, Stage::Letter);
        if ahead.is_some() {
            if verdict == Verdict::Accepted && reply.enhanced_code.as_deref() == Some(SENDER_OK) {
                // The dot got no answer, and this is the one to the MAIL behind it.
                return (out_of_step(Verdict::Unknown, Stage::Letter), false);
            }
            // What follows is for the next letter.
            self.ahead = ahead;
            return (reply, true);
        }
        if !self.wire.has_more() {
            return (reply, true);
        }
        match self.wire.interruption().await {
            None => (reply, true),
            // A server may say goodbye right after its answer.
            Some(Ok(next)) if next.closes() => (reply, false),
            Some(Err(Cut::Closed)) => (reply, false),
            // Two answers to one letter: nobody knows which is the one.
            Some(_) => (out_of_step(Verdict::Unknown, Stage::Letter), false),
        }
    }

    /// The next letter, if its envelope may travel with this body. One that is too large gets its reply in its turn.
    fn ask_for(&self, next: impl FnOnce() -> Option<Arc<Letter>>) -> Option<Arc<Letter>> {
        let may = self.has_room_behind() && self.pipelines(Pace::Ahead);
        let next = may.then(next).flatten()?;
        self.too_large(&next).is_none().then_some(next)
    }
}
