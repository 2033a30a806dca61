//! How the service says no: one error type, each with a status and a stable code (RFC 9457).
//!
//! Only our own faults become a 500; what went wrong is logged here once, the answer does not tell it.

use std::fmt;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use contract::problem::{ErrorCode, FieldCode, FieldError, FieldErrors, InUse, Problem};
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why a request is refused.
#[derive(Debug)]
pub enum ApiError {
    /// The body is not JSON, or the query cannot be read.
    Unreadable(String),
    SignedOut,
    WrongCredentials,
    SecondFactorRequired,
    WrongCode,
    ProofRequired,
    SecondFactorSetupRequired,
    SessionRequired,
    ScopeMissing,
    SignUpClosed,
    Unconfirmed,
    Blocked,
    Forbidden,
    /// It does not exist, or the caller may not know that it does.
    NotFound,
    /// With those that the path takes.
    MethodNotAllowed(String),
    /// The field has a value that must be unique and is not.
    Taken(&'static str),
    RunInProgress,
    RunSuperseded,
    MailingCompleted,
    MailingPaused,
    MailingNotPaused,
    MessageInUse(InUse),
    OwnerBlocked,
    OwnAccount,
    LastAdmin,
    SecondFactorState,
    NoPhoneCheck,
    NoPhone,
    LinkExpired,
    /// The `If-Match` is not that of the current version.
    Changed,
    TooLarge,
    UnsupportedMediaType,
    Invalid(FieldErrors),
    /// With how long to wait.
    TooManyRequests(Duration),
    /// The database cannot be reached.
    Unavailable(String),
    /// Our own fault.
    Ours(String),
}

impl ApiError {
    pub fn ours(fault: impl fmt::Display) -> Self {
        Self::Ours(fault.to_string())
    }

