//! What can go wrong with a call, and how to say it.

use std::rc::Rc;

use contract::problem::{ErrorCode, FieldCode, FieldError, FieldErrors, InUse, Problem};

use crate::i18n::Saying;
use crate::i18n::texts::errors;

#[derive(Clone, Debug, PartialEq)]
pub enum CallError {
    /// The API said no, and why.
    Refused(Rc<Problem>),
    /// Too many tries; there may be another after so many seconds.
    TooSoon(u64),
    /// No answer: no network, or the service is down.
    Unreachable,
    /// An answer that is not the API's, with its status: a proxy in between, or another version.
    Unreadable(u16),
}

impl CallError {
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::TooSoon(_) => Some(ErrorCode::TooManyRequests),
            Self::Unreachable | Self::Unreadable(_) => None,
        }
    }

    /// The errors at fields, where there are any.
    pub fn field_errors(&self) -> FieldErrors {
        match self {
            Self::Refused(problem) => problem.errors.clone(),
            Self::TooSoon(_) | Self::Unreachable | Self::Unreadable(_) => FieldErrors::default(),
        }
    }

    /// Which mailings stand in the way, for `message_in_use`.
    pub fn in_use(&self) -> Option<&InUse> {
        match self {
            Self::Refused(problem) => problem.in_use.as_ref(),
            Self::TooSoon(_) | Self::Unreachable | Self::Unreadable(_) => None,
        }
    }

    pub fn is_not_found(&self) -> bool {
        self.code() == Some(ErrorCode::NotFound)
    }

    pub fn means_signed_out(&self) -> bool {
        match self {
            Self::Refused(problem) => problem.status == 401 || problem.code == ErrorCode::Blocked,
            Self::Unreadable(status) => *status == 401,
            Self::TooSoon(_) | Self::Unreachable => false,
        }
    }

    /// What the API says of the whole request, said at the field it is about, where the code is this one.
    pub fn at_field(self, code: ErrorCode, field: &str, error: FieldCode) -> Self {
        match self {
            Self::Refused(problem) if problem.code == code => {
                let mut problem = (*problem).clone();
                let message = problem.detail.clone();
                problem.errors.add(field, FieldError::new(error, message));
                Self::Refused(Rc::new(problem))
            }
            other => other,
        }
    }

    /// The error in a person's words.
    pub fn saying(&self) -> Saying {
        let code = match self {
            Self::Refused(problem) => problem.code,
            Self::TooSoon(seconds) => return errors::wait(*seconds),
            Self::Unreachable => return errors::UNREACHABLE.into(),
            Self::Unreadable(status) => {
                return Saying::Filled(errors::UNREADABLE, vec![("status", status.to_string())]);
            }
        };
        let text = match code {
            ErrorCode::UnreadableRequest => errors::UNREADABLE_REQUEST,
            ErrorCode::SignedOut => errors::SIGNED_OUT,
            ErrorCode::WrongCredentials => errors::WRONG_CREDENTIALS,
            ErrorCode::SecondFactorRequired => errors::SECOND_FACTOR_REQUIRED,
            ErrorCode::WrongCode => errors::WRONG_CODE,
            ErrorCode::ProofRequired => errors::PROOF_REQUIRED,
            ErrorCode::SecondFactorSetupRequired => errors::SECOND_FACTOR_SETUP_REQUIRED,
            ErrorCode::SessionRequired => errors::SESSION_REQUIRED,
            ErrorCode::ScopeMissing => errors::SCOPE_MISSING,
            ErrorCode::SignUpClosed => errors::SIGN_UP_CLOSED,
            ErrorCode::OwnAccount => errors::OWN_ACCOUNT,
            ErrorCode::LastAdmin => errors::LAST_ADMIN,
            ErrorCode::SecondFactorState => errors::SECOND_FACTOR_STATE,
            ErrorCode::NoPhoneCheck => errors::NO_PHONE_CHECK,
            ErrorCode::NoPhone => errors::NO_PHONE,
            ErrorCode::LinkExpired => errors::LINK_EXPIRED,
            ErrorCode::Unconfirmed => errors::UNCONFIRMED,
            ErrorCode::Blocked => errors::BLOCKED,
            ErrorCode::Forbidden => errors::FORBIDDEN,
            ErrorCode::NotFound => errors::NOT_FOUND,
            ErrorCode::MethodNotAllowed | ErrorCode::UnsupportedMediaType => errors::OTHER_VERSION,
            ErrorCode::Taken => errors::TAKEN,
            ErrorCode::RunInProgress => errors::RUN_IN_PROGRESS,
            ErrorCode::RunSuperseded => errors::RUN_SUPERSEDED,
            ErrorCode::MailingCompleted => errors::MAILING_COMPLETED,
            ErrorCode::MailingPaused => errors::MAILING_PAUSED,
            ErrorCode::MailingNotPaused => errors::MAILING_NOT_PAUSED,
            ErrorCode::MessageInUse => errors::MESSAGE_IN_USE,
            ErrorCode::OwnerBlocked => errors::OWNER_BLOCKED,
            ErrorCode::Changed => errors::CHANGED,
            ErrorCode::TooLarge => errors::TOO_LARGE,
            ErrorCode::Invalid => errors::INVALID,
            ErrorCode::TooManyRequests => errors::TOO_MANY_REQUESTS,
            ErrorCode::Internal => errors::INTERNAL,
            ErrorCode::Unavailable => errors::UNAVAILABLE,
        };
        text.into()
    }
}
