//! What the codes of the SMS service mean.

use super::texts;
use crate::i18n::Text;

/// None for a code that we do not know: its own words stand beside it.
pub const fn meaning(code: i64) -> Option<Text> {
    Some(match code {
        100..=103 => texts::SMS_ACCEPTED,
        200 | 300 | 301 => texts::SMS_WRONG_KEY,
        201 => texts::SMS_NO_MONEY,
        202 | 214 => texts::SMS_WRONG_NUMBER,
        203 => texts::SMS_NO_TEXT,
        204 | 221 => texts::SMS_SENDER,
        205 => texts::SMS_TOO_LONG,
        206 => texts::SMS_DAILY_LIMIT,
        150 | 207 => texts::SMS_NO_ROUTE,
        209 | 215 => texts::SMS_STOP_LIST,
        220 | 500 => texts::SMS_BUSY,
        230..=233 => texts::SMS_NUMBER_LIMIT,
        302 => texts::SMS_UNCONFIRMED,
        _ => return None,
    })
}

/// Nothing will get through before somebody mends the settings or the account.
pub const fn is_ours_to_mend(code: i64) -> bool {
    matches!(code, 200 | 201 | 204 | 221 | 300..=302)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ours_to_mend_is_explained() {
        for code in (100..600).filter(|code| is_ours_to_mend(*code)) {
            assert!(meaning(code).is_some(), "{code}");
        }
        assert!(!is_ours_to_mend(202));
        assert_eq!(meaning(999), None);
    }
}
