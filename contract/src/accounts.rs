//! Accounts: signing in and who one is.

pub mod api_tokens;
pub mod password;
pub mod phone;
pub mod profile;
pub mod second_factor;
pub mod sessions;
pub mod sign_up;
pub mod users;

use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::permissions::{Permission, Role};

pub use password::{PASSWORD_LIMIT, PASSWORD_MIN, check_password};

pub const FULL_NAME_LIMIT: u64 = 200;
pub const CITY_LIMIT: u64 = 100;

/// What signing in takes.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    #[schema(example = "anna@example.org")]
    pub email: String,
    #[schema(example = "correct horse battery")]
    pub password: String,
    /// Where a second factor is on: the six digits that the app shows, or a recovery code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "123456")]
    pub code: Option<String>,
}

/// Proves again that it is you, before something that could lock you out.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    #[schema(example = "correct horse battery")]
    pub password: String,
    /// Where a second factor is on: the six digits that the app shows, or a recovery code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "123456")]
    pub code: Option<String>,
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
    /// What the caller may do: all that the role allows, or less with an API token.
    pub permissions: Vec<Permission>,
    /// IANA name, such as `Europe/Moscow`.
    pub time_zone: String,
    pub language: Language,
    /// In E.164, such as `+79211234567`.
    pub phone: Option<String>,
    /// When a code sent to the phone came back.
    pub phone_verified_at: Option<DateTime<Utc>>,
    pub city: String,
    /// Where the picture is; it changes with the picture.
    #[schema(example = "/api/v1/me/avatar?v=3q2p7w")]
    pub avatar_url: Option<String>,
    pub second_factor: SecondFactorState,
    pub created_at: DateTime<Utc>,
}

/// Whether signing in asks for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorState {
    Off,
    On,
    /// It is off, but this account must turn it on before it may do anything else.
    Required,
}

/// The language of letters from the service, and of the page until another is chosen there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    Ru,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::En, Self::Ru];

    /// Its word in the API, in HTML and at the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
        }
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        let found = Self::ALL
            .into_iter()
            .find(|language| language.code() == code);
        found.ok_or_else(|| "must be en or ru".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_read_by_the_codes_that_are_on_the_wire() {
        for language in Language::ALL {
            assert_eq!(serde_json::to_value(language).unwrap(), language.code());
            assert_eq!(language.code().parse(), Ok(language));
        }
        assert!("de".parse::<Language>().is_err());
    }
}
