//! Notices: what the service itself tells a person, by mail or SMS.
//!
//! Who has something to tell puts a row into the queue, in the transaction of what it is about; so either both stand
//! or neither. A worker sends what is due, ahead of mailings, and tries again what fails for a while ([`sender`]; a
//! [`lane`] for letters and one for SMS; the [`queue`] that several workers share). The text is written when it is
//! sent ([`compose`]), in the person's language: no link and no code ever lies in the queue.

pub mod compose;
pub mod entity;
pub mod lane;
mod layout;
pub mod queue;
mod reads;
mod retry;
pub mod routes;
pub mod sender;
mod texts;
pub mod upkeep;

use chrono::{DateTime, Utc};
use contract::accounts::Language;
use contract::notices::{NoticeChannel, NoticeKind};
use sea_orm::{ActiveModelTrait, ConnectionTrait, Set};
use serde::{Deserialize, Serialize};

use self::entity::{ActiveModel, Model, StateWord};
use crate::accounts::entity as user;
use crate::problem::ApiError;

/// What to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The link that confirms the address after signing up.
    ConfirmAddress {
        link_id: i64,
    },
    /// The same, asked for by an address. Whether it has such an account is looked up when the notice is sent, so
    /// that asking takes as long whether it has or not.
    ConfirmAddressAgain,
    /// Somebody signed up with an address that waits to be confirmed: a link to choose a password by.
    SignUpAgain {
        link_id: i64,
    },
    /// Somebody signed up with an address that has an account.
    AlreadySignedUp,
    /// A new password, asked for by an address; looked up when the notice is sent.
    PasswordReset,
    /// A first or new password, by a link that an administrator sends.
    PasswordLink {
        link_id: i64,
    },
    /// With the address of the client that did it.
    PasswordChanged {
        client: String,
        /// So many API tokens still work. (Notices that were queued by an earlier version do not say.)
        #[serde(default)]
        api_tokens: u64,
    },
    EmailChangePresent {
        link_id: i64,
    },
    EmailChangeNew {
        link_id: i64,
    },
    /// Told to the former address.
    EmailChanged {
        email: String,
    },
    PhoneCode {
        check_id: i64,
    },
    SecondFactorOn {
        client: String,
    },
    SecondFactorOff {
        client: String,
    },
    RecoveryCodeUsed {
        client: String,
        left: u32,
    },
    ApiTokenMade {
        name: String,
        client: String,
    },
    /// All there were.
    ApiTokensDeleted {
        count: u64,
    },
    Invitation {
        invited_by: String,
    },
    Blocked {
        reason: String,
    },
    Unblocked,
    AccountDeleted,
}

/// To whom.
#[derive(Clone, Debug)]
pub struct Addressee {
    pub user_id: Option<i64>,
    /// The e-mail address or the phone number.
    pub address: String,
    pub language: Language,
}

impl From<&user::Model> for Addressee {
    fn from(user: &user::Model) -> Self {
        Self {
            user_id: Some(user.id),
            address: user.email.clone(),
            language: user.language.into(),
        }
    }
}

impl Notice {
    pub fn kind(&self) -> NoticeKind {
        match self {
            Self::ConfirmAddress { .. } => NoticeKind::ConfirmAddress,
            Self::ConfirmAddressAgain => NoticeKind::ConfirmAddressAgain,
            Self::SignUpAgain { .. } => NoticeKind::SignUpAgain,
            Self::AlreadySignedUp => NoticeKind::AlreadySignedUp,
            Self::PasswordReset => NoticeKind::PasswordReset,
            Self::PasswordLink { .. } => NoticeKind::PasswordLink,
            Self::PasswordChanged { .. } => NoticeKind::PasswordChanged,
            Self::EmailChangePresent { .. } => NoticeKind::EmailChangePresent,
            Self::EmailChangeNew { .. } => NoticeKind::EmailChangeNew,
            Self::EmailChanged { .. } => NoticeKind::EmailChanged,
            Self::PhoneCode { .. } => NoticeKind::PhoneCode,
            Self::SecondFactorOn { .. } => NoticeKind::SecondFactorOn,
            Self::SecondFactorOff { .. } => NoticeKind::SecondFactorOff,
            Self::RecoveryCodeUsed { .. } => NoticeKind::RecoveryCodeUsed,
            Self::ApiTokenMade { .. } => NoticeKind::ApiTokenMade,
            Self::ApiTokensDeleted { .. } => NoticeKind::ApiTokensDeleted,
            Self::Invitation { .. } => NoticeKind::Invitation,
            Self::Blocked { .. } => NoticeKind::Blocked,
            Self::Unblocked => NoticeKind::Unblocked,
            Self::AccountDeleted => NoticeKind::AccountDeleted,
        }
    }

    fn channel(&self) -> NoticeChannel {
        match self {
            Self::PhoneCode { .. } => NoticeChannel::Sms,
            _ => NoticeChannel::Email,
        }
    }
}

/// Puts a notice into the queue.
pub async fn tell(
    tx: &impl ConnectionTrait,
    to: Addressee,
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    let Addressee {
        user_id,
        address,
        language,
    } = to;
    let row = ActiveModel {
        user_id: Set(user_id),
        channel: Set(notice.channel().into()),
        address: Set(address),
        language: Set(language.into()),
        kind: Set(notice.kind().into()),
        subject: Set(serde_json::to_string(notice).map_err(ApiError::ours)?),
        state: Set(StateWord::Queued),
        attempts: Set(0),
        due_at: Set(now),
        leased_until: Set(None),
        code: Set(None),
        answer: Set(None),
        created_at: Set(now),
        settled_at: Set(None),
        ..Default::default()
    };
    Ok(row.insert(tx).await?)
}
