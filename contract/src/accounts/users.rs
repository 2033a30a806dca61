//! Other people's accounts, as managers see them and administrators keep them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::profile::GoesWithAccount;
use super::{CITY_LIMIT, FULL_NAME_LIMIT, Language, SecondFactorState};
use crate::address::Address;
use crate::checks;
use crate::permissions::Role;
use crate::problem::FieldErrors;

pub const BLOCK_REASON_LIMIT: u64 = 500;

/// An account in the list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct UserView {
    pub id: i64,
    pub email: String,
    pub full_name: String,
    pub role: Role,
    pub language: Language,
    /// IANA name, such as `Europe/Moscow`.
    pub time_zone: String,
    /// In E.164.
    pub phone: Option<String>,
    pub phone_verified_at: Option<DateTime<Utc>>,
    pub city: String,
    pub avatar_url: Option<String>,
    /// When the address was confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
    pub blocked: Option<Block>,
    pub second_factor: SecondFactorState,
    pub last_seen_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    /// Confirmed and not blocked.
    Active,
    Blocked,
    /// Its address was not confirmed yet.
    Unconfirmed,
}

impl UserState {
    /// The word on the wire and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            UserState::Active => "active",
            UserState::Blocked => "blocked",
            UserState::Unconfirmed => "unconfirmed",
        }
    }
}

impl UserView {
    /// Who is blocked is that, confirmed or not.
    pub fn state(&self) -> UserState {
        match (&self.blocked, self.confirmed_at) {
            (Some(_), _) => UserState::Blocked,
            (None, Some(_)) => UserState::Active,
            (None, None) => UserState::Unconfirmed,
        }
    }
}

/// Why somebody is out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct Block {
    pub at: DateTime<Utc>,
    /// The name of who blocked.
    pub by: String,
    pub reason: String,
}

/// An account with what it has done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct UserDetail {
    #[serde(flatten)]
    pub user: UserView,
    pub owns: GoesWithAccount,
    pub letters: LetterCounts,
    pub sessions: u64,
    pub api_tokens: u64,
}

/// What became of a person's letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct LetterCounts {
    pub sent: u64,
    pub failed: u64,
    /// Still to be sent.
    pub queued: u64,
    pub skipped: u64,
    pub unknown: u64,
}

/// How many accounts there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct UserTotals {
    pub all: u64,
    /// Confirmed and not blocked.
    pub active: u64,
    pub blocked: u64,
    pub unconfirmed: u64,
    pub staff: u64,
}

/// An account to be made. Its password is chosen by its person, through a link in a letter.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUserAccount {
    #[schema(example = "boris@example.org")]
    pub email: String,
    #[serde(default)]
    #[schema(example = "Boris Volkov")]
    pub full_name: String,
    pub role: Role,
    #[serde(default)]
    pub language: Language,
    /// IANA name, such as `Europe/Moscow`.
    #[schema(example = "Europe/Moscow")]
    pub time_zone: String,
    #[serde(default)]
    pub city: String,
}

impl NewUserAccount {
    /// What can be checked without the list of time zones.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.keep("email", Address::parse(&self.email));
        errors.keep(
            "full_name",
            checks::optional_line(&self.full_name, FULL_NAME_LIMIT),
        );
        errors.keep("city", checks::optional_line(&self.city, CITY_LIMIT));
        errors.finish()
    }
}

/// What to change about an account; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// Who is given less than before is signed out everywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
}

/// Why somebody is blocked; they are told.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBlock {
    #[schema(example = "Letters to people who never asked for them")]
    pub reason: String,
}

impl NewBlock {
    pub fn check(&self) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reason = errors.keep("reason", checks::line(&self.reason, BLOCK_REASON_LIMIT));
        reason.ok_or(errors)
    }
}
