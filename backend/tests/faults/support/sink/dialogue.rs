//! One connection: commands in, answers out, a whole group of them at once where they were pipelined.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::thread;

use super::{Accepted, Act, Moment, Shared, Stage};

/// What a line without an end is made of.
const MORE: [u8; 4_096] = [b'x'; 4_096];

struct Dialogue<'a> {
    shared: &'a Shared,
    lines: BufReader<TcpStream>,
    /// Answers that have not left yet.
    answers: Vec<u8>,
    letters: usize,
    has_sender: bool,
    recipient: String,
}

/// Talks until either side has enough.
pub fn hold(stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut dialogue = Dialogue {
        shared,
        lines: BufReader::with_capacity(64 * 1_024, stream),
        answers: Vec::new(),
        letters: 0,
        has_sender: false,
        recipient: String::new(),
    };
    let mut goes_on = dialogue
        .answer(Stage::Greeting, b"220 sink.example ESMTP\r\n")?
        .is_some();
    let mut line = Vec::new();
    while goes_on {
        dialogue.flush_when_idle()?;
        line.clear();
        if dialogue.lines.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        goes_on = dialogue.command(&line)?;
    }
    Ok(())
}

impl Dialogue<'_> {
    /// Answers one command. Says whether the dialogue goes on.
    fn command(&mut self, line: &[u8]) -> io::Result<bool> {
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_slice() {
            b"EHLO" => {
                let offers =
                    b"250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n";
                Ok(self.answer(Stage::Hello, offers)?.is_some())
            }
            b"HELO" => Ok(self
                .answer(Stage::Hello, b"250 sink.example\r\n")?
                .is_some()),
            b"MAIL" => {
                self.recipient.clear();
                let taken = self.answer(Stage::Mail, b"250 2.1.0 Ok\r\n")?;
                self.has_sender = taken == Some(true);
                Ok(taken.is_some())
            }
            b"RCPT" if !self.has_sender => self.plainly(b"503 5.5.1 MAIL first\r\n"),
            b"RCPT" => {
                let line = String::from_utf8_lossy(line);
                self.recipient = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                let taken = self.answer(Stage::Rcpt, b"250 2.1.5 Ok\r\n")?;
                if taken != Some(true) {
                    self.recipient.clear();
                }
                Ok(taken.is_some())
            }
            b"DATA" if self.recipient.is_empty() => {
                self.plainly(b"554 5.5.1 no valid recipients\r\n")
            }
            b"DATA" => match self.answer(Stage::Data, b"354 Go on\r\n")? {
                Some(true) => {
                    self.flush()?;
                    self.letter()
                }
                other => Ok(other.is_some()),
            },
            b"RSET" => {
                self.has_sender = false;
                self.recipient.clear();
                self.plainly(b"250 2.0.0 Ok\r\n")
            }
            b"QUIT" => {
                self.plainly(b"221 2.0.0 Bye\r\n")?;
                self.flush()?;
                Ok(false)
            }
            b"NOOP" => self.plainly(b"250 2.0.0 Ok\r\n"),
            _ => self.plainly(b"500 5.5.2 what?\r\n"),
        }
    }

    /// Reads a letter to its dot, decides about it and answers.
    fn letter(&mut self) -> io::Result<bool> {
        let letter = self.read_letter()?;
        let Some(letter) = letter else {
            return Ok(false);
        };
        // It is in our hands before anybody hears so.
        let act = self.shared.take(&self.moment(Stage::Dot), letter);
        self.letters += 1;
        self.has_sender = false;
        let goes_on = self.perform(act, b"250 2.0.0 Kept\r\n")?.is_some();
        self.recipient.clear();
        Ok(goes_on)
    }

    /// None when the connection ends before the letter does.
    fn read_letter(&mut self) -> io::Result<Option<Accepted>> {
        let (mut delivery_id, mut run_id, mut to) = (0, 0, String::new());
        let mut in_head = true;
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.lines.read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            if line == b".\r\n" {
                let recipient = self.recipient.clone();
                return Ok(Some(Accepted {
                    delivery_id,
                    run_id,
                    recipient,
                    to,
                }));
            }
            in_head = in_head && line != b"\r\n";
            if !in_head {
                continue;
            }
            let text = String::from_utf8_lossy(&line);
            if let Some(id) = header(&text, "message-id") {
                // It is made of the run, the delivery and when the run started.
                let mut numbers = id.trim_start_matches('<').split('.');
                run_id = numbers.next().and_then(|id| id.parse().ok()).unwrap_or(0);
                delivery_id = numbers.next().and_then(|id| id.parse().ok()).unwrap_or(0);
            }
            // A long name before the address puts it on a line of its own.
            if header(&text, "to").is_some() || text.starts_with(' ') && to.is_empty() {
                to = text.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            }
        }
    }

    fn act(&self, stage: Stage) -> Act {
        self.shared.act(&self.moment(stage))
    }

    fn moment(&self, stage: Stage) -> Moment<'_> {
        Moment {
            stage,
            letter: self.letters,
            recipient: &self.recipient,
        }
    }

    /// Answers well, or otherwise as it was told to. Says whether what was asked for was granted; none when the
    /// dialogue is over.
    fn answer(&mut self, stage: Stage, well: &[u8]) -> io::Result<Option<bool>> {
        let act = self.act(stage);
        self.perform(act, well)
    }

    fn perform(&mut self, act: Act, well: &[u8]) -> io::Result<Option<bool>> {
        match act {
            Act::Well => {
                self.answers.extend_from_slice(well);
                Ok(Some(true))
            }
            Act::Say(words) => {
                self.answers.extend_from_slice(&words);
                Ok(Some(words.starts_with(&well[..1])))
            }
            Act::SayAndClose(words) => {
                self.answers.extend_from_slice(&words);
                self.flush()?;
                Ok(None)
            }
            Act::Close | Act::AcceptAndClose => {
                self.flush()?;
                Ok(None)
            }
            Act::Hang | Act::AcceptAndHang => {
                self.flush()?;
                self.listen_to_the_end()
            }
            Act::Drip(pause) => {
                self.flush()?;
                for byte in well {
                    thread::sleep(pause);
                    self.lines.get_mut().write_all(&[*byte])?;
                }
                Ok(Some(true))
            }
            Act::Endless => {
                self.flush()?;
                self.lines.get_mut().write_all(&well[..3])?;
                loop {
                    self.lines.get_mut().write_all(&MORE)?;
                }
            }
        }
    }

    fn listen_to_the_end(&mut self) -> io::Result<Option<bool>> {
        let mut heard = [0; 4_096];
        while self.lines.read(&mut heard)? > 0 {}
        Ok(None)
    }

    fn plainly(&mut self, words: &[u8]) -> io::Result<bool> {
        self.answers.extend_from_slice(words);
        Ok(true)
    }

    /// Sends the answers when nothing more of a pipelined group is here.
    fn flush_when_idle(&mut self) -> io::Result<()> {
        if self.lines.buffer().is_empty() {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.answers.is_empty() {
            self.lines.get_mut().write_all(&self.answers)?;
            self.answers.clear();
        }
        Ok(())
    }
}

fn header<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (found, value) = line.split_once(':')?;
    found.eq_ignore_ascii_case(name).then(|| value.trim())
}
