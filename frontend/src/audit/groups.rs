//! Acts by what they are about: their names, where one chooses among them, and the icons beside them.

use contract::audit::Act;

use super::texts::names;
use crate::i18n::Text;
use crate::ui::{Icon, Tone};

/// Acts that are looked for together.
pub const GROUPS: &[(Text, &[Act])] = &[
    (
        names::GROUP_USERS,
        &[
            Act::UserBlocked,
            Act::UserUnblocked,
            Act::RoleChanged,
            Act::UserCreated,
            Act::UserChanged,
            Act::UserDeleted,
            Act::UserInvited,
            Act::InvitationWithdrawn,
            Act::SignedUp,
            Act::AccountDeleted,
        ],
    ),
    (
        names::GROUP_SIGNING_IN,
        &[
            Act::SignedIn,
            Act::SecondFactorFailed,
            Act::RecoveryCodeUsed,
            Act::SessionsEnded,
            Act::SessionStolen,
        ],
    ),
    (
        names::GROUP_SECURITY,
        &[
            Act::PasswordChanged,
            Act::PasswordReset,
            Act::PasswordLinkSent,
            Act::EmailChanged,
            Act::PhoneVerified,
            Act::SecondFactorOn,
            Act::SecondFactorOff,
            Act::RecoveryCodesRenewed,
            Act::ApiTokenMade,
            Act::ApiTokenDeleted,
        ],
    ),
    (
        names::GROUP_MAILINGS,
        &[
            Act::MailingCreated,
            Act::MailingChanged,
            Act::MailingDeleted,
            Act::MailingSent,
            Act::MailingRetried,
            Act::MailingPaused,
            Act::MailingResumed,
            Act::MailingStopped,
        ],
    ),
    (
        names::GROUP_MESSAGES,
        &[
            Act::MessageCreated,
            Act::MessageChanged,
            Act::MessageDeleted,
        ],
    ),
    (
        names::GROUP_RECIPIENTS,
        &[
            Act::RecipientCreated,
            Act::RecipientChanged,
            Act::RecipientDeleted,
            Act::SuppressionLifted,
        ],
    ),
    (
        names::GROUP_BLOG,
        &[Act::ArticleChanged, Act::ArticleDeleted],
    ),
];

