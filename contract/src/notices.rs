//! Notices: what the service itself tells people, as an administrator sees it in the queue. Their texts, which hold
//! links and codes, are shown to nobody but whom they are for.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A notice in the queue, or one that has left it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct NoticeView {
    pub id: i64,
    pub kind: NoticeKind,
    pub channel: NoticeChannel,
    /// The e-mail address or the phone number.
    pub address: String,
    pub state: NoticeState,
    /// How often it was tried.
    pub attempts: u32,
    /// For one that waits: when it is tried next.
    pub due_at: Option<DateTime<Utc>>,
    /// The mail server's or the SMS service's last code.
    pub code: Option<i64>,
    /// Its last answer.
    pub answer: Option<String>,
    pub created_at: DateTime<Utc>,
    /// When it was sent or given up.
    pub settled_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeChannel {
    Email,
    Sms,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    Queued,
    Sent,
    /// It was refused for good, or tried too often.
    Failed,
    /// It had nobody to go to any more.
    Dropped,
}

/// What a notice tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// The link that confirms the address after signing up.
    ConfirmAddress,
    /// The same, asked for again.
    ConfirmAddressAgain,
    /// Somebody signed up with an address that waits to be confirmed: a link to choose a password by.
    SignUpAgain,
    /// Somebody signed up with an address that has an account.
    AlreadySignedUp,
    /// The link to a new password, asked for by its owner.
    PasswordReset,
    /// The link to a first or new password, sent by an administrator.
    PasswordLink,
    PasswordChanged,
    /// To the present address: the link that lets it change.
    EmailChangePresent,
    /// To the new address: the link that confirms it.
    EmailChangeNew,
    EmailChanged,
    PhoneCode,
    SecondFactorOn,
    SecondFactorOff,
    RecoveryCodeUsed,
    ApiTokenMade,
    /// All of them, since somebody else may have had the account.
    ApiTokensDeleted,
    Invitation,
    Blocked,
    Unblocked,
    AccountDeleted,
}
