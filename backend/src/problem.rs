//! How the service says no: one error type, each with a stable code, which has a status and words (RFC 9457).
//!
//! Only our own faults become a 500; what went wrong is logged here once, the answer does not tell it.

use std::fmt;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use contract::problem::{ErrorCode, FieldCode, FieldError, FieldErrors, InUse, Problem};
use sea_orm::sqlx::error::DatabaseError;
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
    /// The database cannot be reached, or somebody else got into the way.
    Unavailable(String),
    /// Our own fault.
    Ours(String),
}

impl ApiError {
    pub fn ours(fault: impl fmt::Display) -> Self {
        Self::Ours(fault.to_string())
    }

    /// What programs know it by.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Unreadable(_) => ErrorCode::UnreadableRequest,
            Self::SignedOut => ErrorCode::SignedOut,
            Self::WrongCredentials => ErrorCode::WrongCredentials,
            Self::SecondFactorRequired => ErrorCode::SecondFactorRequired,
            Self::WrongCode => ErrorCode::WrongCode,
            Self::ProofRequired => ErrorCode::ProofRequired,
            Self::SecondFactorSetupRequired => ErrorCode::SecondFactorSetupRequired,
            Self::SessionRequired => ErrorCode::SessionRequired,
            Self::ScopeMissing => ErrorCode::ScopeMissing,
            Self::SignUpClosed => ErrorCode::SignUpClosed,
            Self::Unconfirmed => ErrorCode::Unconfirmed,
            Self::Blocked => ErrorCode::Blocked,
            Self::Forbidden => ErrorCode::Forbidden,
            Self::NotFound => ErrorCode::NotFound,
            Self::MethodNotAllowed(_) => ErrorCode::MethodNotAllowed,
            Self::Taken(_) => ErrorCode::Taken,
            Self::RunInProgress => ErrorCode::RunInProgress,
            Self::RunSuperseded => ErrorCode::RunSuperseded,
            Self::MailingCompleted => ErrorCode::MailingCompleted,
            Self::MailingPaused => ErrorCode::MailingPaused,
            Self::MailingNotPaused => ErrorCode::MailingNotPaused,
            Self::MessageInUse(_) => ErrorCode::MessageInUse,
            Self::OwnerBlocked => ErrorCode::OwnerBlocked,
            Self::OwnAccount => ErrorCode::OwnAccount,
            Self::LastAdmin => ErrorCode::LastAdmin,
            Self::SecondFactorState => ErrorCode::SecondFactorState,
            Self::NoPhoneCheck => ErrorCode::NoPhoneCheck,
            Self::NoPhone => ErrorCode::NoPhone,
            Self::LinkExpired => ErrorCode::LinkExpired,
            Self::Changed => ErrorCode::Changed,
            Self::TooLarge => ErrorCode::TooLarge,
            Self::UnsupportedMediaType => ErrorCode::UnsupportedMediaType,
            Self::Invalid(_) => ErrorCode::Invalid,
            Self::TooManyRequests(_) => ErrorCode::TooManyRequests,
            Self::Unavailable(_) => ErrorCode::Unavailable,
            Self::Ours(_) => ErrorCode::Internal,
        }
    }

    fn detail(&self) -> &str {
        match self {
            Self::Unreadable(detail) => detail,
            other => other.code().detail(),
        }
    }

    /// Was it asked for wrongly? Otherwise it failed through our own fault, or the database's.
    pub fn is_refusal(&self) -> bool {
        !matches!(self, Self::Ours(_) | Self::Unavailable(_))
    }

    /// The document that tells it.
    pub fn problem(&self) -> Problem {
        let status = self.status_code();
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
            code: self.code(),
            detail: self.detail().to_owned(),
            errors,
            in_use,
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ours(fault) | Self::Unavailable(fault) => formatter.write_str(fault),
            other => formatter.write_str(other.detail()),
        }
    }
}

impl std::error::Error for ApiError {}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Ours(fault) => tracing::error!(%fault, "a request failed through our own fault"),
            Self::Unavailable(fault) => {
                tracing::error!(%fault, "a request failed: the database cannot be reached");
            }
            _ => {}
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
                if cause.as_database_error().is_none_or(passes) =>
            {
                Self::Unavailable(error.to_string())
            }
            other => Self::Ours(other.to_string()),
        }
    }
}

/// PostgreSQL has ended one of two that waited for each other, or got into each other's way: tried again, it works.
fn passes(error: &dyn DatabaseError) -> bool {
    matches!(error.code().as_deref(), Some("40P01" | "40001"))
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
