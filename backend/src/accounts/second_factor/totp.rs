//! The codes that an app shows: TOTP (RFC 6238) with the parameters that every app knows.

use chrono::{DateTime, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Algorithm, Builder, Totp};

use crate::accounts::tokens::Tokens;
use crate::problem::ApiError;

const DIGITS: usize = 6;
/// A code holds for so many seconds. RFC 6238 5.2 lets one be late by one step; none may be early.
const PERIOD: u64 = 30;
/// The length that RFC 4226 4 recommends.
const SEED_BYTES: usize = 20;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What stands as it is in a URL.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What makes the codes of one account.
pub struct Seed([u8; SEED_BYTES]);

impl Seed {
    pub fn derive(tokens: &Tokens, user_id: i64, nonce: &str) -> Self {
        let derived = tokens.derive("second factor", &format!("{user_id}\0{nonce}"));
        let mut seed = [0; SEED_BYTES];
        seed.copy_from_slice(&derived[..SEED_BYTES]);
        Self(seed)
    }

    /// As it is typed into an app.
    pub fn text(&self) -> String {
        base32(&self.0)
    }

    /// As an app reads it from a QR code.
    pub fn url(&self, instance: &str, email: &str) -> String {
        // A colon parts the two in the label, even an encoded one.
        let issuer = instance.replace(':', " ");
        let issuer = utf8_percent_encode(&issuer, PLAIN);
        let email = utf8_percent_encode(email, PLAIN);
        let secret = self.text();
        format!(
            "otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={PERIOD}"
        )
    }

    /// The time step whose code this is: the present one or the one before.
    pub fn step_of(&self, code: &str, now: DateTime<Utc>) -> Result<Option<i64>, ApiError> {
        let totp = self.totp()?;
        let seconds = u64::try_from(now.timestamp()).map_err(ApiError::ours)?;
        let step = totp
            .check(code, seconds)
            .or_else(|| totp.check(code, seconds.saturating_sub(PERIOD)));
        step.map(i64::try_from).transpose().map_err(ApiError::ours)
    }

    fn totp(&self) -> Result<Totp, ApiError> {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(0)
            .with_step_duration(PERIOD)
            .with_secret(self.0)
            .build()
            .map_err(ApiError::ours)
    }
}

/// The digits of a code as it was typed, if it is a code of an app.
pub fn digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let is_code = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then_some(digits)
}

/// RFC 4648 6, without padding.
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(letter(buffer >> bits));
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(letter(buffer << (5 - bits)));
    }
    text
}

fn letter(five_bits: u32) -> char {
    char::from(ALPHABET[(five_bits & 31) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, SHA1, the last six of eight digits.
        let seed = Seed(*b"12345678901234567890");
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = seed.step_of(code, at(seconds)).unwrap();
            assert_eq!(step, Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn a_code_holds_for_its_step_and_the_next_one() {
        let seed = Seed(*b"12345678901234567890");
        for (seconds, step) in [
            (29, None),
            (30, Some(1)),
            (59, Some(1)),
            (60, Some(1)),
            (89, Some(1)),
            (90, None),
        ] {
            assert_eq!(seed.step_of("287082", at(seconds)).unwrap(), step);
        }
        for wrong in ["287083", "28708", "2870820", "+87082", "", "28708२"] {
            assert_eq!(seed.step_of(wrong, at(59)).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn base32_is_that_of_the_standard() {
        // RFC 4648, chapter 10.
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn what_apps_read_is_encoded() {
        let url = Seed(*b"12345678901234567890").url("Рога: & Co", "anna+x@example.org");
        assert_eq!(
            url,
            "otpauth://totp/%D0%A0%D0%BE%D0%B3%D0%B0%20%20%26%20Co:anna%2Bx%40example.org\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%D0%A0%D0%BE%D0%B3%D0%B0%20%20%26%20Co\
             &algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn a_code_may_be_typed_with_a_space() {
        assert_eq!(digits(" 123 456 ").as_deref(), Some("123456"));
        assert_eq!(digits("K7QF2-M4XRA-9TBHC-ZD3WE-6PVNU"), None);
        assert_eq!(digits("१२३४५६"), None);
    }
}
