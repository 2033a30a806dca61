//! The table of notices.

use contract::notices::{NoticeChannel, NoticeKind, NoticeState};
use sea_orm::entity::prelude::*;

use crate::accounts::entity::LanguageWord;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notices")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: Option<i64>,
    pub channel: ChannelWord,
    /// The e-mail address or the phone number.
    pub address: String,
    pub language: LanguageWord,
    pub kind: KindWord,
    /// What it is about, as the JSON of a [`super::Notice`].
    pub subject: String,
    pub state: StateWord,
    pub attempts: i64,
    pub due_at: DateTimeUtc,
    /// While a worker sends it: until when nobody else does.
    pub leased_until: Option<DateTimeUtc>,
    pub code: Option<i64>,
    pub answer: Option<String>,
    pub created_at: DateTimeUtc,
    /// When it was sent or given up.
    pub settled_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

crate::database::words! {
    ChannelWord for NoticeChannel { Email = "email", Sms = "sms" }
}

crate::database::words! {
    StateWord for NoticeState { Queued = "queued", Sent = "sent", Failed = "failed", Dropped = "dropped" }
}

crate::database::words! {
    KindWord for NoticeKind {
        ConfirmAddress = "confirm_address",
        ConfirmAddressAgain = "confirm_address_again",
        SignUpAgain = "sign_up_again",
        AlreadySignedUp = "already_signed_up",
        PasswordReset = "password_reset",
        PasswordLink = "password_link",
        PasswordChanged = "password_changed",
        EmailChangePresent = "email_change_present",
        EmailChangeNew = "email_change_new",
        EmailChanged = "email_changed",
        PhoneCode = "phone_code",
        SecondFactorOn = "second_factor_on",
        SecondFactorOff = "second_factor_off",
        RecoveryCodeUsed = "recovery_code_used",
        ApiTokenMade = "api_token_made",
        ApiTokensDeleted = "api_tokens_deleted",
        Invitation = "invitation",
        Blocked = "blocked",
        Unblocked = "unblocked",
        AccountDeleted = "account_deleted",
    }
}
