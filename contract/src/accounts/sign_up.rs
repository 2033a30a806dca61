//! Signing up, confirming the address, and getting in again when the password is forgotten.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::password::check_password;
use super::{FULL_NAME_LIMIT, Language};
use crate::address::Address;
use crate::checks;
use crate::problem::{FieldCode, FieldError, FieldErrors};

/// Who may sign up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignUp {
    /// Everybody.
    #[default]
    Open,
    /// Those whom an administrator has invited.
    Invited,
    /// Nobody: administrators make accounts.
    Closed,
}

/// What signing up takes.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    #[schema(example = "anna@example.org")]
    pub email: String,
    #[schema(example = "correct horse battery")]
    pub password: String,
    #[serde(default)]
    #[schema(example = "Anna Sokolova")]
    pub full_name: String,
    #[serde(default)]
    pub language: Language,
    /// IANA name, such as `Europe/Moscow`; `UTC` if not given.
    #[serde(default = "utc")]
    #[schema(default = "UTC")]
    pub time_zone: String,
}

impl Registration {
    /// What can be checked without knowing anything of the service.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.keep("email", Address::parse(&self.email));
        errors.keep("password", check_password(&self.password));
        errors.keep(
            "full_name",
            checks::optional_line(&self.full_name, FULL_NAME_LIMIT),
        );
        errors.finish()
    }
}

/// An address by which an account may be known; whether it is, no answer tells.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownBy {
    #[schema(example = "anna@example.org")]
    pub email: String,
}

/// The link of the letter that followed signing up, and the password chosen then: each shows what the other does not.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// What stands in the link.
    #[schema(example = "17.l0Yh2Q")]
    pub token: String,
    /// The one that was chosen when signing up.
    #[schema(example = "correct horse battery")]
    pub password: String,
}

impl Confirmation {
    /// What can be checked without knowing anything of the service.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.password.is_empty() {
            let missing = FieldError::new(FieldCode::Required, "must not be empty");
            errors.add("password", missing);
        }
        errors.finish()
    }
}

/// What stands in the link of a letter.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    #[schema(example = "17.l0Yh2Q")]
    pub token: String,
}

/// A new password, by the link of a letter.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    #[schema(example = "17.l0Yh2Q")]
    pub token: String,
    #[schema(example = "correct horse battery")]
    pub password: String,
}

/// Whom an administrator invites to sign up.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    #[schema(example = "boris@example.org")]
    pub email: String,
    /// The language of the letter.
    #[serde(default)]
    pub language: Language,
}

/// An invitation that was not taken yet.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct InvitationView {
    pub id: i64,
    pub email: String,
    pub language: Language,
    /// The name of who invited.
    pub invited_by: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

fn utc() -> String {
    "UTC".to_owned()
}
