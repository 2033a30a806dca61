//! Answers and commands over a stream, each within its time.
//!
//! Every wait has a limit, and the limit is for the whole answer: a server that says a letter a second gains
//! nothing. After a `Cut` the dialogue's position is not known any more, and the wire must not be used again.

use std::{fmt, io, time::Duration};

use tokio::time::timeout;

use super::{
    answer::{Answer, Garbage, Heard},
    stream::Stream,
};

/// How long to listen to a server that has begun to speak out of turn.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How a dialogue broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    Closed,
    TimedOut(Duration),
    Garbage,
    Broken(String),
}

#[derive(Debug)]
pub(super) struct Wire {
    stream: Stream,
    /// What was read and not yet taken as an answer.
    unread: Vec<u8>,
}

impl Wire {
    pub fn new(stream: Stream) -> Self {
        Self {
            stream,
            unread: Vec::with_capacity(1024),
        }
    }

    pub fn stream(&self) -> &Stream {
        &self.stream
    }

    /// Gives the stream away to be secured. What the server said before TLS, and was not asked for, could have
    /// been put there by anyone on the way: then there is no stream.
    pub fn into_clean_stream(self) -> Option<Stream> {
        (self.unread.is_empty() && self.stream.silent()).then_some(self.stream)
    }

    /// The next answer.
    pub async fn answer(&mut self, limit: Duration) -> Result<Answer, Cut> {
        let heard = self.listen(limit).await?;
        Ok(self.take(heard))
    }

    /// The next answer, if it is another than the expected one: most answers say nothing but yes.
    pub async fn answer_unless(
        &mut self,
        expected: impl Fn(u16) -> bool,
        limit: Duration,
    ) -> Result<Option<Answer>, Cut> {
        let heard = self.listen(limit).await?;
        if expected(heard.code) {
            self.unread.drain(..heard.length);
            return Ok(None);
        }
        Ok(Some(self.take(heard)))
    }

    /// Whether more was read than was taken.
    pub fn has_more(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Writes all of it, in one write where the socket takes it. On failure says how much was given away.
    pub async fn write(&mut self, bytes: &[u8], limit: Duration) -> Result<(), (usize, Cut)> {
        let mut given = 0;
        let write_all = async {
            while given < bytes.len() {
                match self.stream.write(&bytes[given..]).await? {
                    0 => return Err(io::ErrorKind::WriteZero.into()),
                    count => given += count,
                }
            }
            self.stream.flush().await
        };
        let cut = match timeout(limit, write_all).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => Cut::from(error),
            Err(_) => Cut::TimedOut(limit),
        };
        Err((given, cut))
    }

    /// Writes a command and reads its answer.
    pub async fn ask(&mut self, command: &str, limit: Duration) -> Result<Answer, Cut> {
        let line = format!("{command}\r\n");
        self.write(line.as_bytes(), limit)
            .await
            .map_err(|(_, cut)| cut)?;
        self.answer(limit).await
    }

    /// Whether the server has said nothing that was not yet taken.
    pub fn silent(&self) -> bool {
        self.unread.is_empty() && self.stream.silent()
    }

    /// What has arrived without being asked for: an answer too many, or the end. `None` if all is silent.
    pub async fn interruption(&mut self) -> Option<Result<Answer, Cut>> {
        if self.silent() {
            return None;
        }
        match self.answer(LAST_WORDS).await {
            // TLS talked to itself, as it may when it gives out a ticket.
            Err(Cut::TimedOut(_)) if self.unread.is_empty() => None,
            said => Some(said),
        }
    }

    /// Waits until an answer lies complete in `unread`. Of answers that came together only the first has waited.
    async fn listen(&mut self, limit: Duration) -> Result<Heard, Cut> {
        if let Some(heard) = Heard::in_bytes(&self.unread)? {
            return Ok(heard);
        }
        let reading = async {
            loop {
                if self.stream.read_into(&mut self.unread).await? == 0 {
                    return Err(Cut::Closed);
                }
                if let Some(heard) = Heard::in_bytes(&self.unread)? {
                    return Ok(heard);
                }
            }
        };
        timeout(limit, reading)
            .await
            .unwrap_or(Err(Cut::TimedOut(limit)))
    }

    fn take(&mut self, heard: Heard) -> Answer {
        let answer = Answer::read(heard.code, &self.unread[..heard.length]);
        self.unread.drain(..heard.length);
        answer
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => out.write_str("the connection was closed before an answer"),
            Self::TimedOut(limit) => write!(
                out,
                "the mail server did not answer within {}",
                humantime(*limit)
            ),
            Self::Garbage => out.write_str("the mail server answered something that is not SMTP"),
            Self::Broken(why) => write!(out, "the connection broke: {why}"),
        }
    }
}

impl From<io::Error> for Cut {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl From<Garbage> for Cut {
    fn from(_: Garbage) -> Self {
        Self::Garbage
    }
}

/// `30 s`, `200 ms`
fn humantime(limit: Duration) -> String {
    match limit.subsec_millis() {
        0 => format!("{} s", limit.as_secs()),
        _ => format!("{} ms", limit.as_millis()),
    }
}