    fn parts(&self) -> (StatusCode, ErrorCode, &str) {
        use ErrorCode as Code;
        match self {
            Self::Unreadable(detail) => (StatusCode::BAD_REQUEST, Code::UnreadableRequest, detail),
            Self::SignedOut => (StatusCode::UNAUTHORIZED, Code::SignedOut, "Sign in first."),
            Self::WrongCredentials => (
                StatusCode::UNAUTHORIZED,
                Code::WrongCredentials,
                "The address or the password is wrong.",
            ),
            Self::SecondFactorRequired => (
                StatusCode::UNAUTHORIZED,
                Code::SecondFactorRequired,
                "Give the code of your second factor too.",
            ),
            Self::WrongCode => (
                StatusCode::UNAUTHORIZED,
                Code::WrongCode,
                "The code is wrong, or was used already.",
            ),
            Self::ProofRequired => (
                StatusCode::FORBIDDEN,
                Code::ProofRequired,
                "Prove again that it is you, then repeat this.",
            ),
            Self::SecondFactorSetupRequired => (
                StatusCode::FORBIDDEN,
                Code::SecondFactorSetupRequired,
                "Turn on your second factor first.",
            ),
            Self::SessionRequired => (
                StatusCode::FORBIDDEN,
                Code::SessionRequired,
                "An API token is not enough for this. Sign in.",
            ),
            Self::ScopeMissing => (
                StatusCode::FORBIDDEN,
                Code::ScopeMissing,
                "The API token has not the scope for this.",
            ),
            Self::SignUpClosed => (
                StatusCode::FORBIDDEN,
                Code::SignUpClosed,
                "Sign-up is by invitation, or closed.",
            ),
            Self::Unconfirmed => (
                StatusCode::FORBIDDEN,
                Code::Unconfirmed,
                "The account's address is not confirmed.",
            ),
            Self::Blocked => (
                StatusCode::FORBIDDEN,
                Code::Blocked,
                "The account is blocked.",
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                Code::Forbidden,
                "Your role does not allow this.",
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                Code::NotFound,
                "There is no such thing here.",
            ),
            Self::MethodNotAllowed(_) => (
                StatusCode::METHOD_NOT_ALLOWED,
                Code::MethodNotAllowed,
                "This path does not take this method.",
            ),
            Self::Taken(_) => (
                StatusCode::CONFLICT,
                Code::Taken,
                "Another one has this value already.",
            ),
            Self::RunInProgress => (
                StatusCode::CONFLICT,
                Code::RunInProgress,
                "The latest run still has letters that were never tried.",
            ),
            Self::RunSuperseded => (
                StatusCode::CONFLICT,
                Code::RunSuperseded,
                "A later run has begun; the letters of this one are not sent any more.",
            ),
            Self::MailingCompleted => (
                StatusCode::CONFLICT,
                Code::MailingCompleted,
                "The mailing is completed. Duplicate it to send again.",
            ),
            Self::MailingPaused => (
                StatusCode::CONFLICT,
                Code::MailingPaused,
                "The mailing is paused. Resume it first.",
            ),
            Self::MailingNotPaused => (
                StatusCode::CONFLICT,
                Code::MailingNotPaused,
                "The mailing is not paused.",
            ),
            Self::MessageInUse(_) => (
                StatusCode::CONFLICT,
                Code::MessageInUse,
                "Mailings that are not completed use the message.",
            ),
            Self::OwnerBlocked => (
                StatusCode::CONFLICT,
                Code::OwnerBlocked,
                "The owner is blocked.",
            ),
            Self::OwnAccount => (
                StatusCode::CONFLICT,
                Code::OwnAccount,
                "You cannot do this to yourself.",
            ),
            Self::LastAdmin => (
                StatusCode::CONFLICT,
                Code::LastAdmin,
                "The service would be left without an administrator.",
            ),
            Self::SecondFactorState => (
                StatusCode::CONFLICT,
                Code::SecondFactorState,
                "The second factor is on already, or not on, or required.",
            ),
            Self::NoPhoneCheck => (
                StatusCode::CONFLICT,
                Code::NoPhoneCheck,
                "No check of a phone is under way.",
            ),
            Self::NoPhone => (
                StatusCode::CONFLICT,
                Code::NoPhone,
                "Your account has no phone that was checked.",
            ),
            Self::LinkExpired => (
                StatusCode::GONE,
                Code::LinkExpired,
                "The link was used, or has expired.",
            ),
            Self::Changed => (
                StatusCode::PRECONDITION_FAILED,
                Code::Changed,
                "It was changed since you read it. Read it again.",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                Code::TooLarge,
                "The body is too large.",
            ),
            Self::UnsupportedMediaType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Code::UnsupportedMediaType,
                "The body is not of the type that this takes.",
            ),
            Self::Invalid(_) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                Code::Invalid,
                "Some fields are wrong.",
            ),
            Self::TooManyRequests(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                Code::TooManyRequests,
                "Too many tries. Wait a little.",
            ),
            Self::Unavailable(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                Code::Unavailable,
                "The service is not available. Try again.",
            ),
            Self::Ours(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                Code::Internal,
                "Something went wrong on our side.",
            ),
        }
    }

    /// Was it asked for wrongly? Otherwise it failed through our own fault, or the database's.
    pub fn is_refusal(&self) -> bool {
        !matches!(self, Self::Ours(_) | Self::Unavailable(_))
    }

    /// The document that tells it.
    pub fn problem(&self) -> Problem {
        let (status, code, detail) = self.parts();
        let errors = match self {
            Self::Invalid(errors) => errors.clone(),
            Self::Taken(field) => {
                FieldErrors::one(field, FieldError::new(FieldCode::Taken, "is taken already"))
            }
            _ => FieldErrors::default(),
        };
        let in_use = match self {
            Self::MessageInUse(in_use) => Some(in_use.clone()),
            _ => None,
        };
        Problem {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            code,
            detail: detail.to_owned(),
            errors,
            in_use,
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ours(fault) | Self::Unavailable(fault) => formatter.write_str(fault),
            other => formatter.write_str(other.parts().2),
        }
    }
}

impl std::error::Error for ApiError {}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.parts().0
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::Ours(fault) | Self::Unavailable(fault) = self {
            tracing::error!(%fault, "a request failed through our own fault");
        }
        let mut response = HttpResponse::build(self.status_code());
        response
            .content_type("application/problem+json")
            .insert_header(("Cache-Control", "no-store"));
        match self {
            Self::TooManyRequests(wait) => {
                // Rounded up: who comes back then is let in.
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                response.insert_header(("Retry-After", seconds.to_string()));
            }
            Self::SignedOut => {
                response.insert_header(("WWW-Authenticate", "Bearer"));
            }
            Self::MethodNotAllowed(allowed) => {
                response.insert_header(("Allow", allowed.as_str()));
            }
            _ => {}
        }
        response.json(self.problem())
    }
}

impl From<FieldErrors> for ApiError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<DbErr> for ApiError {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => Self::Unavailable(error.to_string()),
            DbErr::Exec(RuntimeErr::SqlxError(ref cause))
            | DbErr::Query(RuntimeErr::SqlxError(ref cause))
                if cause.as_database_error().is_none() =>
            {
                Self::Unavailable(error.to_string())
            }
            other => Self::Ours(other.to_string()),
        }
    }
}

/// Says which field is taken when the database refuses a value that must be unique.
pub trait Taken<T> {
    fn taken(self, field: &'static str) -> Result<T, ApiError>;
}

impl<T> Taken<T> for Result<T, DbErr> {
    fn taken(self, field: &'static str) -> Result<T, ApiError> {
        self.map_err(|error| match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => ApiError::Taken(field),
            _ => error.into(),
        })
    }
}
