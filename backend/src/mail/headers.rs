//! The lines at the head of a letter, written so that nothing in them can become another line.
//!
//! What is not plain ASCII, or looks encoded already, or has a word longer than a line, travels as encoded words
//! (RFC 2047), so that every letter is 7-bit clean and no line is longer than a mail server takes.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};

use super::address::Mailbox;

/// With `Subject: ` before it and its wrapping around it, a line stays below 76 characters (RFC 2047 2).
const ENCODED_WORD_BYTES: usize = 39;
/// A longer word is encoded, so that it can be broken.
const LONGEST_WORD: usize = 60;
/// Behind so much of a line, the next word begins a new one.
const FULL_LINE: usize = 72;

/// Appends `Name: value`. The value must be ASCII without line breaks; whoever calls has seen to that.
pub(super) fn line(out: &mut Vec<u8>, name: &str, value: &str) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value.as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// Appends the instant as RFC 5322 writes it.
pub(super) fn date(out: &mut Vec<u8>, date: DateTime<Utc>) {
    line(out, "Date", &date.to_rfc2822());
}

/// Appends a header with one mailbox.
pub(super) fn mailbox(out: &mut Vec<u8>, header: &str, mailbox: &Mailbox) {
    let Mailbox { name, address } = mailbox;
    out.extend_from_slice(header.as_bytes());
    out.extend_from_slice(b": ");
    let address = address.to_string();
    if name.is_empty() {
        out.extend_from_slice(address.as_bytes());
        out.extend_from_slice(b"\r\n");
        return;
    }
    let start = out.len();
    if !name.is_ascii() || name.len() > LONGEST_WORD || name.contains("=?") {
        encoded_words(out, name);
    } else if name.bytes().all(is_atom) {
        out.extend_from_slice(name.as_bytes());
    } else {
        quoted(out, name);
    }
    let last_line = memchr::memrchr(b'\n', &out[start..]).map_or(start, |end| start + end + 1);
    let full = out.len() - last_line + address.len() > FULL_LINE;
    out.extend_from_slice(if full { b"\r\n <" } else { b" <" });
    out.extend_from_slice(address.as_bytes());
    out.extend_from_slice(b">\r\n");
}

/// Appends a subject, which has no control characters.
pub(super) fn subject(out: &mut Vec<u8>, subject: &str) {
    out.extend_from_slice(b"Subject: ");
    let plain = subject.is_ascii()
        && !subject.contains("=?")
        && subject.trim() == subject
        && subject.split(' ').all(|word| word.len() <= LONGEST_WORD);
    if plain {
        folded(out, subject);
    } else {
        encoded_words(out, subject);
    }
    out.extend_from_slice(b"\r\n");
}

/// Breaks between words; the space that begins a folded line is the one that stood there.
fn folded(out: &mut Vec<u8>, text: &str) {
    let mut column = "Subject: ".len();
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            // A line of spaces alone may be lost, so that a run of them stays in its line.
            if column + word.len() > FULL_LINE && !word.is_empty() {
                out.extend_from_slice(b"\r\n");
                column = 0;
            }
            out.push(b' ');
            column += 1;
        }
        out.extend_from_slice(word.as_bytes());
        column += word.len();
    }
}

fn encoded_words(out: &mut Vec<u8>, text: &str) {
    // 39 bytes become 52 characters.
    let mut room = [0; 64];
    let mut rest = text;
    let mut separator: &[u8] = b"";
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.floor_char_boundary(ENCODED_WORD_BYTES));
        out.extend_from_slice(separator);
        out.extend_from_slice(b"=?utf-8?b?");
        // The room is larger than what 39 bytes become.
        let written = BASE64_STANDARD
            .encode_slice(word, &mut room)
            .unwrap_or_default();
        out.extend_from_slice(&room[..written]);
        out.extend_from_slice(b"?=");
        separator = b"\r\n ";
        rest = after;
    }
}

fn quoted(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
}

/// What may stand in a name without quotes (RFC 5322 3.2.3), and the space between words.
fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" !#$%&'*+-/=?^_`{|}~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn names_are_bare_quoted_or_encoded() {
        let cases = [
            ("", "To: a@b.org\r\n"),
            ("Anna Maria", "To: Anna Maria <a@b.org>\r\n"),
            (
                "Smith, \"Bob\" \\",
                "To: \"Smith, \\\"Bob\\\" \\\\\" <a@b.org>\r\n",
            ),
            ("Анна", "To: =?utf-8?b?0JDQvdC90LA=?= <a@b.org>\r\n"),
            ("=?x?=", "To: =?utf-8?b?PT94Pz0=?= <a@b.org>\r\n"),
        ];
        for (name, expected) in cases {
            let to = Mailbox::new(name, "a@b.org").unwrap();
            assert_eq!(written(|out| mailbox(out, "To", &to)), expected);
        }
    }

    #[test]
    fn long_lines_are_folded_between_words() {
        let long = "word ".repeat(100);
        let line = written(|out| subject(out, long.trim()));
        assert!(line.split("\r\n").all(|line| line.len() <= 78), "{line}");
        assert_eq!(
            line.replace("\r\n ", " "),
            format!("Subject: {}\r\n", long.trim())
        );
        let name = Mailbox::new(&"ё".repeat(40), "a@b.org").unwrap();
        let line = written(|out| mailbox(out, "To", &name));
        assert!(line.split("\r\n").all(|line| line.len() <= 78), "{line}");
    }

    #[test]
    fn a_date_is_as_rfc_5322_writes_it() {
        let at = "2030-05-01T06:00:00.25Z".parse().unwrap();
        let line = written(|out| date(out, at));
        assert_eq!(line, "Date: Wed, 1 May 2030 06:00:00 +0000\r\n");
    }
}
