//! The letter as it stands between DATA and the final dot (RFC 5321 4.5.2).

/// Appends the letter, its dots doubled and its final dot set.
///
/// Every line ends with CRLF whatever the letter says: a lone CR or LF before a dot is read as the end of the
/// letter by some servers and not by others, and what follows it as commands.
pub(super) fn write_letter(letter: &[u8], out: &mut Vec<u8>) {
    out.reserve(letter.len() + letter.len() / 64 + 16);
    let mut rest = letter;
    while !rest.is_empty() {
        if rest[0] == b'.' {
            out.push(b'.');
        }
        let end = memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
        out.extend_from_slice(&rest[..end]);
        out.extend_from_slice(b"\r\n");
        rest = match &rest[end..] {
            [b'\r', b'\n', after @ ..] | [_, after @ ..] => after,
            [] => &[],
        };
    }
    out.extend_from_slice(b".\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(letter: &str) -> String {
        let mut out = Vec::new();
        write_letter(letter.as_bytes(), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn dots_at_the_beginning_of_a_line_are_doubled() {
        assert_eq!(written("a\r\n.\r\nb\r\n"), "a\r\n..\r\nb\r\n.\r\n");
        assert_eq!(written(".a\r\nb.c\r\n..\r\n"), "..a\r\nb.c\r\n...\r\n.\r\n");
    }

    #[test]
    fn the_end_is_always_on_a_line_of_its_own() {
        assert_eq!(written("a"), "a\r\n.\r\n");
        assert_eq!(written("a\r\n"), "a\r\n.\r\n");
        assert_eq!(written("a\r\n\r\n"), "a\r\n\r\n.\r\n");
        assert_eq!(written(""), ".\r\n");
    }

    #[test]
    fn nothing_can_be_smuggled_behind_an_odd_line_end() {
        for odd in ["a\n.\nMAIL", "a\r.\rMAIL", "a\n.\r\nMAIL", "a\r\n.\rMAIL"] {
            assert_eq!(written(odd), "a\r\n..\r\nMAIL\r\n.\r\n", "{odd:?}");
        }
        assert_eq!(written("a\r\r\nb"), "a\r\n\r\nb\r\n.\r\n");
    }
}
