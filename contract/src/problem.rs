//! How the API says no: RFC 9457 problem documents with stable codes, and errors by field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a request was refused. Codes are stable: programs may depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    UnreadableRequest,
    /// No valid access token came with the request.
    SignedOut,
    WrongCredentials,
    /// The password is right.
    SecondFactorRequired,
    WrongCode,
    /// By `auth/prove`.
    ProofRequired,
    /// Before the account may do anything else.
    SecondFactorSetupRequired,
    SessionRequired,
    ScopeMissing,
    SignUpClosed,
    Unconfirmed,
    Blocked,
    Forbidden,
    /// It does not exist, or one may not see it.
    NotFound,
    /// The path exists.
    MethodNotAllowed,
    Taken,
    RunInProgress,
    RunSuperseded,
    MailingCompleted,
    MailingPaused,
    MailingNotPaused,
    /// See `in_use`.
    MessageInUse,
    /// The owner of what this is about.
    OwnerBlocked,
    /// Block, demote or delete.
    OwnAccount,
    LastAdmin,
    SecondFactorState,
    NoPhoneCheck,
    NoPhone,
    /// Or it was never given.
    LinkExpired,
    Changed,
    TooLarge,
    UnsupportedMediaType,
    /// See `errors`.
    Invalid,
    /// `Retry-After` says for how many seconds.
    TooManyRequests,
    /// What it was is in the log.
    Internal,
    /// The database cannot be reached.
    Unavailable,
}

impl ErrorCode {
    /// The HTTP status that it goes with.
    pub const fn status(self) -> u16 {
        self.told().0
    }

    /// What is wrong, for a person.
    pub const fn detail(self) -> &'static str {
        self.told().1
    }

    const fn told(self) -> (u16, &'static str) {
        match self {
            Self::UnreadableRequest => (400, "The body is not JSON, or the query cannot be read."),
            Self::SignedOut => (401, "Sign in first."),
            Self::WrongCredentials => (401, "The address or the password is wrong."),
            Self::SecondFactorRequired => (401, "Give the code of your second factor too."),
            Self::WrongCode => (401, "The code is wrong, or was used already."),
            Self::ProofRequired => (403, "Prove again that it is you, then repeat this."),
            Self::SecondFactorSetupRequired => (403, "Turn on your second factor first."),
            Self::SessionRequired => (403, "An API token is not enough for this. Sign in."),
            Self::ScopeMissing => (403, "The API token lacks the required scope."),
            Self::SignUpClosed => (403, "Sign-up is by invitation only, or closed."),
            Self::Unconfirmed => (403, "The account's address is not confirmed."),
            Self::Blocked => (403, "The account is blocked."),
            Self::Forbidden => (403, "Your role does not allow this."),
            Self::NotFound => (404, "There is no such thing here."),
            Self::MethodNotAllowed => (405, "This path does not take this method."),
            Self::Taken => (409, "This value is already taken."),
            Self::RunInProgress => (
                409,
                "The latest run still has letters that were never tried.",
            ),
            Self::RunSuperseded => (
                409,
                "A later run has begun; the letters of this one are no longer sent.",
            ),
            Self::MailingCompleted => {
                (409, "The mailing is completed. Duplicate it to send again.")
            }
            Self::MailingPaused => (409, "The mailing is paused. Resume it first."),
            Self::MailingNotPaused => (409, "The mailing is not paused."),
            Self::MessageInUse => (
                409,
                "Mailings that are not completed still use the message.",
            ),
            Self::OwnerBlocked => (409, "The owner is blocked."),
            Self::OwnAccount => (409, "You cannot do this to yourself."),
            Self::LastAdmin => (409, "The service would be left without an administrator."),
            Self::SecondFactorState => (
                409,
                "The second factor is already on, or not on, or must stay on.",
            ),
            Self::NoPhoneCheck => (409, "No phone check is under way."),
            Self::NoPhone => (409, "Your account has no verified phone."),
            Self::LinkExpired => (410, "The link was used, or has expired."),
            Self::Changed => (412, "It was changed since you read it. Read it again."),
            Self::TooLarge => (413, "The body is too large."),
            Self::UnsupportedMediaType => (415, "The body is not of the type that this takes."),
            Self::Invalid => (422, "Some fields are wrong."),
            Self::TooManyRequests => (429, "Too many tries. Wait a little."),
            Self::Internal => (500, "Something went wrong on our side."),
            Self::Unavailable => (503, "The service is not available right now. Try again."),
        }
    }
}

