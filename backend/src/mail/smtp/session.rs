//! One connection that carries letter after letter.
//!
//! Where the server offers PIPELINING, MAIL, RCPT and DATA leave in one write and the answers are matched by
//! position (RFC 2920); otherwise each waits for the answer before. In both cases the earliest refused command
//! decides what became of the letter, since the refusals after it only say that it was refused.
//!
//! The session is in doubt from the first byte of a letter until its last answer has been read: whoever drops
//! a `send` halfway, or meets a timeout, a cut or an answer too many, leaves a session that is not `usable`.

use tokio::time::Instant;

use super::{
    SmtpServer,
    answer::Answer,
    capabilities::Capabilities,
    dots::write_letter,
    wire::{Cut, Wire},
};
use crate::mail::{Letter, Reply, Stage, Verdict};

#[derive(Debug)]
pub struct SmtpSession {
    server: SmtpServer,
    wire: Wire,
    capabilities: Capabilities,
    /// Whether the dialogue stands where we believe it stands.
    in_step: bool,
    /// A letter was refused halfway: RSET leads the next one.
    needs_reset: bool,
    given: usize,
    accepted: usize,
    last_used: Instant,
    /// Kept, so that a letter costs no allocation.
    outgoing: Vec<u8>,
}

/// The answers to an envelope so far.
#[derive(Default)]
struct Seen {
    /// The earliest one.
    refusal: Option<Reply>,
    recipient_taken: bool,
    /// DATA was answered with 354.
    open: bool,
}

/// What the envelope came to.
enum Envelope {
    /// 354: the server waits for the letter.
    Open,
    Settled(Reply),
}

impl SmtpSession {
    pub(super) fn new(server: SmtpServer, wire: Wire, capabilities: Capabilities) -> Self {
        Self {
            server,
            wire,
            capabilities,
            in_step: true,
            needs_reset: false,
            given: 0,
            accepted: 0,
            last_used: Instant::now(),
            outgoing: Vec::new(),
        }
    }

    pub fn usable(&self) -> bool {
        let settings = &self.server.0;
        self.in_step
            && self.given < settings.letters_per_connection
            && self.last_used.elapsed() < settings.idle_limit
            && self.wire.silent()
    }

    pub async fn send(&mut self, letter: &Letter) -> Reply {
        if !self.in_step {
            let text = "the connection was not fit for another letter";
            return Reply::ours(Verdict::NotTried, Stage::Idle, text);
        }
        if let Some(reply) = self.too_large(letter) {
            return reply;
        }
        self.in_step = false;
        let (mut reply, in_step) = self.carry(letter).await;
        // A server that has had enough of this connection says so at the next letter.
        reply.try_anew = self.accepted > 0
            && matches!(reply.verdict, Verdict::Transient | Verdict::Permanent)
            && (reply.code == Some(421) || reply.stage == Stage::Sender);
        self.in_step = in_step && reply.code != Some(421) && !reply.try_anew;
        self.given += 1;
        self.accepted += usize::from(reply.verdict == Verdict::Accepted);
        self.last_used = Instant::now();
        reply
    }

    /// QUIT, if the server would understand it.
    pub async fn close(mut self) {
        if self.in_step && self.wire.silent() {
            // Whatever comes back, the connection ends here.
            let _ = self.wire.ask("QUIT", self.server.0.timeouts.quit).await;
        }
    }

    /// The reply, and whether the dialogue is still in step.
    async fn carry(&mut self, letter: &Letter) -> (Reply, bool) {
        if let Some(interruption) = self.wire.interruption().await {
            return (
                interrupted(interruption, Verdict::NotTried, Stage::Idle),
                false,
            );
        }
        match self.envelope(letter).await {
            (Envelope::Settled(reply), in_step) => (reply, in_step),
            (Envelope::Open, _) => self.body(letter).await,
        }
    }

    async fn envelope(&mut self, letter: &Letter) -> (Envelope, bool) {
        let commands = self.commands(letter);
        let limits = self.server.0.timeouts.clone();
        let pipelining = self.capabilities.pipelining;
        if pipelining {
            let all: String = commands
                .iter()
                .map(|(_, command)| command.as_str())
                .collect();
            if let Err((_, cut)) = self.wire.write(all.as_bytes(), limits.envelope).await {
                return settled(cut_off(&cut, Verdict::NotTried, Stage::Idle), false);
            }
        }
        let mut seen = Seen::default();
        for (stage, command) in commands {
            // As long as MAIL is not on its way, nothing of the letter is.
            let burnt = match stage {
                Stage::Idle => Verdict::NotTried,
                _ => Verdict::Transient,
            };
            if !pipelining
                && let Err((_, cut)) = self.wire.write(command.as_bytes(), limits.envelope).await
            {
                return settled(cut_off(&cut, burnt, stage), false);
            }
            let limit = match stage {
                Stage::Data => limits.data,
                _ => limits.envelope,
            };
            let answer = match self.wire.answer(limit).await {
                Ok(answer) => answer,
                Err(cut) => return settled(seen.refusal_or(cut_off(&cut, burnt, stage)), false),
            };
            let closes = answer.closes();
            match answer.refusal() {
                Some(_) if stage == Stage::Idle => {
                    return settled(answer.into_reply(burnt, stage), false);
                }
                Some(verdict) => {
                    let reply = answer.into_reply(verdict, stage);
                    if closes {
                        return settled(seen.refusal_or(reply), false);
                    }
                    seen.refusal.get_or_insert(reply);
                }
                None if !seen.fits(stage, &answer) => {
                    return settled(seen.refusal_or(out_of_step(burnt, stage)), false);
                }
                None if stage == Stage::Idle => self.needs_reset = false,
                None => {}
            }
            if seen.refusal.is_some() && !pipelining {
                break;
            }
        }
        self.after_envelope(seen).await
    }

