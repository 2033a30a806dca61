//! The audit log: what staff did with other people's things, and what happened to accounts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::listing::Owner;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct AuditEntryView {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub act: Act,
    /// Who did it; none: the command line, or the service itself.
    pub actor: Option<AuditPerson>,
    /// Whose account or thing it was done to.
    pub owner: Option<AuditPerson>,
    /// What it was done to.
    pub item: AuditItem,
    /// What else is to be known, such as a reason, or the role before and after.
    pub details: Vec<AuditDetail>,
    /// The client's address.
    #[schema(example = "203.0.113.7")]
    pub client: String,
}

/// A person by the name they had then.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct AuditPerson {
    pub id: i64,
    pub name: String,
}

impl From<Owner> for AuditPerson {
    fn from(owner: Owner) -> Self {
        let Owner {
            id,
            email,
            full_name,
        } = owner;
        let name = if full_name.is_empty() {
            email
        } else {
            full_name
        };
        Self { id, name }
    }
}

/// What an act was done to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct AuditItem {
    pub kind: AuditKind,
    pub id: Option<i64>,
    /// What it was called then.
    pub title: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditKind {
    User,
    Invitation,
    Recipient,
    Message,
    Mailing,
    Article,
    ApiToken,
    Session,
}

/// A further fact about an act.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct AuditDetail {
    pub name: AuditDetailName,
    pub value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditDetailName {
    Reason,
    RoleBefore,
    RoleAfter,
    EmailBefore,
    EmailAfter,
    /// Which fields were changed, with commas between.
    Fields,
    /// An API token was used, of this name.
    ApiToken,
    /// How many sessions ended.
    Sessions,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    SignedUp,
    SignedIn,
    /// The right password, but a wrong code.
    SecondFactorFailed,
    RecoveryCodeUsed,
    PasswordChanged,
    PasswordReset,
    EmailChanged,
    PhoneVerified,
    SecondFactorOn,
    SecondFactorOff,
    RecoveryCodesRenewed,
    ApiTokenMade,
    ApiTokenDeleted,
    SessionsEnded,
    /// A refresh token came back that had been used: somebody else has it.
    SessionStolen,
    AccountDeleted,
    UserInvited,
    InvitationWithdrawn,
    UserCreated,
    UserChanged,
    RoleChanged,
    UserBlocked,
    UserUnblocked,
    UserDeleted,
    PasswordLinkSent,
    RecipientCreated,
    RecipientChanged,
    RecipientDeleted,
    /// Letters may go to the recipient's address again.
    SuppressionLifted,
    MessageCreated,
    MessageChanged,
    MessageDeleted,
    MailingCreated,
    MailingChanged,
    MailingDeleted,
    MailingSent,
    /// What failed of it is sent again.
    MailingRetried,
    MailingPaused,
    MailingResumed,
    MailingStopped,
    ArticleChanged,
    ArticleDeleted,
}
