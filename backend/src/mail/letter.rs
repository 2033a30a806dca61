//! Letters: from a subject, a text and an address to the bytes that travel.
//!
//! Written by ourselves, in one pass into one buffer: a sender makes thousands a second, and a general builder costs
//! as much as all the rest. Every letter is 7-bit clean, whatever its language, so that no server has to offer
//! 8BITMIME; it has one To, and nothing in it is made up here: Message-ID and Date are given, the boundary follows
//! from the Message-ID. The same draft always gives the same bytes. `headers` and `parts` know how each piece travels.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{
    address::{AddressError, EnvelopeAddress, Mailbox},
    headers,
    parts::Part,
};

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

/// How whoever gets a mailing's letter gets no more of them (RFC 2369, RFC 8058).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsubscribe {
    /// ASCII without spaces.
    pub url: String,
    /// A POST to the URL alone is enough. Only for https (RFC 8058 3.1).
    pub one_click: bool,
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
    #[error("the address for unsubscribing is not one")]
    Unsubscribe,
}

/// What headers a letter has for its purpose.
#[derive(Clone, Copy)]
enum Purpose<'a> {
    Personal,
    Automatic,
    Mailing(&'a Unsubscribe),
}

impl LetterDraft<'_> {
    pub fn build(self) -> Result<Letter, LetterError> {
        self.put_together(Purpose::Personal)
    }

    /// A letter that answers to nobody's act of writing: no automatic answer shall come back (RFC 3834).
    pub fn build_automatic(self) -> Result<Letter, LetterError> {
        self.put_together(Purpose::Automatic)
    }

    /// A letter of a mailing, with the way out of it.
    pub fn build_for_mailing(self, unsubscribe: &Unsubscribe) -> Result<Letter, LetterError> {
        self.put_together(Purpose::Mailing(unsubscribe))
    }

    fn put_together(self, purpose: Purpose<'_>) -> Result<Letter, LetterError> {
        let to = Mailbox::new(self.to_name, self.to_email)?;
        if self.subject.chars().any(char::is_control) {
            return Err(LetterError::Subject);
        }
        let message_id = bare_message_id(self.message_id)?;
        let text = Part::new(self.text);
        let html = self.html.map(Part::new);

        let room = text.room() + html.as_ref().map_or(0, Part::room) + self.subject.len() * 2;
        let mut bytes = Vec::with_capacity(room + 1024);
        headers::line(&mut bytes, "Message-ID", &format!("<{message_id}>"));
        headers::date(&mut bytes, self.date);
        headers::mailbox(&mut bytes, "From", self.from);
        if let Some(reply_to) = self.reply_to {
            headers::mailbox(&mut bytes, "Reply-To", reply_to);
        }
        headers::mailbox(&mut bytes, "To", &to);
        headers::subject(&mut bytes, self.subject);
        match purpose {
            Purpose::Personal => {}
            Purpose::Automatic => headers::line(&mut bytes, "Auto-Submitted", "auto-generated"),
            Purpose::Mailing(unsubscribe) => unsubscribe.write(&mut bytes)?,
        }
        headers::line(&mut bytes, "MIME-Version", "1.0");
        match html {
            None => text.write("text/plain", &mut bytes),
            Some(html) => alternative(
                &boundary(message_id, &text, &html),
                &text,
                &html,
                &mut bytes,
            ),
        }
        Ok(Letter {
            envelope_from: self.from.address.clone(),
            envelope_to: to.address,
            message_id: message_id.to_owned(),
            date: self.date,
            bytes,
        })
    }
}

impl Unsubscribe {
    fn write(&self, out: &mut Vec<u8>) -> Result<(), LetterError> {
        let fits = self.url.len() < 900
            && self
                .url
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'));
        if !fits {
            return Err(LetterError::Unsubscribe);
        }
        headers::line(out, "List-Unsubscribe", &format!("<{}>", self.url));
        if self.one_click {
            headers::line(out, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        Ok(())
    }
}

/// The same letter twice, for readers without HTML and for all others.
fn alternative(boundary: &str, text: &Part, html: &Part, out: &mut Vec<u8>) {
    let kind = format!("multipart/alternative; boundary=\"{boundary}\"");
    headers::line(out, "Content-Type", &kind);
    for (kind, part) in [("text/plain", text), ("text/html", html)] {
        for piece in ["\r\n--", boundary, "\r\n"] {
            out.extend_from_slice(piece.as_bytes());
        }
        part.write(kind, out);
    }
    for piece in ["\r\n--", boundary, "--\r\n"] {
        out.extend_from_slice(piece.as_bytes());
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

/// A line that does not occur in the letter. It follows from the Message-ID, so that no chance is needed.
fn boundary(message_id: &str, text: &Part, html: &Part) -> String {
    let digest = Sha256::digest(message_id.as_bytes());
    let digits = digest[..15]
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]));
    let mut boundary: String = digits.collect();
    while text.contains(&boundary) || html.contains(&boundary) {
        boundary.push('x');
    }
    boundary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_does_not_occur_in_the_letter() {
        let nothing = Part::new("");
        let usual = boundary("1@golub", &nothing, &nothing);
        assert_eq!(usual.len(), 30);
        let copied = Part::new(&format!("x\n--{usual}--\n"));
        let other = boundary("1@golub", &copied, &nothing);
        assert_ne!(other, usual);
    }

    #[test]
    fn a_way_out_cannot_be_another_header() {
        for bad in [
            "https://a/\r\nBcc: x",
            "https://a/ b",
            "https://a/>",
            "https://ё/",
        ] {
            let unsubscribe = Unsubscribe {
                url: bad.to_owned(),
                one_click: true,
            };
            let written = unsubscribe.write(&mut Vec::new());
            assert_eq!(written, Err(LetterError::Unsubscribe), "{bad}");
        }
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