    async fn after_envelope(&mut self, seen: Seen) -> (Envelope, bool) {
        let Some(refusal) = seen.refusal else {
            // DATA has been answered with a refusal or with 354, so it is open.
            return (Envelope::Open, true);
        };
        self.needs_reset = true;
        if !seen.open {
            return settled(refusal, true);
        }
        if seen.recipient_taken {
            // A lone dot would send an empty letter to somebody.
            return settled(refusal, false);
        }
        // The server waits for a letter to nobody: give it an empty one. What it says to that means nothing.
        let limit = self.server.0.timeouts.envelope;
        let written = self.wire.write(b".\r\n", limit).await;
        let in_step = written.is_ok()
            && matches!(self.wire.answer(limit).await, Ok(answer) if !answer.closes());
        settled(refusal, in_step)
    }

    /// The letter and its final dot in one write: apart, the dot would wait for an acknowledgement.
    async fn body(&mut self, letter: &Letter) -> (Reply, bool) {
        let limits = self.server.0.timeouts.clone();
        // An answer too many now would be taken for the answer to the dot.
        if let Some(interruption) = self.wire.interruption().await {
            return (
                interrupted(interruption, Verdict::Transient, Stage::Data),
                false,
            );
        }
        self.outgoing.clear();
        write_letter(&letter.bytes, &mut self.outgoing);
        if let Err((given, cut)) = self.wire.write(&self.outgoing, limits.letter).await {
            if given == self.outgoing.len() {
                return (cut_off(&cut, Verdict::Unknown, Stage::Letter), false);
            }
            // The dot is not out. The server may have said why it would not go on.
            let reply = match self.wire.interruption().await {
                Some(Ok(answer)) => {
                    let verdict = answer.refusal().unwrap_or(Verdict::Transient);
                    interrupted(Ok(answer), verdict, Stage::Letter)
                }
                _ => cut_off(&cut, Verdict::Transient, Stage::Letter),
            };
            return (reply, false);
        }
        let answer = match self.wire.answer(limits.accepted).await {
            Ok(answer) => answer,
            Err(cut) => return (cut_off(&cut, Verdict::Unknown, Stage::Letter), false),
        };
        let verdict = match answer.refusal() {
            Some(refusal) => refusal,
            None if answer.accepts() => Verdict::Accepted,
            None => return (out_of_step(Verdict::Unknown, Stage::Letter), false),
        };
        match self.wire.interruption().await {
            None => (answer.into_reply(verdict, Stage::Letter), true),
            // A server may say goodbye right after its answer.
            Some(Ok(next)) if next.closes() => (answer.into_reply(verdict, Stage::Letter), false),
            Some(Err(Cut::Closed)) => (answer.into_reply(verdict, Stage::Letter), false),
            // Two answers to one letter: nobody knows which is the one.
            Some(_) => (out_of_step(Verdict::Unknown, Stage::Letter), false),
        }
    }

    /// What is written before the letter itself, and the stage that each answer belongs to.
    fn commands(&self, letter: &Letter) -> Vec<(Stage, String)> {
        let mut commands = Vec::with_capacity(4);
        if self.needs_reset {
            commands.push((Stage::Idle, "RSET\r\n".to_owned()));
        }
        let Letter {
            envelope_from,
            envelope_to,
            bytes,
            ..
        } = letter;
        let size = match self.capabilities.size {
            true => format!(" SIZE={}", bytes.len()),
            false => String::new(),
        };
        commands.push((
            Stage::Sender,
            format!("MAIL FROM:<{envelope_from}>{size}\r\n"),
        ));
        commands.push((Stage::Recipient, format!("RCPT TO:<{envelope_to}>\r\n")));
        commands.push((Stage::Data, "DATA\r\n".to_owned()));
        commands
    }

    fn too_large(&self, letter: &Letter) -> Option<Reply> {
        let (size, most) = (letter.bytes.len(), self.capabilities.largest_letter?);
        (size > most).then(|| {
            let text =
                format!("the letter has {size} bytes, and the mail server takes at most {most}");
            Reply::ours(Verdict::Permanent, Stage::Sender, text)
        })
    }
}

impl Seen {
    /// Notes an answer that refuses nothing; false if it cannot be the one to that command.
    fn fits(&mut self, stage: Stage, answer: &Answer) -> bool {
        let fits = match stage {
            Stage::Data => answer.code == 354,
            _ => answer.accepts(),
        };
        self.open |= fits && stage == Stage::Data;
        self.recipient_taken |= fits && stage == Stage::Recipient;
        fits
    }

    fn refusal_or(self, reply: Reply) -> Reply {
        self.refusal.unwrap_or(reply)
    }
}

fn settled(reply: Reply, in_step: bool) -> (Envelope, bool) {
    (Envelope::Settled(reply), in_step)
}

fn cut_off(cut: &Cut, verdict: Verdict, stage: Stage) -> Reply {
    Reply::ours(verdict, stage, cut.to_string())
}

fn out_of_step(verdict: Verdict, stage: Stage) -> Reply {
    let text = "the mail server's answers did not fit what it was asked";
    Reply::ours(verdict, stage, text)
}

/// The server spoke, or left, when it was not its turn. Its words are worth keeping if it refused; the verdict
/// is ours, since it was not asked about the letter.
fn interrupted(interruption: Result<Answer, Cut>, verdict: Verdict, stage: Stage) -> Reply {
    match interruption {
        Ok(answer) if answer.refusal().is_some() => answer.into_reply(verdict, stage),
        Ok(_) => out_of_step(verdict, stage),
        Err(cut) => cut_off(&cut, verdict, stage),
    }
}
