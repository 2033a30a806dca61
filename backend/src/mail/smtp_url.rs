//! One mail server in one line: `smtp://user:password@host:587?tls=required`.
//!
//! | form | meaning | port if none is named |
//! |---|---|---|
//! | `smtp://host` or `?tls=required` | STARTTLS, and no letter without it | 587 |
//! | `smtps://host` | TLS from the first byte | 465 |
//! | `smtp://host?tls=none` | in the clear, the password too | 25 |
//!
//! There is no "STARTTLS if offered": whoever can cut a cable can also cut the offer out of an answer.
//! The password is never shown, and an error never repeats the line.

use std::{fmt, str::FromStr};

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use url::Url;

#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    pub host: String,
    pub port: u16,
    pub tls: TlsMode,
    pub credentials: Option<Credentials>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsMode {
    None,
    /// STARTTLS, required.
    Required,
    /// TLS from the first byte.
    Implicit,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlError {
    #[error(
        "must look like smtp://user:password@host:587?tls=required (special characters of the password percent-encoded)"
    )]
    Shape,
    #[error("must begin with smtp:// or smtps://")]
    Scheme,
    #[error("tls must be none or required; for TLS from the first byte write smtps://")]
    Tls,
    #[error("the only setting after the ? is tls")]
    Setting,
    #[error("user name and password must be percent-encoded UTF-8 without control characters")]
    Credentials,
    #[error("a user name needs a password, and a password a user name")]
    HalfCredentials,
}

impl FromStr for SmtpUrl {
    type Err = SmtpUrlError;

    fn from_str(raw: &str) -> Result<Self, SmtpUrlError> {
        let url = Url::parse(raw).map_err(|_| SmtpUrlError::Shape)?;
        let mut tls = match url.scheme() {
            "smtp" => TlsMode::Required,
            "smtps" => TlsMode::Implicit,
            _ => return Err(SmtpUrlError::Scheme),
        };
        for (name, value) in url.query_pairs() {
            tls = match (&*name, &*value, tls) {
                ("tls", "none", TlsMode::Required) => TlsMode::None,
                ("tls", "required", tls) => tls,
                ("tls", _, _) => return Err(SmtpUrlError::Tls),
                _ => return Err(SmtpUrlError::Setting),
            };
        }
        // A `/`, `?` or `#` in a password that was not percent-encoded ends up here.
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(SmtpUrlError::Shape);
        }
        let host = url
            .host_str()
            .map(|host| host.trim_start_matches('[').trim_end_matches(']'))
            .filter(|host| !host.is_empty())
            .ok_or(SmtpUrlError::Shape)?;
        let host = idna::domain_to_ascii(&decoded(host)?).map_err(|_| SmtpUrlError::Shape)?;
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) | (_, None) => return Err(SmtpUrlError::HalfCredentials),
            (user, Some(password)) => Some(Credentials {
                user: decoded(user)?,
                password: decoded(password)?,
            }),
        };
        let port = url.port().unwrap_or(match tls {
            TlsMode::None => 25,
            TlsMode::Required => 587,
            TlsMode::Implicit => 465,
        });
        Ok(Self {
            host,
            port,
            tls,
            credentials,
        })
    }
}

impl fmt::Display for SmtpUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            host,
            port,
            tls,
            credentials,
        } = self;
        out.write_str(match tls {
            TlsMode::Implicit => "smtps://",
            TlsMode::None | TlsMode::Required => "smtp://",
        })?;
        if let Some(Credentials { user, password: _ }) = credentials {
            write!(out, "{}:***@", utf8_percent_encode(user, NON_ALPHANUMERIC))?;
        }
        match host.contains(':') {
            true => write!(out, "[{host}]:{port}")?,
            false => write!(out, "{host}:{port}")?,
        }
        out.write_str(match tls {
            TlsMode::None => "?tls=none",
            TlsMode::Required => "?tls=required",
            TlsMode::Implicit => "",
        })
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl<'de> Deserialize<'de> for SmtpUrl {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?
            .parse()
            .map_err(D::Error::custom)
    }
}

impl Serialize for SmtpUrl {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

fn decoded(raw: &str) -> Result<String, SmtpUrlError> {
    percent_decode_str(raw)
        .decode_utf8()
        .ok()
        .filter(|text| !text.chars().any(char::is_control))
        .map(String::from)
        .ok_or(SmtpUrlError::Credentials)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> SmtpUrl {
        raw.parse().unwrap()
    }

    #[test]
    fn the_forms_that_are_documented() {
        let cases = [
            ("smtp://mail.example.org", 587, TlsMode::Required),
            (
                "smtp://mail.example.org:2525?tls=required",
                2525,
                TlsMode::Required,
            ),
            ("smtps://mail.example.org", 465, TlsMode::Implicit),
            (
                "smtps://mail.example.org:4650/?tls=required",
                4650,
                TlsMode::Implicit,
            ),
            ("smtp://mail.example.org?tls=none", 25, TlsMode::None),
        ];
        for (raw, port, tls) in cases {
            let url = read(raw);
            assert_eq!(
                (url.host.as_str(), url.port, url.tls),
                ("mail.example.org", port, tls),
                "{raw}"
            );
            assert_eq!(read(&url.to_string()), url);
        }
    }

    #[test]
    fn names_addresses_and_passwords_of_every_kind() {
        let url = read("smtp://anna%40example.org:p%3A%2F%23%D1%8F@[::1]:2500");
        let credentials = url.credentials.clone().unwrap();
        assert_eq!(url.host, "::1");
        assert_eq!(credentials.user, "anna@example.org");
        assert_eq!(credentials.password, "p:/#я");
        assert_eq!(
            url.to_string(),
            "smtp://anna%40example%2Eorg:***@[::1]:2500?tls=required"
        );
        assert_eq!(read("smtp://mail_1:1025?tls=none").host, "mail_1");
        assert_eq!(read("smtp://почта.рф").host, "xn--80a1acny.xn--p1ai");
    }

    #[test]
    fn mistakes_are_named_without_repeating_the_password() {
        let cases = [
            ("mail.example.org:587", SmtpUrlError::Scheme),
            ("http://mail.example.org", SmtpUrlError::Scheme),
            ("smtp://", SmtpUrlError::Shape),
            ("smtp://a:se/cret@mail.example.org", SmtpUrlError::Shape),
            (
                "smtp://a:secret@mail.example.org/inbox",
                SmtpUrlError::Shape,
            ),
            (
                "smtp://a:secret@mail.example.org?tls=maybe",
                SmtpUrlError::Tls,
            ),
            (
                "smtps://a:secret@mail.example.org?tls=none",
                SmtpUrlError::Tls,
            ),
            (
                "smtp://a:secret@mail.example.org?timeout=3",
                SmtpUrlError::Setting,
            ),
            (
                "smtp://anna@mail.example.org",
                SmtpUrlError::HalfCredentials,
            ),
            (
                "smtp://a:secret%00@mail.example.org",
                SmtpUrlError::Credentials,
            ),
        ];
        for (raw, expected) in cases {
            let error = raw.parse::<SmtpUrl>().unwrap_err();
            assert_eq!(error, expected, "{raw}");
            assert!(!error.to_string().contains("secret"));
        }
    }
}
