//! One's own profile, address and account.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CITY_LIMIT, FULL_NAME_LIMIT, Language};
use crate::checks;
use crate::problem::FieldErrors;

/// Pictures up to this many bytes are taken, and made small.
pub const AVATAR_BYTES_LIMIT: u64 = 5 * 1024 * 1024;
/// The side of the square that a picture is made to, in pixels.
pub const AVATAR_SIDE: u32 = 256;

/// What to change about oneself; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Anna Sokolova")]
    pub full_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Kronstadt")]
    pub city: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// IANA name, such as `Europe/Moscow`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Europe/Moscow")]
    pub time_zone: Option<String>,
}

impl ProfileChange {
    /// The change with its texts trimmed. What can be checked without the list of time zones is checked.
    pub fn check(self) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut line = |field: &str, text: Option<String>, limit: u64| {
            errors.keep(field, checks::optional_line(&text?, limit))
        };
        let full_name = line("full_name", self.full_name, FULL_NAME_LIMIT);
        let city = line("city", self.city, CITY_LIMIT);
        errors.finish()?;
        Ok(Self {
            full_name,
            city,
            ..self
        })
    }
}

/// The address to sign in with from now on. It is changed when the links in both letters were taken.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailChange {
    #[schema(example = "anna.sokolova@example.org")]
    pub email: String,
}

/// How far a change of address has come.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct EmailChangeView {
    pub email: String,
    /// The link in the letter to the present address was taken.
    pub present_confirmed: bool,
    /// The link in the letter to the new address was taken.
    pub new_confirmed: bool,
}

/// What goes when an account is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct GoesWithAccount {
    pub recipients: u64,
    pub messages: u64,
    pub mailings: u64,
    /// Of the mailings, those that still send.
    pub running_mailings: u64,
}
