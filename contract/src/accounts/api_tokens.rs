//! API tokens: keys for programs, with some of their owner's permissions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::checks;
use crate::permissions::Permission;
use crate::problem::{FieldCode, FieldError, FieldErrors};

pub const TOKEN_NAME_LIMIT: u64 = 100;
/// What every API token begins with, so that leaked ones can be found.
pub const TOKEN_PREFIX: &str = "golub_";

/// A token to be made.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApiToken {
    #[schema(example = "Shop")]
    pub name: String,
    /// What it may be used for; nothing that its owner may not do.
    pub scopes: Vec<Permission>,
    /// Without it the token holds until it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
}

impl NewApiToken {
    /// What can be checked without knowing the owner or the time.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.keep("name", checks::line(&self.name, TOKEN_NAME_LIMIT));
        if self.scopes.is_empty() {
            let error = FieldError::new(FieldCode::Required, "choose at least one");
            errors.add("scopes", error);
        }
        errors.finish()
    }
}

/// A token as it is listed: not what it is, but what it may do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct ApiTokenView {
    pub id: i64,
    pub name: String,
    /// Its last four characters.
    #[schema(example = "x7Qf")]
    pub ending: String,
    pub scopes: Vec<Permission>,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    /// To the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A token just made, with what is shown this one time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct MadeApiToken {
    #[serde(flatten)]
    pub view: ApiTokenView,
    /// Give it as `Authorization: Bearer …`.
    #[schema(example = "golub_3q2p7wK1…")]
    pub token: String,
}
