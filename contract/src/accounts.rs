//! Accounts: signing in and who one is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::permissions::Role;
use crate::problem::{FieldCode, FieldError};

/// Passwords shorter than this are not taken (NIST SP 800-63B 3.1.1.2 asks for 8 as a minimum).
pub const PASSWORD_MIN: u64 = 10;
/// Longer ones are refused rather than cut.
pub const PASSWORD_LIMIT: u64 = 128;
pub const FULL_NAME_LIMIT: u64 = 200;

/// What signing in takes.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    #[schema(example = "anna@example.org")]
    pub email: String,
    #[schema(example = "correct horse battery")]
    pub password: String,
}

/// Is the password long enough, and not too long? Nothing else is asked of it.
pub fn check_password(password: &str) -> Result<(), FieldError> {
    let (code, limit, message) = match password.chars().count() as u64 {
        0 => return Err(FieldError::new(FieldCode::Required, "must not be empty")),
        length if length < PASSWORD_MIN => (FieldCode::TooShort, PASSWORD_MIN, "at least"),
        length if length > PASSWORD_LIMIT => (FieldCode::TooLong, PASSWORD_LIMIT, "at most"),
        _ => return Ok(()),
    };
    let error = FieldError::new(code, format!("must be {message} {limit} characters long"));
    Err(FieldError {
        limit: Some(limit),
        ..error
    })
}

/// A short-lived key to the API. The refresh token comes as an HttpOnly cookie beside it.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct AccessToken {
    /// Give it as `Authorization: Bearer …`.
    pub access_token: String,
    /// Seconds until it expires.
    #[schema(example = 600)]
    pub expires_in: u64,
}

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct MeView {
    pub id: i64,
    pub email: String,
    pub full_name: String,
    pub role: Role,
    /// IANA name, such as `Europe/Moscow`.
    pub time_zone: String,
    pub language: Language,
    pub created_at: DateTime<Utc>,
}

/// The language of letters from the service, and of the page until another is chosen there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    Ru,
}
