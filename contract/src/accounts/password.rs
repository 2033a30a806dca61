//! Passwords: their length, which page and API check alike, and their strength, which the API weighs.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{FieldCode, FieldError};

/// Passwords shorter than this are not taken (NIST SP 800-63B 3.1.1.2 asks for 8 as a minimum).
pub const PASSWORD_MIN: u64 = 10;
/// Longer ones are refused rather than cut.
pub const PASSWORD_LIMIT: u64 = 128;
/// Passwords weighed below this are refused as `too_weak`.
pub const STRENGTH_MIN: u8 = 3;

/// Is the password long enough, and not too long? Whether it can be guessed is weighed by the API.
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

/// A password to be weighed, with what the person is known by: a password made of that is weak.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordToWeigh {
    pub password: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub full_name: String,
}

/// How hard a password is to guess, by zxcvbn.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct PasswordStrength {
    /// 0 (guessed at once) to 4 (very hard to guess); 3 is enough.
    #[schema(minimum = 0, maximum = 4, example = 2)]
    pub score: u8,
    /// What makes it weak, if something does.
    pub warning: Option<PasswordWarning>,
    /// What would make it stronger.
    pub hints: Vec<PasswordHint>,
}

/// What makes a password weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PasswordWarning {
    /// Keys in a row on the keyboard.
    KeysInARow,
    /// A short pattern on the keyboard.
    ShortKeyPattern,
    /// The same character again and again.
    RepeatedCharacters,
    /// The same group of characters again and again.
    RepeatedGroup,
    /// A sequence such as abc or 6543.
    Sequence,
    /// A recent year.
    RecentYear,
    /// A date.
    Date,
    /// One of the passwords used most.
    TopPassword,
    /// A password that many use.
    CommonPassword,
    /// Close to a password that many use.
    SimilarToCommonPassword,
    /// One word.
    SingleWord,
    /// A name.
    Name,
}

/// What would make a password stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PasswordHint {
    /// A few words that do not belong together.
    UseSeveralWords,
    /// Another word or two, uncommon ones.
    AddUncommonWords,
    /// Longer patterns on the keyboard, with turns.
    LongerKeyPattern,
    AvoidRepeats,
    AvoidSequences,
    AvoidYears,
    AvoidPersonalDates,
    /// Capital letters hardly help.
    CapitalsDoNotHelp,
    /// All capitals are guessed as easily as none.
    AllCapitalsDoNotHelp,
    /// Words turned round are guessed as easily.
    ReversingDoesNotHelp,
    /// Signs in place of letters are guessed as easily.
    SubstitutionsDoNotHelp,
}

/// A change of password by who knows the present one.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    pub current_password: String,
    #[schema(example = "correct horse battery")]
    pub password: String,
}
