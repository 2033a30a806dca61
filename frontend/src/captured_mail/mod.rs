//! Captured mail: letters that were not really sent, as an inbox.

pub mod calls;
mod letter;
mod list;
pub mod texts;

use contract::accounts::phone::Phone;
use contract::delivery::CapturedLetter;

pub use letter::CapturedLetterPage;
pub use list::CapturedMail;

/// What went to a phone is an SMS: its `to` is a number.
fn is_sms(letter: &CapturedLetter) -> bool {
    Phone::parse(&letter.to).is_ok()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn an_sms_is_told_by_its_number() {
        let letter = |to: &str| CapturedLetter {
            id: String::new(),
            captured_at: DateTime::UNIX_EPOCH,
            to: to.to_owned(),
            subject: String::new(),
            bytes: 0,
        };
        assert!(is_sms(&letter("+79211234567")));
        assert!(!is_sms(&letter("anna@example.org")));
        assert!(!is_sms(&letter("79211234567@example.org")));
    }
}
