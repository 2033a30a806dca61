//! The checks on single values that several features share.

use crate::problem::{FieldCode, FieldError};

/// A line of text: trimmed, not empty, no control characters, at most `limit` characters.
pub fn line(raw: &str, limit: u64) -> Result<String, FieldError> {
    let line = optional_line(raw, limit)?;
    if line.is_empty() {
        return Err(FieldError::new(FieldCode::Required, "must not be empty"));
    }
    Ok(line)
}

/// The same, but it may be empty.
pub fn optional_line(raw: &str, limit: u64) -> Result<String, FieldError> {
    let trimmed = raw.trim();
    if trimmed.chars().any(char::is_control) {
        // A line break in what becomes a header would let a name or a subject write headers of its own.
        return Err(FieldError::new(
            FieldCode::ControlCharacter,
            "must be one line without control characters",
        ));
    }
    not_too_long(trimmed, limit)?;
    Ok(trimmed.to_owned())
}

/// Text of several lines: no control characters but tabs and line breaks, at most `limit` characters.
pub fn text(raw: &str, limit: u64) -> Result<String, FieldError> {
    if raw
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    {
        return Err(FieldError::new(
            FieldCode::ControlCharacter,
            "must not contain control characters",
        ));
    }
    not_too_long(raw, limit)?;
    Ok(raw.to_owned())
}

/// In a change: tells a `null` that was given from a field that was not.
pub(crate) fn given<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    <Option<T> as serde::Deserialize>::deserialize(deserializer).map(Some)
}

/// At most `limit` characters.
pub fn not_too_long(value: &str, limit: u64) -> Result<(), FieldError> {
    if value.chars().count() as u64 > limit {
        let error = FieldError::new(
            FieldCode::TooLong,
            format!("must be at most {limit} characters long"),
        );
        return Err(FieldError {
            limit: Some(limit),
            ..error
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_has_no_breaks() {
        assert_eq!(line("  Анна Соколова ", 200).unwrap(), "Анна Соколова");
        assert_eq!(line("   ", 200).unwrap_err().code, FieldCode::Required);
        assert_eq!(
            line("Anna\r\nBcc: x", 200).unwrap_err().code,
            FieldCode::ControlCharacter
        );
    }

    #[test]
    fn limits_count_characters_not_bytes() {
        assert!(line("ёёё", 3).is_ok());
        assert_eq!(line("ёёёё", 3).unwrap_err().limit, Some(3));
    }

    #[test]
    fn text_keeps_its_lines() {
        assert_eq!(text("a\r\n\tb\n", 10).unwrap(), "a\r\n\tb\n");
        assert_eq!(
            text("a\0b", 10).unwrap_err().code,
            FieldCode::ControlCharacter
        );
    }
}
