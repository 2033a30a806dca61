//! One connection that carries letter after letter.
//!
//! A letter is an envelope and a body. Where the server offers PIPELINING, MAIL, RCPT and DATA leave in one write and
//! the answers are matched by position (RFC 2920); the envelope of the next letter may leave with the body of this
//! one, in the same write, so that a letter costs one round trip instead of two. Where it does not, or has lost its
//! place too often (`pace`), each command waits for the answer before.
//!
//! The session is in doubt from the first byte of a letter until its last answer has been read: whoever drops
//! a `send` halfway, or meets a timeout, a cut or an answer too many, leaves a session that is not `usable`. Of a
//! letter ahead nothing counts as a try until its body is on its way, except that the server refuses it.

use std::{ptr, sync::Arc};

use tokio::time::Instant;

use super::{
    SmtpServer,
    answer::Answer,
    capabilities::Capabilities,
    envelope::Envelope,
    wire::{Cut, Wire},
};
use crate::mail::{Letter, Reply, Stage, Verdict};

#[derive(Debug)]
pub struct SmtpSession {
    pub(super) server: SmtpServer,
    pub(super) wire: Wire,
    pub(super) capabilities: Capabilities,
    /// Whether the dialogue stands where we believe it stands.
    in_step: bool,
    /// A letter was refused halfway: RSET leads the next one.
    pub(super) needs_reset: bool,
    /// The letter whose envelope has left already and whose answers are not read yet.
    pub(super) ahead: Option<Arc<Letter>>,
    given: usize,
    accepted: usize,
    last_used: Instant,
    /// Kept, so that a letter costs no allocation.
    pub(super) outgoing: Vec<u8>,
}

impl SmtpSession {
    pub(super) fn new(server: SmtpServer, wire: Wire, capabilities: Capabilities) -> Self {
        Self {
            server,
            wire,
            capabilities,
            in_step: true,
            needs_reset: false,
            ahead: None,
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
            // The answers to an envelope that is ahead come when they come.
            && (self.ahead.is_some() || self.wire.silent())
    }

    /// `next` is asked right before the body is written; what it gives must be the next letter given here.
    pub async fn send(
        &mut self,
        letter: &Letter,
        next: impl FnOnce() -> Option<Arc<Letter>>,
    ) -> Reply {
        let ahead = self.ahead.take();
        let is_ahead = ahead.as_deref().is_some_and(|ahead| ptr::eq(ahead, letter));
        // An envelope that is open for one letter must not get another.
        self.in_step &= is_ahead == ahead.is_some();
        if !self.in_step {
            let text = "the connection was not fit for another letter";
            return Reply::ours(Verdict::NotTried, Stage::Idle, text);
        }
        if let Some(reply) = self.too_large(letter) {
            return reply;
        }
        self.in_step = false;
        let (mut reply, in_step) = self.carry(letter, is_ahead, next).await;
        if reply.garbled {
            self.server.stumbled();
        }
        // A server that has had enough of this connection says so at the next letter.
        reply.try_anew = self.accepted > 0
            && matches!(reply.verdict, Verdict::Transient | Verdict::Permanent)
            && (reply.code == Some(421) || reply.stage == Stage::Sender);
        self.in_step = in_step && reply.code != Some(421) && !reply.try_anew;
        self.given += 1;
        self.accepted += usize::from(reply.verdict == Verdict::Accepted);
        self.last_used = Instant::now();
        if !self.in_step {
            self.ahead = None;
        }
        reply
    }

    /// QUIT, if the server would understand it: behind DATA it would be taken for a line of the letter.
    pub async fn close(mut self) {
        if self.in_step && self.ahead.is_none() && self.wire.silent() {
            // Whatever comes back, the connection ends here.
            let _ = self.wire.ask("QUIT", self.server.0.timeouts.quit).await;
        }
    }

    /// Whether one more letter may follow the one that is being carried.
    pub(super) fn has_room_behind(&self) -> bool {
        self.given + 1 < self.server.0.letters_per_connection
    }

    /// The reply, and whether the dialogue is still in step.
    async fn carry(
        &mut self,
        letter: &Letter,
        is_ahead: bool,
        next: impl FnOnce() -> Option<Arc<Letter>>,
    ) -> (Reply, bool) {
        if !is_ahead && let Some(interruption) = self.wire.interruption().await {
            let reply = interrupted(interruption, Verdict::NotTried, Stage::Idle);
            return (reply, false);
        }
        match self.envelope(letter, is_ahead).await {
            Envelope::Settled(reply, in_step) => (reply, in_step),
            Envelope::Open => self.body(letter, is_ahead, next).await,
        }
    }

    pub(super) fn too_large(&self, letter: &Letter) -> Option<Reply> {
        let (size, most) = (letter.bytes.len(), self.capabilities.largest_letter?);
        (size > most).then(|| {
            let text =
                format!("the letter has {size} bytes, and the mail server takes at most {most}");
            Reply::ours(Verdict::Permanent, Stage::Sender, text)
        })
    }
}

pub(super) fn cut_off(cut: &Cut, verdict: Verdict, stage: Stage) -> Reply {
    Reply {
        garbled: *cut == Cut::Garbage,
        ..Reply::ours(verdict, stage, cut.to_string())
    }
}

pub(super) fn out_of_step(verdict: Verdict, stage: Stage) -> Reply {
    let text = "the mail server's answers did not fit what it was asked";
    Reply {
        garbled: true,
        ..Reply::ours(verdict, stage, text)
    }
}

/// The server spoke, or left, when it was not its turn. Its words are worth keeping if it refused; the verdict
/// is ours, since it was not asked about the letter.
pub(super) fn interrupted(
    interruption: Result<Answer, Cut>,
    verdict: Verdict,
    stage: Stage,
) -> Reply {
    match interruption {
        Ok(answer) if answer.refusal().is_some() => Reply {
            garbled: !answer.closes(),
            ..answer.into_reply(verdict, stage)
        },
        Ok(_) => out_of_step(verdict, stage),
        Err(cut) => cut_off(&cut, verdict, stage),
    }
}
