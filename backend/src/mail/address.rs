//! Addresses as they travel: ASCII, the domain in punycode.
//!
//! People write domains in any script, the contract's `Address` keeps them as written, and only here they
//! become what a mail server is given. A name that cannot be turned into punycode is refused before a letter
//! is built.

use std::{fmt, str::FromStr};

use idna::{
    AsciiDenyList,
    uts46::{DnsLength, Hyphens, Uts46},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// An address for the envelope and the headers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EnvelopeAddress(lettre::Address);

/// A name and its address: `Golub <golub@localhost>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// Empty if there is none.
    pub name: String,
    pub address: EnvelopeAddress,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("{0}")]
    Unfit(String),
    #[error("the domain is not one that can be written in ASCII")]
    Domain,
    #[error("the name contains a line break or another control character")]
    Name,
}

impl EnvelopeAddress {
    /// Takes one address as people write it.
    pub fn parse(raw: &str) -> Result<Self, AddressError> {
        let address = contract::address::Address::parse(raw)
            .map_err(|error| AddressError::Unfit(error.message))?;
        // STD3 keeps out everything but letters, digits and hyphens, so the result is safe between `<` and `>`.
        let domain = Uts46::new()
            .to_ascii(
                address.domain().as_bytes(),
                AsciiDenyList::STD3,
                Hyphens::CheckFirstLast,
                DnsLength::Verify,
            )
            .map_err(|_| AddressError::Domain)?
            .into_owned();
        lettre::Address::new(address.local(), domain)
            .map(Self)
            .map_err(|error| AddressError::Unfit(error.to_string()))
    }

    pub fn domain(&self) -> &str {
        self.0.domain()
    }
}

impl fmt::Display for EnvelopeAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl Mailbox {
    pub fn new(name: &str, email: &str) -> Result<Self, AddressError> {
        if name.chars().any(char::is_control) {
            return Err(AddressError::Name);
        }
        Ok(Self {
            name: name.trim().to_owned(),
            address: EnvelopeAddress::parse(email)?,
        })
    }
}

impl FromStr for Mailbox {
    type Err = AddressError;

    /// Takes `anna@example.org`, `Anna <anna@example.org>` and `"Anna, sales" <anna@example.org>`.
    fn from_str(raw: &str) -> Result<Self, AddressError> {
        let bracketed = raw.trim().strip_suffix('>');
        match bracketed.and_then(|rest| rest.rsplit_once('<')) {
            Some((name, email)) => Self::new(name.trim().trim_matches('"'), email),
            None => Self::new("", raw),
        }
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, address } = self;
        if name.is_empty() {
            address.fmt(out)
        } else {
            write!(out, "{name} <{address}>")
        }
    }
}

impl<'de> Deserialize<'de> for Mailbox {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?
            .parse()
            .map_err(D::Error::custom)
    }
}

impl Serialize for Mailbox {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_in_any_script_becomes_punycode() {
        let cases = [
            ("anna@почта.рф", "anna@xn--80a1acny.xn--p1ai"),
            ("Anna@EXAMPLE.org", "Anna@example.org"),
            ("x@localhost", "x@localhost"),
            ("x@a--b.example", "x@a--b.example"),
        ];
        for (written, travels) in cases {
            assert_eq!(
                EnvelopeAddress::parse(written).unwrap().to_string(),
                travels
            );
        }
    }

    #[test]
    fn what_could_break_out_of_the_envelope_is_refused() {
        for bad in [
            "анна@example.org",
            "a@b>.org",
            "a@b.org>\r\nRCPT TO:<c@d.org",
            "a@-b.org",
            "a b@c.org",
            "<a@b.org>",
            "",
        ] {
            assert!(EnvelopeAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn mailboxes_are_read_and_written_as_people_do() {
        let cases = [
            (
                "Golub <golub@localhost>",
                "Golub",
                "Golub <golub@localhost>",
            ),
            ("golub@localhost", "", "golub@localhost"),
            (
                "\"Голубь, почта\" <golub@почта.рф>",
                "Голубь, почта",
                "Голубь, почта <golub@xn--80a1acny.xn--p1ai>",
            ),
        ];
        for (raw, name, shown) in cases {
            let mailbox: Mailbox = raw.parse().unwrap();
            assert_eq!(mailbox.name, name);
            assert_eq!(mailbox.to_string(), shown);
        }
        assert!("A\nB <a@b.org>".parse::<Mailbox>().is_err());
    }
}
