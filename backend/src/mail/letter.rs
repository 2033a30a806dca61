//! Letters: from a subject, a text and an address to the bytes that travel.
//!
//! `lettre` writes the headers and encodes the parts. Every letter is 7-bit clean, whatever its language, so
//! that no server has to offer 8BITMIME; it has one To, and nothing in it is made up here: Message-ID and Date
//! are given, the boundary follows from the Message-ID. The same draft always gives the same bytes.

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use lettre::{
    Message,
    message::{
        MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use sha2::{Digest, Sha256};

use super::address::{AddressError, EnvelopeAddress, Mailbox};

/// With `Subject: ` before it and its wrapping around it, a line stays below 76 characters (RFC 2047 2).
const ENCODED_WORD_BYTES: usize = 39;

/// A letter ready to travel.
#[derive(Clone, Debug)]
pub struct Letter {
    pub envelope_from: EnvelopeAddress,
    pub envelope_to: EnvelopeAddress,
    /// Without the angle brackets.
    pub message_id: String,
    pub date: DateTime<Utc>,
    /// The complete RFC 5322 letter with CRLF line ends, not yet dot-stuffed.
    pub bytes: Vec<u8>,
}

/// What a letter is made of.
#[derive(Clone, Copy, Debug)]
pub struct LetterDraft<'a> {
    pub from: &'a Mailbox,
    pub reply_to: Option<&'a Mailbox>,
    pub to_email: &'a str,
    /// May be empty.
    pub to_name: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    /// Without it the letter is plain text.
    pub html: Option<&'a str>,
    /// With or without angle brackets.
    pub message_id: &'a str,
    pub date: DateTime<Utc>,
}

/// Why a letter cannot be built; trying again makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    #[error("the recipient's address does not work: {0}")]
    Recipient(#[from] AddressError),
    #[error("the subject contains a line break or another control character")]
    Subject,
    #[error("the Message-ID is not one")]
    MessageId,
    #[error("the letter could not be put together: {0}")]
    Building(String),
}

impl LetterDraft<'_> {
    pub fn build(self) -> Result<Letter, LetterError> {
        self.put_together(false)
    }

    /// A letter that answers to nobody's act of writing: no automatic answer shall come back (RFC 3834).
    pub fn build_automatic(self) -> Result<Letter, LetterError> {
        self.put_together(true)
    }

    fn put_together(self, automatic: bool) -> Result<Letter, LetterError> {
        let to = Mailbox::new(self.to_name, self.to_email)?;
        if self.subject.chars().any(char::is_control) {
            return Err(LetterError::Subject);
        }
        let message_id = bare_message_id(self.message_id)?;

        let mut headers = Message::builder()
            .message_id(Some(format!("<{message_id}>")))
            .date(self.date.into())
            .from(self.from.to_lettre())
            .to(to.to_lettre())
            .raw_header(subject_header(self.subject));
        if let Some(reply_to) = self.reply_to {
            headers = headers.reply_to(reply_to.to_lettre());
        }
        if automatic {
            let name = HeaderName::new_from_ascii_str("Auto-Submitted");
            let value = HeaderValue::new(name, "auto-generated".to_owned());
            headers = headers.raw_header(value);
        }
        let text = SinglePart::plain(with_network_line_ends(self.text));
        let message = match self.html {
            None => headers.singlepart(text),
            Some(html) => headers.multipart(
                MultiPart::alternative()
                    .boundary(boundary(message_id, self.text, html))
                    .singlepart(text)
                    .singlepart(SinglePart::html(with_network_line_ends(html))),
            ),
        }
        .map_err(|error| LetterError::Building(error.to_string()))?;

        Ok(Letter {
            envelope_from: self.from.address.clone(),
            envelope_to: to.address,
            message_id: message_id.to_owned(),
            date: self.date,
            bytes: message.formatted(),
        })
    }
}

fn bare_message_id(raw: &str) -> Result<&str, LetterError> {
    let bare = raw
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
        .unwrap_or(raw);
    let fits = bare.len() <= 200
        && bare
            .split_once('@')
            .is_some_and(|(left, right)| !left.is_empty() && !right.is_empty())
        && bare
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'));
    if fits {
        Ok(bare)
    } else {
        Err(LetterError::MessageId)
    }
}

/// lettre folds between words only, so that a word longer than a line would stay longer; and it would let through
/// what merely looks encoded. Both are encoded here.
fn subject_header(subject: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str("Subject");
    let plain = subject.is_ascii()
        && !subject.contains("=?")
        && subject.trim() == subject
        && subject.split(' ').all(|word| word.len() <= 60);
    if plain {
        return HeaderValue::new(name, subject.to_owned());
    }
    let mut encoded = String::with_capacity(subject.len() * 2);
    let mut rest = subject;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.floor_char_boundary(ENCODED_WORD_BYTES));
        let separator = if encoded.is_empty() { "" } else { "\r\n " };
        let word = BASE64_STANDARD.encode(word);
        encoded.push_str(&format!("{separator}=?utf-8?b?{word}?="));
        rest = after;
    }
    HeaderValue::dangerous_new_pre_encoded(name, subject.to_owned(), encoded)
}

/// CRLF for every line end, and no NUL. A bare CR would survive encoding and mean different things to different
/// servers, which is how letters are smuggled; and lettre puts each missing CR in by moving the whole rest of the
/// text, which takes seconds for a long one.
fn with_network_line_ends(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32 + 2);
    let mut rest = text;
    while let Some(end) = rest.find(['\r', '\n', '\0']) {
        out.push_str(&rest[..end]);
        let odd = &rest[end..];
        if !odd.starts_with('\0') {
            out.push_str("\r\n");
        }
        rest = odd.strip_prefix("\r\n").unwrap_or(&odd[1..]);
    }
    out.push_str(rest);
    out
}

/// A line that does not occur in the letter. It follows from the Message-ID, so that no chance is needed.
fn boundary(message_id: &str, text: &str, html: &str) -> String {
    let digest = Sha256::digest(message_id.as_bytes());
    let mut boundary: String = digest[..15]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    while text.contains(&boundary) || html.contains(&boundary) {
        boundary.push('x');
    }
    boundary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_becomes_the_one_of_the_network() {
        let cases = [
            ("", ""),
            ("a", "a"),
            ("a\nб\r\nc\rd", "a\r\nб\r\nc\r\nd"),
            ("\n\r\n\r\r", "\r\n\r\n\r\n\r\n"),
            ("a\0\n\0b", "a\r\nb"),
        ];
        for (written, travels) in cases {
            assert_eq!(with_network_line_ends(written), travels);
        }
    }

    #[test]
    fn a_boundary_does_not_occur_in_the_letter() {
        let usual = boundary("1@golub", "", "");
        assert_eq!(usual.len(), 30);
        let other = boundary("1@golub", &format!("x\n--{usual}--\n"), "");
        assert_ne!(other, usual);
    }

    #[test]
    fn only_a_message_id_is_taken_for_one() {
        assert_eq!(bare_message_id("<1@golub>"), Ok("1@golub"));
        for bad in [
            "",
            "1",
            "@golub",
            "1@",
            "<1@golub",
            "1 2@golub",
            "1@golub\r\nBcc: x",
            "ё@golub",
        ] {
            assert_eq!(bare_message_id(bad), Err(LetterError::MessageId), "{bad}");
        }
    }
}