/// The API's word for an act.
pub fn word(act: Act) -> String {
    match serde_json::to_value(act) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

pub const fn name(act: Act) -> Text {
    match act {
        Act::SignedUp => names::SIGNED_UP,
        Act::SignedIn => names::SIGNED_IN,
        Act::SecondFactorFailed => names::SECOND_FACTOR_FAILED,
        Act::RecoveryCodeUsed => names::RECOVERY_CODE_USED,
        Act::PasswordChanged => names::PASSWORD_CHANGED,
        Act::PasswordReset => names::PASSWORD_RESET,
        Act::EmailChanged => names::EMAIL_CHANGED,
        Act::PhoneVerified => names::PHONE_VERIFIED,
        Act::SecondFactorOn => names::SECOND_FACTOR_ON,
        Act::SecondFactorOff => names::SECOND_FACTOR_OFF,
        Act::RecoveryCodesRenewed => names::RECOVERY_CODES_RENEWED,
        Act::ApiTokenMade => names::API_TOKEN_MADE,
        Act::ApiTokenDeleted => names::API_TOKEN_DELETED,
        Act::SessionsEnded => names::SESSIONS_ENDED,
        Act::SessionStolen => names::SESSION_STOLEN,
        Act::AccountDeleted => names::ACCOUNT_DELETED,
        Act::UserInvited => names::USER_INVITED,
        Act::InvitationWithdrawn => names::INVITATION_WITHDRAWN,
        Act::UserCreated => names::USER_CREATED,
        Act::UserChanged => names::USER_CHANGED,
        Act::RoleChanged => names::ROLE_CHANGED,
        Act::UserBlocked => names::USER_BLOCKED,
        Act::UserUnblocked => names::USER_UNBLOCKED,
        Act::UserDeleted => names::USER_DELETED,
        Act::PasswordLinkSent => names::PASSWORD_LINK_SENT,
        Act::RecipientCreated => names::RECIPIENT_CREATED,
        Act::RecipientChanged => names::RECIPIENT_CHANGED,
        Act::RecipientDeleted => names::RECIPIENT_DELETED,
        Act::SuppressionLifted => names::SUPPRESSION_LIFTED,
        Act::MessageCreated => names::MESSAGE_CREATED,
        Act::MessageChanged => names::MESSAGE_CHANGED,
        Act::MessageDeleted => names::MESSAGE_DELETED,
        Act::MailingCreated => names::MAILING_CREATED,
        Act::MailingChanged => names::MAILING_CHANGED,
        Act::MailingDeleted => names::MAILING_DELETED,
        Act::MailingSent => names::MAILING_SENT,
        Act::MailingRetried => names::MAILING_RETRIED,
        Act::MailingPaused => names::MAILING_PAUSED,
        Act::MailingResumed => names::MAILING_RESUMED,
        Act::MailingStopped => names::MAILING_STOPPED,
        Act::ArticleChanged => names::ARTICLE_CHANGED,
        Act::ArticleDeleted => names::ARTICLE_DELETED,
    }
}

/// An icon for what it is about, and a colour where one should look twice.
pub const fn icon_of(act: Act) -> (Icon, Tone) {
    use Act::{
        AccountDeleted, ApiTokenDeleted, ApiTokenMade, ArticleChanged, ArticleDeleted,
        EmailChanged, InvitationWithdrawn, MailingChanged, MailingCreated, MailingDeleted,
        MailingPaused, MailingResumed, MailingRetried, MailingSent, MailingStopped, MessageChanged,
        MessageCreated, MessageDeleted, PasswordChanged, PasswordLinkSent, PasswordReset,
        PhoneVerified, RecipientChanged, RecipientCreated, RecipientDeleted, RecoveryCodeUsed,
        RecoveryCodesRenewed, RoleChanged, SecondFactorFailed, SecondFactorOff, SecondFactorOn,
        SessionStolen, SessionsEnded, SignedIn, SignedUp, SuppressionLifted, UserBlocked,
        UserChanged, UserCreated, UserDeleted, UserInvited, UserUnblocked,
    };
    match act {
        SignedIn => (Icon::BoxArrowInRight, Tone::Queued),
        SessionsEnded => (Icon::BoxArrowRight, Tone::Queued),
        SecondFactorFailed | RecoveryCodeUsed => (Icon::ShieldCheck, Tone::Skipped),
        SessionStolen => (Icon::ExclamationTriangle, Tone::Failed),
        SecondFactorOn => (Icon::ShieldCheck, Tone::Sent),
        SecondFactorOff => (Icon::ShieldCheck, Tone::Skipped),
        PasswordChanged | PasswordReset | PasswordLinkSent | RecoveryCodesRenewed
        | ApiTokenMade | ApiTokenDeleted => (Icon::Key, Tone::Queued),
        EmailChanged => (Icon::Envelope, Tone::Queued),
        PhoneVerified => (Icon::Phone, Tone::Queued),
        SignedUp | UserCreated | UserInvited => (Icon::PersonPlus, Tone::Running),
        UserChanged | InvitationWithdrawn => (Icon::PersonGear, Tone::Queued),
        RoleChanged => (Icon::PersonGear, Tone::Skipped),
        UserBlocked => (Icon::PersonSlash, Tone::Failed),
        UserUnblocked => (Icon::PersonCheck, Tone::Sent),
        UserDeleted | AccountDeleted => (Icon::Trash, Tone::Failed),
        RecipientCreated | RecipientChanged | SuppressionLifted => (Icon::People, Tone::Queued),
        MessageCreated | MessageChanged | ArticleChanged => (Icon::Envelope, Tone::Queued),
        MailingCreated | MailingChanged | MailingSent | MailingRetried | MailingResumed => {
            (Icon::Send, Tone::Queued)
        }
        MailingPaused => (Icon::Pause, Tone::Skipped),
        MailingStopped => (Icon::StopCircle, Tone::Failed),
        RecipientDeleted | MessageDeleted | MailingDeleted | ArticleDeleted => {
            (Icon::Trash, Tone::Failed)
        }
    }
}

#[cfg(test)]
pub mod tests {
    use std::collections::HashSet;

    use super::*;

    pub fn every_act() -> Vec<Act> {
        GROUPS.iter().flat_map(|(_, acts)| *acts).copied().collect()
    }

    #[test]
    fn every_act_can_be_chosen_once() {
        let acts = every_act();
        let different: HashSet<Act> = acts.iter().copied().collect();
        assert_eq!(different.len(), acts.len());
        // The document says which acts there are.
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml");
        let document = std::fs::read_to_string(file).unwrap();
        let (_, schema) = document.split_once("\n    Act:\n").unwrap();
        let words = schema.lines().skip_while(|line| line.trim() != "enum:");
        let listed: HashSet<&str> = words
            .skip(1)
            .map_while(|line| line.trim().strip_prefix("- "))
            .collect();
        let ours: Vec<String> = acts.into_iter().map(word).collect();
        assert_eq!(
            ours.iter().map(String::as_str).collect::<HashSet<_>>(),
            listed
        );
    }

    #[test]
    fn acts_have_names_of_their_own() {
        let names: HashSet<&str> = every_act().into_iter().map(|act| name(act).en).collect();
        assert_eq!(names.len(), every_act().len());
    }
}
