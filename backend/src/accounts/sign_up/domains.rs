//! Whose addresses may have an account: those of the domains in the settings, if any are listed.

use contract::problem::{FieldCode, FieldError};

use crate::address::Keyed;

/// Refuses the address with this key if its domain is not allowed. However a domain is written in the settings, it
/// is compared as it travels, as punycode.
pub fn check(allowed: &[String], email_key: &str) -> Result<(), FieldError> {
    let domain = domain(email_key);
    if allowed.is_empty()
        || allowed
            .iter()
            .any(|allowed| travels(allowed).as_deref() == domain)
    {
        return Ok(());
    }
    Err(FieldError::new(
        FieldCode::DomainNotAllowed,
        "addresses of this domain may not sign up here",
    ))
}

fn travels(written: &str) -> Option<String> {
    let anybody = format!("x@{}", written.trim().trim_start_matches('@'));
    domain(&Keyed::parse(&anybody).ok()?.key).map(str::to_owned)
}

fn domain(key: &str) -> Option<&str> {
    key.rsplit_once('@').map(|(_, domain)| domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_compared_as_they_travel_and_whole() {
        let allowed = ["Почта.рф", "@Example.ORG", "not a domain", ""].map(str::to_owned);
        for key in ["x@xn--80a1acny.xn--p1ai", "x@example.org"] {
            assert!(check(&allowed, key).is_ok(), "{key}");
        }
        for key in [
            "x@sub.example.org",
            "x@notexample.org",
            "x@org",
            "x@example.org.evil.example",
        ] {
            let refused = check(&allowed, key).unwrap_err();
            assert_eq!(refused.code, FieldCode::DomainNotAllowed, "{key}");
        }
        assert!(check(&[], "x@anywhere.example").is_ok());
    }
}
