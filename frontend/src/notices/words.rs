//! Kinds and states of notices in words.

use contract::notices::{NoticeKind, NoticeState};

use super::texts;
use crate::i18n::Text;
use crate::ui::Tone;

pub const STATES: [NoticeState; 4] = [
    NoticeState::Queued,
    NoticeState::Sent,
    NoticeState::Failed,
    NoticeState::Dropped,
];

pub const fn state(state: NoticeState) -> (Tone, Text) {
    match state {
        NoticeState::Queued => (Tone::Queued, texts::QUEUED),
        NoticeState::Sent => (Tone::Sent, texts::SENT),
        NoticeState::Failed => (Tone::Failed, texts::FAILED),
        NoticeState::Dropped => (Tone::Skipped, texts::DROPPED),
    }
}

/// The API's word.
pub const fn state_word(state: NoticeState) -> &'static str {
    match state {
        NoticeState::Queued => "queued",
        NoticeState::Sent => "sent",
        NoticeState::Failed => "failed",
        NoticeState::Dropped => "dropped",
    }
}

pub const fn kind(kind: NoticeKind) -> Text {
    match kind {
        NoticeKind::ConfirmAddress => texts::CONFIRM_ADDRESS,
        NoticeKind::ConfirmAddressAgain => texts::CONFIRM_ADDRESS_AGAIN,
        NoticeKind::SignUpAgain => texts::SIGN_UP_AGAIN,
        NoticeKind::AlreadySignedUp => texts::ALREADY_SIGNED_UP,
        NoticeKind::PasswordReset => texts::PASSWORD_RESET,
        NoticeKind::PasswordLink => texts::PASSWORD_LINK,
        NoticeKind::PasswordChanged => texts::PASSWORD_CHANGED,
        NoticeKind::EmailChangePresent => texts::EMAIL_CHANGE_PRESENT,
        NoticeKind::EmailChangeNew => texts::EMAIL_CHANGE_NEW,
        NoticeKind::EmailChanged => texts::EMAIL_CHANGED,
        NoticeKind::PhoneCode => texts::PHONE_CODE,
        NoticeKind::SecondFactorOn => texts::SECOND_FACTOR_ON,
        NoticeKind::SecondFactorOff => texts::SECOND_FACTOR_OFF,
        NoticeKind::RecoveryCodeUsed => texts::RECOVERY_CODE_USED,
        NoticeKind::ApiTokenMade => texts::API_TOKEN_MADE,
        NoticeKind::ApiTokensDeleted => texts::API_TOKENS_DELETED,
        NoticeKind::Invitation => texts::INVITATION,
        NoticeKind::Blocked => texts::BLOCKED,
        NoticeKind::Unblocked => texts::UNBLOCKED,
        NoticeKind::AccountDeleted => texts::ACCOUNT_DELETED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_asked_for_by_the_words_of_the_api() {
        for state in STATES {
            assert_eq!(serde_json::to_value(state).unwrap(), state_word(state));
        }
    }
}
