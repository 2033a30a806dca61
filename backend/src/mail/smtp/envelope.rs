//! MAIL, RCPT and DATA, and what their answers come to.
//!
//! The earliest refused command decides what became of the letter, since the refusals after it only say that it was
//! refused. An open DATA must be ended: with a lone dot where nobody would get it, else by closing.

use std::io::Write as _;

use super::{
    pace::Pace,
    session::{SmtpSession, cut_off, out_of_step},
    wire::Cut,
};
use crate::mail::{Letter, Reply, Stage, Verdict};

/// RSET leads where it is needed.
const STEPS: [Stage; 4] = [Stage::Idle, Stage::Sender, Stage::Recipient, Stage::Data];

/// What the envelope came to.
pub(super) enum Envelope {
    /// 354: the server waits for the letter.
    Open,
    /// The reply, and whether the dialogue is still in step.
    Settled(Reply, bool),
}

/// The answers so far.
#[derive(Default)]
struct Seen {
    /// The earliest one.
    refusal: Option<Reply>,
    recipient_taken: bool,
    /// DATA was answered with 354.
    open: bool,
}

impl SmtpSession {
    /// Writes the envelope, unless it is ahead and has left already, and reads its answers.
    pub(super) async fn envelope(&mut self, letter: &Letter, is_ahead: bool) -> Envelope {
        let (limit, data_limit) = {
            let limits = &self.server.0.timeouts;
            (limits.envelope, limits.data)
        };
        let at_once = is_ahead || self.pipelines(Pace::Letter);
        let steps = &STEPS[usize::from(!self.needs_reset)..];
        if at_once && !is_ahead {
            self.outgoing.clear();
            for &stage in steps {
                command(stage, letter, self.capabilities.size, &mut self.outgoing);
            }
            if let Err((_, cut)) = self.wire.write(&self.outgoing, limit).await {
                return Envelope::Settled(cut_off(&cut, Verdict::NotTried, Stage::Idle), false);
            }
        }
        let mut seen = Seen::default();
        for &stage in steps {
            // As long as MAIL is not on its way, nothing of the letter is; and of one that is ahead nothing counts.
            let burnt = match stage {
                Stage::Idle => Verdict::NotTried,
                _ if is_ahead => Verdict::NotTried,
                _ => Verdict::Transient,
            };
            if !at_once {
                self.outgoing.clear();
                command(stage, letter, self.capabilities.size, &mut self.outgoing);
                if let Err((_, cut)) = self.wire.write(&self.outgoing, limit).await {
                    return Envelope::Settled(cut_off(&cut, burnt, stage), false);
                }
            }
            let limit = if stage == Stage::Data {
                data_limit
            } else {
                limit
            };
            let expected = |code| match stage {
                Stage::Data => code == 354,
                _ => (200..300).contains(&code),
            };
            let answer = match self.wire.answer_unless(expected, limit).await {
                Ok(Some(answer)) => answer,
                Ok(None) => {
                    seen.yes(stage);
                    self.needs_reset &= stage != Stage::Idle;
                    continue;
                }
                Err(cut) => {
                    if is_ahead && stage == Stage::Sender && matches!(cut, Cut::TimedOut(_)) {
                        // Some servers throw away what stands behind a letter's dot.
                        self.server.stumbled();
                    }
                    return Envelope::Settled(seen.refusal_or(cut_off(&cut, burnt, stage)), false);
                }
            };
            let closes = answer.closes();
            match answer.refusal() {
                Some(_) if stage == Stage::Idle || (closes && is_ahead) => {
                    return Envelope::Settled(
                        seen.refusal_or(answer.into_reply(burnt, stage)),
                        false,
                    );
                }
                Some(verdict) => {
                    let reply = answer.into_reply(verdict, stage);
                    if closes {
                        return Envelope::Settled(seen.refusal_or(reply), false);
                    }
                    seen.refusal.get_or_insert(reply);
                }
                // Behind a body, the position of a refusal is known only if all the others fit too.
                None if is_ahead => {
                    return Envelope::Settled(out_of_step(burnt, stage), false);
                }
                None => {
                    return Envelope::Settled(seen.refusal_or(out_of_step(burnt, stage)), false);
                }
            }
            if seen.refusal.is_some() && !at_once {
                break;
            }
        }
        self.after_answers(seen, is_ahead).await
    }

    async fn after_answers(&mut self, seen: Seen, is_ahead: bool) -> Envelope {
        let Some(refusal) = seen.refusal else {
            // DATA has been answered with a refusal or with 354, so it is open.
            return Envelope::Open;
        };
        self.needs_reset = true;
        if is_ahead && self.wire.has_more() {
            return Envelope::Settled(out_of_step(Verdict::NotTried, Stage::Data), false);
        }
        if !seen.open {
            return Envelope::Settled(refusal, true);
        }
        if seen.recipient_taken {
            // A lone dot would send an empty letter to somebody.
            return Envelope::Settled(refusal, false);
        }
        // The server waits for a letter to nobody: give it an empty one. What it says to that means nothing.
        let limit = self.server.0.timeouts.envelope;
        let written = self.wire.write(b".\r\n", limit).await;
        let in_step = written.is_ok()
            && matches!(self.wire.answer(limit).await, Ok(answer) if !answer.closes());
        Envelope::Settled(refusal, in_step)
    }

    /// Appends an envelope that travels behind a body; after a body nothing needs to be reset.
    pub(super) fn write_envelope_ahead(&mut self, letter: &Letter) {
        for &stage in &STEPS[1..] {
            command(stage, letter, self.capabilities.size, &mut self.outgoing);
        }
    }

    /// Whether the server offers pipelining and is trusted with so much of it.
    pub(super) fn pipelines(&self, pace: Pace) -> bool {
        self.capabilities.pipelining && self.server.pace() >= pace
    }
}

impl Seen {
    fn yes(&mut self, stage: Stage) {
        self.open |= stage == Stage::Data;
        self.recipient_taken |= stage == Stage::Recipient;
    }

    fn refusal_or(self, reply: Reply) -> Reply {
        self.refusal.unwrap_or(reply)
    }
}

/// Appends the command of one step.
fn command(stage: Stage, letter: &Letter, with_size: bool, out: &mut Vec<u8>) {
    let Letter {
        envelope_from,
        envelope_to,
        bytes,
        ..
    } = letter;
    // A Vec takes whatever is written into it.
    let _ = match stage {
        Stage::Idle => out.write_all(b"RSET\r\n"),
        Stage::Sender if with_size => {
            let size = bytes.len();
            write!(out, "MAIL FROM:<{envelope_from}> SIZE={size}\r\n")
        }
        Stage::Sender => write!(out, "MAIL FROM:<{envelope_from}>\r\n"),
        Stage::Recipient => write!(out, "RCPT TO:<{envelope_to}>\r\n"),
        _ => out.write_all(b"DATA\r\n"),
    };
}
