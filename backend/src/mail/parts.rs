//! The parts of a letter, encoded so that every server takes them.
//!
//! ASCII in lines that no server cuts travels as it is; everything else in base64, which is exact, quick to make, and
//! contains nothing that a server on the way could take for a dot, a boundary or a line of its own.

use base64::{Engine as _, prelude::BASE64_STANDARD};

/// RFC 5322 2.1.1.
const LONGEST_LINE: usize = 998;
/// What becomes one line of 76 characters.
const LINE_BYTES: usize = 57;

/// A part with the line ends of the network.
#[derive(Debug)]
pub(super) struct Part {
    text: String,
    is_plain: bool,
}

impl Part {
    pub fn new(text: &str) -> Self {
        let text = with_network_line_ends(text);
        let is_plain = text.is_ascii() && has_short_lines(text.as_bytes());
        Self { text, is_plain }
    }

    /// Whether the letter would contain this line.
    pub fn contains(&self, line: &str) -> bool {
        // Base64 contains no hyphen.
        self.is_plain && memchr::memmem::find(self.text.as_bytes(), line.as_bytes()).is_some()
    }

    /// How many bytes `write` will need, at most.
    pub fn room(&self) -> usize {
        let length = self.text.len();
        match self.is_plain {
            true => length + 128,
            false => length / 3 * 4 + length / LINE_BYTES * 2 + 128,
        }
    }

    /// Appends the headers of the part, an empty line and its text.
    pub fn write(&self, kind: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(b"Content-Type: ");
        out.extend_from_slice(kind.as_bytes());
        out.extend_from_slice(b"; charset=utf-8\r\nContent-Transfer-Encoding: ");
        if self.is_plain {
            out.extend_from_slice(b"7bit\r\n\r\n");
            out.extend_from_slice(self.text.as_bytes());
            if !self.text.ends_with("\r\n") {
                out.extend_from_slice(b"\r\n");
            }
        } else {
            out.extend_from_slice(b"base64\r\n\r\n");
            write_base64(self.text.as_bytes(), out);
        }
    }
}

/// Appends lines of 76 characters.
pub(super) fn write_base64(bytes: &[u8], out: &mut Vec<u8>) {
    let mut line = [0; 76];
    for chunk in bytes.chunks(LINE_BYTES) {
        // 57 bytes become 76 characters: there is room.
        let written = BASE64_STANDARD
            .encode_slice(chunk, &mut line)
            .unwrap_or_default();
        out.extend_from_slice(&line[..written]);
        out.extend_from_slice(b"\r\n");
    }
}

/// CRLF for every line end, and no NUL. A bare CR would survive encoding and mean different things to different
/// servers, which is how letters are smuggled.
fn with_network_line_ends(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16 + 2);
    let mut rest = text;
    while let Some(end) = memchr::memchr3(b'\r', b'\n', 0, rest.as_bytes()) {
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

fn has_short_lines(text: &[u8]) -> bool {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text) {
        if end - start > LONGEST_LINE {
            return false;
        }
        start = end + 1;
    }
    text.len() - start <= LONGEST_LINE
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
    fn only_short_lines_of_ascii_travel_as_they_are() {
        assert!(Part::new(&"x".repeat(998)).is_plain);
        assert!(Part::new(&"x\n".repeat(2_000)).is_plain);
        assert!(!Part::new(&"x".repeat(999)).is_plain);
        assert!(!Part::new("é").is_plain);
    }

    #[test]
    fn base64_is_broken_into_lines_and_fits_its_room() {
        for length in [0, 1, 56, 57, 58, 114, 1000] {
            let part = Part::new(&"ж".repeat(length));
            let mut out = Vec::new();
            part.write("text/plain", &mut out);
            assert!(out.len() <= part.room(), "{length}");
            assert!(
                out.split(|&byte| byte == b'\n')
                    .all(|line| line.len() <= 77)
            );
        }
    }
}
