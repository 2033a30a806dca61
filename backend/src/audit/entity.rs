//! The table of the audit log.

use contract::audit::{Act, AuditKind};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: DateTimeUtc,
    pub act: ActWord,
    /// None: the command line, or the service itself.
    pub actor_id: Option<i64>,
    pub actor_name: String,
    pub owner_id: Option<i64>,
    pub owner_name: String,
    pub item_kind: KindWord,
    pub item_id: Option<i64>,
    pub item_title: String,
    /// The JSON of the details.
    pub details: String,
    /// The client's address.
    pub client: String,
}

impl ActiveModelBehavior for ActiveModel {}

crate::database::words! {
    /// What was done, by its word.
    ActWord for Act {
        SignedUp = "signed_up",
        SignedIn = "signed_in",
        SecondFactorFailed = "second_factor_failed",
        RecoveryCodeUsed = "recovery_code_used",
        PasswordChanged = "password_changed",
        PasswordReset = "password_reset",
        EmailChanged = "email_changed",
        PhoneVerified = "phone_verified",
        SecondFactorOn = "second_factor_on",
        SecondFactorOff = "second_factor_off",
        RecoveryCodesRenewed = "recovery_codes_renewed",
        ApiTokenMade = "api_token_made",
        ApiTokenDeleted = "api_token_deleted",
        SessionsEnded = "sessions_ended",
        SessionStolen = "session_stolen",
        AccountDeleted = "account_deleted",
        UserInvited = "user_invited",
        InvitationWithdrawn = "invitation_withdrawn",
        UserCreated = "user_created",
        UserChanged = "user_changed",
        RoleChanged = "role_changed",
        UserBlocked = "user_blocked",
        UserUnblocked = "user_unblocked",
        UserDeleted = "user_deleted",
        PasswordLinkSent = "password_link_sent",
        RecipientCreated = "recipient_created",
        RecipientChanged = "recipient_changed",
        RecipientDeleted = "recipient_deleted",
        SuppressionLifted = "suppression_lifted",
        MessageCreated = "message_created",
        MessageChanged = "message_changed",
        MessageDeleted = "message_deleted",
        MailingCreated = "mailing_created",
        MailingChanged = "mailing_changed",
        MailingDeleted = "mailing_deleted",
        MailingSent = "mailing_sent",
        MailingRetried = "mailing_retried",
        MailingPaused = "mailing_paused",
        MailingResumed = "mailing_resumed",
        MailingStopped = "mailing_stopped",
        ArticleChanged = "article_changed",
        ArticleDeleted = "article_deleted",
    }
}

crate::database::words! {
    /// What it was done to, by its word.
    KindWord for AuditKind {
        User = "user",
        Invitation = "invitation",
        Recipient = "recipient",
        Message = "message",
        Mailing = "mailing",
        Article = "article",
        ApiToken = "api_token",
        Session = "session",
    }
}
