//! The key under which an e-mail address is known: the same address written otherwise has the same key.

use contract::address::{ADDRESS_LIMIT, Address};
use contract::problem::{FieldCode, FieldError};
use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

/// An address and its key.
#[derive(Clone, Debug)]
pub struct Keyed {
    pub address: Address,
    pub key: String,
}

impl Keyed {
    /// Takes one address, as a person writes it.
    pub fn parse(raw: &str) -> Result<Self, FieldError> {
        let address = Address::parse(raw)?;
        let key = key(&address)?;
        Ok(Self { address, key })
    }
}

/// Lower-cased, with the domain as punycode. A domain that has no such form is refused.
pub fn key(address: &Address) -> Result<String, FieldError> {
    // STD3 keeps out everything but letters, digits and hyphens.
    let domain = Uts46::new()
        .to_ascii(
            address.domain().as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .map_err(|_| FieldError::new(FieldCode::NotAnAddress, "the domain is not one"))?;
    let key = format!("{}@{domain}", address.local().to_ascii_lowercase());
    if key.len() as u64 > ADDRESS_LIMIT {
        let error = FieldError::new(
            FieldCode::TooLong,
            format!("must be at most {ADDRESS_LIMIT} bytes long as it travels"),
        );
        return Err(FieldError {
            limit: Some(ADDRESS_LIMIT),
            ..error
        });
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(raw: &str) -> Result<String, FieldCode> {
        key(&Address::parse(raw).unwrap()).map_err(|error| error.code)
    }

    #[test]
    fn an_address_written_otherwise_has_the_same_key() {
        for same in ["x@почта.рф", "X@ПОЧТА.РФ", "x@xn--80a1acny.xn--p1ai"] {
            assert_eq!(key_of(same).unwrap(), "x@xn--80a1acny.xn--p1ai", "{same}");
        }
        assert_eq!(key_of("Anna@Example.ORG").unwrap(), "anna@example.org");
        assert_eq!(key_of("x@localhost").unwrap(), "x@localhost");
    }

    #[test]
    fn a_domain_without_a_form_in_ascii_is_refused() {
        assert_eq!(key_of("x@xn--zzzzzz.example"), Err(FieldCode::NotAnAddress));
        // A label may not mix the directions of writing (RFC 5893).
        assert_eq!(key_of("x@a\u{5d0}.example"), Err(FieldCode::NotAnAddress));
    }
}
