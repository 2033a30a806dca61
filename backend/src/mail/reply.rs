//! What became of one letter, in terms that the delivery engine decides by.
//!
//! A verdict says where the letter stands, never what to do next: retries, breakers and suppression are the
//! engine's. The words are the server's own where it said something; where it did not, they are ours, in
//! plain English, so that an attempt in the log can be read without knowing SMTP.

use std::fmt;

/// Longer answers are cut: they go into a row for each attempt.
const TEXT_LIMIT: usize = 1000;

/// How the hand-over of one letter ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub verdict: Verdict,
    /// The step that decided.
    pub stage: Stage,
    /// The basic code, such as 550. `None` if the server said nothing.
    pub code: Option<u16>,
    /// The enhanced code of RFC 3463, such as `5.1.1`. The basic code beats it where they disagree.
    pub enhanced_code: Option<String>,
    /// The server's words, all lines; or ours, if it said nothing.
    pub text: String,
    /// The connection had carried an accepted letter and was refused now (a 421, or MAIL itself): many servers
    /// limit letters per connection so. A new connection may well take it; the first time is not an attempt.
    pub try_anew: bool,
    /// What the server said was no SMTP, or no answer to what it was asked: the protocol is broken, not the line.
    pub garbled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The server took the responsibility.
    Accepted,
    /// Not now; perhaps later.
    Transient,
    /// Never, as it is.
    Permanent,
    /// The letter was given away whole and no answer came: it may have been accepted.
    Unknown,
    /// Nothing of this letter reached the server: it costs no attempt.
    NotTried,
}

/// The steps of a dialogue, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Lookup,
    Connect,
    Tls,
    Greeting,
    Hello,
    SignIn,
    /// Between letters.
    Idle,
    /// MAIL
    Sender,
    /// RCPT
    Recipient,
    /// DATA
    Data,
    /// The letter and its final dot.
    Letter,
    /// The outbox of the folder transport.
    Folder,
    /// An SMS and the way to its service in one: nothing has been heard from there since it left.
    Request,
}

/// Why no session could be had. It is the server's trouble, not that of any letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub stage: Stage,
    pub text: String,
    pub code: Option<u16>,
}

impl Reply {
    /// A reply in our words, for when the server said nothing.
    pub fn ours(verdict: Verdict, stage: Stage, text: impl Into<String>) -> Self {
        Self {
            verdict,
            stage,
            code: None,
            enhanced_code: None,
            text: readable(&text.into()),
            try_anew: false,
            garbled: false,
        }
    }
}

impl Trouble {
    pub fn new(stage: Stage, code: Option<u16>, text: impl Into<String>) -> Self {
        Self {
            stage,
            code,
            text: readable(&text.into()),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.stage)?;
        if let Some(code) = self.code {
            write!(out, "{code} ")?;
        }
        out.write_str(&self.text)
    }
}

impl std::error::Error for Trouble {}

impl fmt::Display for Stage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Lookup => "looking up the mail server",
            Self::Connect => "connecting",
            Self::Tls => "securing the connection",
            Self::Greeting => "waiting for the greeting",
            Self::Hello => "saying hello",
            Self::SignIn => "signing in",
            Self::Idle => "between letters",
            Self::Sender => "naming the sender",
            Self::Recipient => "naming the recipient",
            Self::Data => "asking to send the letter",
            Self::Letter => "sending the letter",
            Self::Folder => "writing to the outbox",
            Self::Request => "asking the SMS service",
        })
    }
}

/// Cuts to the limit and drops what could disturb a log, a terminal or a page.
pub(super) fn readable(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(TEXT_LIMIT)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bounded_and_harmless() {
        let long = format!("no\r\n\u{1b}[31m\0{}", "ж".repeat(2000));
        let reply = Reply::ours(Verdict::Transient, Stage::Sender, long);
        assert_eq!(reply.text.chars().count(), TEXT_LIMIT);
        assert!(reply.text.starts_with("no[31mж"));
    }

    #[test]
    fn a_trouble_says_at_which_step() {
        let trouble = Trouble::new(Stage::SignIn, Some(535), "wrong password");
        assert_eq!(trouble.to_string(), "signing in: 535 wrong password");
    }
}
