//! E-mail addresses as people write them.
//!
//! The domain may be written in any script; it travels as punycode, which the server makes. The local part
//! must be ASCII: SMTPUTF8 (RFC 6531) is too little offered to promise a delivery.

use std::str::FromStr;

use email_address::{EmailAddress, Options};

use crate::problem::{FieldCode, FieldError};

/// RFC 5321 4.5.3.1.3: a path has at most 256 octets, two of them brackets.
pub const ADDRESS_LIMIT: u64 = 254;

/// One mailbox address without a display name: `anna@example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Takes one address; refuses line breaks, lists, display names and a local part that is not ASCII.
    pub fn parse(raw: &str) -> Result<Self, FieldError> {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            return Err(FieldError::new(FieldCode::Required, "must not be empty"));
        }
        if trimmed.chars().any(char::is_control) {
            return Err(FieldError::new(
                FieldCode::ControlCharacter,
                "must not contain line breaks",
            ));
        }
        if trimmed.len() as u64 > ADDRESS_LIMIT {
            let error = FieldError::new(
                FieldCode::TooLong,
                format!("must be at most {ADDRESS_LIMIT} bytes long"),
            );
            return Err(FieldError {
                limit: Some(ADDRESS_LIMIT),
                ..error
            });
        }
        let not_an_address =
            || FieldError::new(FieldCode::NotAnAddress, "must be one e-mail address");
        let (local, domain) = trimmed.rsplit_once('@').ok_or_else(not_an_address)?;
        if !local.is_ascii() {
            return Err(FieldError::new(
                FieldCode::NonAsciiLocalPart,
                "the part before the @ must be plain Latin",
            ));
        }
        let options = Options::default()
            .without_display_text()
            .without_domain_literal();
        EmailAddress::parse_with_options(trimmed, options).map_err(|_| not_an_address())?;
        if local.starts_with('"') || domain.contains(|c: char| c.is_whitespace()) {
            return Err(not_an_address());
        }
        Ok(Self(trimmed.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the @.
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The part after the @, as it was written.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address as others may see it: `a•••@example.org`.
    pub fn masked(&self) -> String {
        let first = self.local().chars().next().unwrap_or('•');
        format!("{first}•••@{}", self.domain())
    }
}

impl FromStr for Address {
    type Err = FieldError;

    fn from_str(raw: &str) -> Result<Self, FieldError> {
        Self::parse(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_mail_servers_take() {
        for good in [
            "anna@example.org",
            "a.b+c@example.org",
            "o'hara@example.com",
            "x@почта.рф",
            "x@localhost",
            " x@y.example ",
        ] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn refuses_what_would_harm_or_never_arrive() {
        let cases = [
            ("", FieldCode::Required),
            ("anna", FieldCode::NotAnAddress),
            ("@example.org", FieldCode::NotAnAddress),
            ("anna@", FieldCode::NotAnAddress),
            ("Anna <anna@example.org>", FieldCode::NotAnAddress),
            ("a@example.org, b@example.org", FieldCode::NotAnAddress),
            ("a b@example.org", FieldCode::NotAnAddress),
            ("\"a b\"@example.org", FieldCode::NotAnAddress),
            ("anna@exa mple.org", FieldCode::NotAnAddress),
            ("анна@example.org", FieldCode::NonAsciiLocalPart),
            (
                "anna@example.org\r\nBcc: b@example.org",
                FieldCode::ControlCharacter,
            ),
        ];
        for (bad, code) in cases {
            assert_eq!(Address::parse(bad).unwrap_err().code, code, "{bad}");
        }
        assert_eq!(
            Address::parse(&format!("{}@example.org", "a".repeat(300)))
                .unwrap_err()
                .code,
            FieldCode::TooLong
        );
    }

    #[test]
    fn a_masked_address_keeps_its_first_letter_and_domain() {
        assert_eq!(
            Address::parse("anna@example.org").unwrap().masked(),
            "a•••@example.org"
        );
    }
}
