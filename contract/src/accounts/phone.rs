//! Phone numbers, and the check that one can be reached by them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{FieldCode, FieldError};

/// So many digits has a code that is sent to a phone.
pub const PHONE_CODE_DIGITS: usize = 6;

/// A phone number as E.164 writes it: a plus and 8 to 15 digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Takes spaces, hyphens, dots and brackets for what they are; `8 921 …` is how Russians write `+7 921 …`.
    /// Any other number needs its plus: without it, a country's code cannot be told from an 8 that is dialled first.
    pub fn parse(raw: &str) -> Result<Self, FieldError> {
        let wrong = || {
            FieldError::new(
                FieldCode::NotAPhone,
                "must be a number with its country's code, such as +7 921 123-45-67",
            )
        };
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(FieldError::new(FieldCode::Required, "must not be empty"));
        }
        if raw
            .chars()
            .any(|c| !c.is_ascii_digit() && !" \u{a0}-.()+".contains(c))
        {
            return Err(wrong());
        }
        let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
        let pluses = raw.matches('+').count();
        let number = match (pluses, raw.starts_with('+')) {
            (1, true) => digits,
            (0, _) => russian(&digits).ok_or_else(wrong)?,
            _ => return Err(wrong()),
        };
        if !(8..=15).contains(&number.len()) || number.starts_with('0') {
            return Err(wrong());
        }
        Ok(Self(format!("+{number}")))
    }

    /// With the plus.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

/// A Russian number as it is dialled in Russia: an 8 and ten digits, which begin with that of a place (3, 4, 8) or of
/// mobiles (9).
fn russian(digits: &str) -> Option<String> {
    let number = digits.strip_prefix('8')?;
    (number.len() == 10 && number.starts_with(['3', '4', '8', '9'])).then(|| format!("7{number}"))
}

/// The number to check; a code is sent to it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPhone {
    #[schema(example = "+7 921 123-45-67")]
    pub phone: String,
}

/// The code that came by SMS.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhoneCode {
    #[schema(example = "123456")]
    pub code: String,
}

/// A check that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct PhoneCheckView {
    #[schema(example = "+79211234567")]
    pub phone: String,
    pub state: PhoneCheckState,
    /// Until when the code is taken.
    pub expires_at: DateTime<Utc>,
    /// How many more wrong codes may be given.
    pub tries_left: u32,
    /// When another code may be asked for.
    pub again_at: DateTime<Utc>,
}

/// Where the code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhoneCheckState {
    /// It waits to be sent, or to be tried again.
    Sending,
    Sent,
    /// The SMS service refuses this number.
    NumberRefused,
    /// It could not be sent; an administrator sees why.
    Failed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for raw in [
            "+79211234567",
            "+7 (921) 123-45-67",
            " 8 921 123 45 67 ",
            "8(921)123.45.67",
        ] {
            assert_eq!(Phone::parse(raw).unwrap().as_str(), "+79211234567", "{raw}");
        }
        for (raw, number) in [
            ("+44 20 7946 0958", "+442079460958"),
            ("+81 3 1234 5678", "+81312345678"),
            ("8 (495) 123-45-67", "+74951234567"),
            ("8 383 123 45 67", "+73831234567"),
            ("8 812 123 45 67", "+78121234567"),
        ] {
            assert_eq!(Phone::parse(raw).unwrap().as_str(), number, "{raw}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for raw in [
            "921 123 45 67",
            // A plus was left out, and they are no Russian numbers.
            "81 3 1234 5678",
            "82 2 1234 5678",
            "86 10 1234 5678",
            "8 921 123 45 6",
            "8 921 123 45 678",
            "+7",
            "+0123456789",
            "7+9211234567",
            "+7921123456789012",
            "+7 921 CALL-NOW",
            "+7921123\r\n4567",
        ] {
            assert_eq!(
                Phone::parse(raw).unwrap_err().code,
                FieldCode::NotAPhone,
                "{raw}"
            );
        }
        assert_eq!(Phone::parse(" ").unwrap_err().code, FieldCode::Required);
    }
}
