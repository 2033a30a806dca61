//! How the API says no: RFC 9457 problem documents with stable codes, and errors by field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a request was refused. Codes are stable: programs may depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 400: the body is not JSON, or the query cannot be read.
    UnreadableRequest,
    /// 401: no valid access token came with the request.
    SignedOut,
    /// 401: the address or the password is wrong.
    WrongCredentials,
    /// 401: the password is right; a code of the second factor is needed too.
    SecondFactorRequired,
    /// 401: the code is wrong, or was used already.
    WrongCode,
    /// 403: prove again that it is you (`auth/prove`), then repeat this.
    ProofRequired,
    /// 403: this account must turn on its second factor before it may do anything else.
    SecondFactorSetupRequired,
    /// 403: no API token is enough for this; sign in.
    SessionRequired,
    /// 403: the API token has not the scope for this.
    ScopeMissing,
    /// 403: sign-up is by invitation, or closed.
    SignUpClosed,
    /// 403: the account's address is not confirmed yet.
    Unconfirmed,
    /// 403: the account is blocked.
    Blocked,
    /// 403: the role does not allow this.
    Forbidden,
    /// 404: it does not exist, or one may not see it.
    NotFound,
    /// 405: the path exists, but not with this method.
    MethodNotAllowed,
    /// 409: something with this unique value exists already.
    Taken,
    /// 409: the mailing's latest run still has letters that were never tried.
    RunInProgress,
    /// 409: a later run of the mailing has begun; the letters of this one are not sent any more.
    RunSuperseded,
    /// 409: the mailing is completed; duplicate it to send again.
    MailingCompleted,
    /// 409: the mailing is paused; resume it first.
    MailingPaused,
    /// 409: the mailing is not paused.
    MailingNotPaused,
    /// 409: a mailing that is not completed uses the message.
    MessageInUse,
    /// 409: the owner of this is blocked.
    OwnerBlocked,
    /// 409: one cannot block, demote or delete oneself here.
    OwnAccount,
    /// 409: the service would be left without an administrator.
    LastAdmin,
    /// 409: the second factor is on already, or not on, or required.
    SecondFactorState,
    /// 409: there is no check of a phone under way.
    NoPhoneCheck,
    /// 409: the account has no phone that was checked.
    NoPhone,
    /// 410: the link was used, or has expired, or was never given.
    LinkExpired,
    /// 412: it was changed by somebody else since it was read.
    Changed,
    /// 413: the body is larger than the API takes.
    TooLarge,
    /// 415: the body is not `application/json` (or not a picture, where one is meant).
    UnsupportedMediaType,
    /// 422: a field is wrong; see `errors`.
    Invalid,
    /// 429: too many tries; wait for as many seconds as `Retry-After` says.
    TooManyRequests,
    /// 500: our fault; it is in the log.
    Internal,
    /// 503: the database cannot be reached; try again.
    Unavailable,
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
    /// A permission that the caller has not.
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