/// A problem document (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: `code` tells problems apart.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    pub kind: String,
    /// The HTTP status in words.
    #[schema(example = "Unprocessable Entity")]
    pub title: String,
    #[schema(example = 422)]
    pub status: u16,
    pub code: ErrorCode,
    /// What is wrong, for a person.
    pub detail: String,
    /// Errors by field, for `invalid`. A nested field is written with dots: `recurrence.day`.
    #[serde(default, skip_serializing_if = "FieldErrors::is_empty")]
    pub errors: FieldErrors,
    /// For `message_in_use`: the caller's own mailings that use it, and how many of others do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_use: Option<InUse>,
}

/// What stands in the way of deleting a message or making it private.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InUse {
    /// The caller's own mailings.
    pub mailings: Vec<Named>,
    /// How many mailings of other people use it.
    pub others: u64,
}

/// Something by its id and title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Named {
    pub id: i64,
    pub title: String,
}

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldCode {
    /// Nothing was given.
    Required,
    /// Longer than `limit` characters (or more than `limit` items).
    TooLong,
    /// Shorter than `limit` characters.
    TooShort,
    /// Contains a line break or another control character.
    ControlCharacter,
    /// Not an e-mail address.
    NotAnAddress,
    /// The part before the @ has letters that most mail servers do not take.
    NonAsciiLocalPart,
    /// Another one has this value already.
    Taken,
    /// `name` is not a variable; those known are full_name and email.
    UnknownVariable,
    /// A `{{` has no `}}`.
    UnclosedVariable,
    /// Not an IANA time zone.
    UnknownZone,
    /// The end is not after the start.
    EndBeforeStart,
    /// The end has passed.
    WindowOver,
    /// Out of the range that a calendar or a number has here.
    OutOfRange,
    /// Names something that does not exist or that one may not use.
    UnknownReference,
    /// Not of the type or form that this field has.
    WrongType,
    /// No such field.
    UnknownField,
    /// Too easy to guess; `name` says why, as a password warning.
    TooWeak,
    /// Addresses of this domain may not sign up here.
    DomainNotAllowed,
    /// Not a phone number with its country's code.
    NotAPhone,
    /// More than `limit` SMS.
    TooManyParts,
    /// The message has no SMS text.
    NoSmsText,
    /// The service sends nothing this way.
    NotOffered,
    /// It stays as it is from the first run on.
    Fixed,
    /// Not the password.
    WrongPassword,
    /// Not the code; `limit` tries are left.
    WrongCode,
    /// Not a JPEG, PNG or WebP picture, or one that cannot be read.
    NotAPicture,
    /// A permission that the caller does not have.
    NotYours,
}

/// One error of one field: a code for programs and pages, words for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    pub code: FieldCode,
    /// What is wrong, in English.
    pub message: String,
    /// The limit that was passed, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// The name that is meant, such as that of an unknown variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The line, from 1, where the error stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The character in that line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
}

impl FieldError {
    pub fn new(code: FieldCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            limit: None,
            name: None,
            line: None,
            column: None,
        }
    }
}

/// Errors by field, several to a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct FieldErrors(pub BTreeMap<String, Vec<FieldError>>);

impl FieldErrors {
    pub fn one(field: &str, error: FieldError) -> Self {
        let mut errors = Self::default();
        errors.add(field, error);
        errors
    }

    pub fn add(&mut self, field: &str, error: FieldError) {
        self.0.entry(field.to_owned()).or_default().push(error);
    }

    /// Keeps the error, if there is one, and gives the value, if there is one.
    pub fn keep<T>(&mut self, field: &str, checked: Result<T, FieldError>) -> Option<T> {
        match checked {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(field, error);
                None
            }
        }
    }

    /// Keeps the errors of fields that have none yet, and gives the value, if there is one.
    pub fn keep_all<T>(&mut self, checked: Result<T, Self>) -> Option<T> {
        match checked {
            Ok(value) => Some(value),
            Err(found) => {
                for (field, found) in found.0 {
                    self.0.entry(field).or_insert(found);
                }
                None
            }
        }
    }

    pub fn of(&self, field: &str) -> &[FieldError] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok` when nothing is wrong.
    pub fn finish(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}
