//! What the server says: one answer, of one line or many, parsed strictly.
//!
//! A server may be broken or hostile, so that the length of a line, the number of lines and the whole are
//! bounded, and whatever is not an answer of RFC 5321 4.2 ends the dialogue instead of being guessed at: an
//! answer misread would be taken for that to another letter.

use crate::mail::reply::{Reply, Stage, Verdict, readable};

const LINE_LIMIT: usize = 4096;
const LINES_LIMIT: usize = 100;
/// The whole answer. It also bounds the work of parsing again as an answer trickles in.
pub(super) const ANSWER_LIMIT: usize = 16 * 1024;

/// One complete answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub code: u16,
    /// The text of each line, without the codes.
    pub lines: Vec<String>,
}

/// Something that is not SMTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Garbage;

/// An answer that lies complete at the beginning of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    pub code: u16,
    /// How many bytes it takes.
    pub length: usize,
}

impl Heard {
    /// Finds the answer at the beginning of `bytes`, or `None` if it is not complete yet. Allocates nothing.
    pub fn in_bytes(bytes: &[u8]) -> Result<Option<Self>, Garbage> {
        let mut lines = 0;
        let mut code = None;
        let mut read = 0;
        loop {
            let rest = &bytes[read..];
            let Some(end) = memchr::memchr(b'\n', rest) else {
                let too_long = rest.len() > LINE_LIMIT || bytes.len() > ANSWER_LIMIT;
                // What cannot become an answer is not waited for.
                return if too_long || !could_begin(rest) {
                    Err(Garbage)
                } else {
                    Ok(None)
                };
            };
            read += end + 1;
            if end > LINE_LIMIT || read > ANSWER_LIMIT || lines == LINES_LIMIT {
                return Err(Garbage);
            }
            let line = Line::parse(without_cr(&rest[..end]))?;
            if *code.get_or_insert(line.code) != line.code {
                return Err(Garbage);
            }
            lines += 1;
            if line.last {
                let (code, length) = (line.code, read);
                return Ok(Some(Self { code, length }));
            }
        }
    }
}

impl Answer {
    /// Of the bytes in which it was heard.
    pub fn read(code: u16, bytes: &[u8]) -> Self {
        let lines = bytes.split(|&byte| byte == b'\n');
        let lines = lines.map(|line| Line::parse(without_cr(line)));
        let lines = lines
            .filter_map(Result::ok)
            .map(|line| String::from_utf8_lossy(line.text).trim().to_owned());
        Self {
            code,
            lines: lines.collect(),
        }
    }

    pub fn accepts(&self) -> bool {
        (200..300).contains(&self.code)
    }

    /// The verdict of a refusal; `None` if it is none.
    pub fn refusal(&self) -> Option<Verdict> {
        match self.code {
            400..500 => Some(Verdict::Transient),
            500..600 => Some(Verdict::Permanent),
            _ => None,
        }
    }

    /// "Service not available, closing": whatever comes next, this connection is over.
    pub fn closes(&self) -> bool {
        self.code == 421
    }

    pub fn text(&self) -> String {
        match &*self.lines {
            [line] => readable(line),
            lines => readable(&lines.join(" ")),
        }
    }

    pub fn into_reply(self, verdict: Verdict, stage: Stage) -> Reply {
        Reply {
            verdict,
            stage,
            code: Some(self.code),
            enhanced_code: self.lines.first().and_then(|line| enhanced_code(line)),
            text: self.text(),
            try_anew: false,
            garbled: false,
        }
    }
}

struct Line<'a> {
    code: u16,
    last: bool,
    text: &'a [u8],
}

impl<'a> Line<'a> {
    fn parse(line: &'a [u8]) -> Result<Self, Garbage> {
        let [
            first @ b'2'..=b'5',
            second @ b'0'..=b'9',
            third @ b'0'..=b'9',
            rest @ ..,
        ] = line
        else {
            return Err(Garbage);
        };
        let (last, text) = match rest {
            [] => (true, rest),
            [b' ', text @ ..] => (true, text),
            [b'-', text @ ..] => (false, text),
            _ => return Err(Garbage),
        };
        let digit = |byte: &u8| u16::from(byte - b'0');
        Ok(Self {
            code: digit(first) * 100 + digit(second) * 10 + digit(third),
            last,
            text,
        })
    }
}

fn without_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn could_begin(line: &[u8]) -> bool {
    let fits = |(index, byte): (usize, &u8)| match index {
        0 => matches!(byte, b'2'..=b'5'),
        1 | 2 => byte.is_ascii_digit(),
        _ => matches!(byte, b' ' | b'-' | b'\r'),
    };
    line.iter().take(4).enumerate().all(fits)
}

/// The code of RFC 3463 at the beginning of a line: `5.1.1`.
fn enhanced_code(line: &str) -> Option<String> {
    let word = line.split_whitespace().next()?;
    let mut parts = word.split('.');
    let class = parts.next()?;
    let number =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let fits = matches!(class, "2" | "4" | "5")
        && parts.next().is_some_and(number)
        && parts.next().is_some_and(number)
        && parts.next().is_none();
    fits.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: &str) -> Answer {
        let heard = Heard::in_bytes(bytes.as_bytes()).unwrap().unwrap();
        assert_eq!(heard.length, bytes.len());
        Answer::read(heard.code, bytes.as_bytes())
    }

    #[test]
    fn answers_of_one_line_and_of_many() {
        let reply =
            whole("550 5.1.1 No such user\r\n").into_reply(Verdict::Permanent, Stage::Recipient);
        assert_eq!(reply.code, Some(550));
        assert_eq!(reply.enhanced_code.as_deref(), Some("5.1.1"));
        assert_eq!(reply.text, "5.1.1 No such user");

        let many = whole("250-mail.example.org\r\n250-PIPELINING\r\n250 SIZE 1000\r\n");
        assert_eq!(many.lines, ["mail.example.org", "PIPELINING", "SIZE 1000"]);
        assert_eq!(many.text(), "mail.example.org PIPELINING SIZE 1000");
        assert_eq!(whole("250\r\n").lines, [""]);
        assert_eq!(whole("250 ok\n").code, 250);
    }

    #[test]
    fn an_answer_is_complete_at_its_last_line_and_not_before() {
        let all = b"451-4.3.0 try\r\n451 later\r\n250 ok\r\n";
        for end in 0.."451-4.3.0 try\r\n451 later\r\n".len() {
            assert_eq!(Heard::in_bytes(&all[..end]), Ok(None), "{end}");
        }
        let heard = Heard::in_bytes(all).unwrap().unwrap();
        assert_eq!(
            (heard.code, &all[heard.length..]),
            (451, &b"250 ok\r\n"[..])
        );
    }

    #[test]
    fn what_is_not_smtp_is_not_guessed_at() {
        for bad in [
            "HTTP/1.1 400 Bad Request\r\n",
            "99 small\r\n",
            "150 too early\r\n",
            "650 too large\r\n",
            "2500 too long\r\n",
            "250-one\r\n550 another\r\n",
            "\r\n",
            "SSH-2.0",
        ] {
            assert_eq!(Heard::in_bytes(bad.as_bytes()), Err(Garbage), "{bad}");
        }
    }

    #[test]
    fn no_answer_is_endless() {
        let long_line = format!("250 {}", "x".repeat(LINE_LIMIT));
        assert_eq!(Heard::in_bytes(long_line.as_bytes()), Err(Garbage));
        assert_eq!(
            Heard::in_bytes(format!("{long_line}\r\n").as_bytes()),
            Err(Garbage)
        );
        assert_eq!(
            Heard::in_bytes("250-x\r\n".repeat(101).as_bytes()),
            Err(Garbage)
        );
        let wide = format!("250-{}\r\n", "x".repeat(4000)).repeat(5);
        assert_eq!(Heard::in_bytes(wide.as_bytes()), Err(Garbage));
    }

    #[test]
    fn enhanced_codes_are_told_from_other_numbers() {
        let code = |line: &str| enhanced_code(line);
        assert_eq!(code("4.7.25 wait").as_deref(), Some("4.7.25"));
        for none in [
            "3.1.1 x",
            "5.1 x",
            "5.1.1.1 x",
            "192.0.2 x",
            "5.1.1234",
            "ok",
            "",
        ] {
            assert_eq!(code(none), None, "{none}");
        }
    }
}
