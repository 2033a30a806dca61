//! How long an SMS is: characters, and the parts it travels in.
//!
//! A text of GSM 03.38's 7-bit alphabet has room for 160 characters, any other for 70 of UTF-16. A longer one travels
//! in parts, each with a header that takes some of its room: 153 and 67. A few signs of the 7-bit alphabet take the
//! room of two, and no sign is cut in two between parts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::checks;
use crate::problem::{FieldCode, FieldError};
use crate::template::Template;

/// The longest text that may be written.
pub const SMS_TEXT_LIMIT: u64 = 1_500;
/// SMS services take no longer messages (sms.ru, code 205).
pub const SMS_PARTS_LIMIT: u64 = 8;

/// The 7-bit alphabet (3GPP TS 23.038 6.2.1), without its escape.
const GSM7: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Its extension (6.2.1.1): an escape goes before each of these.
const GSM7_EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// What a text is written in on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SmsEncoding {
    /// GSM 03.38: Latin letters, digits and a few signs.
    #[default]
    Gsm7,
    /// Anything else, such as Cyrillic.
    Ucs2,
}

/// How long a text is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SmsLength {
    pub encoding: SmsEncoding,
    /// The room it takes, in characters of its encoding.
    #[schema(example = 74)]
    pub characters: u64,
    /// In how many parts it travels; each of them is paid for.
    #[schema(example = 1)]
    pub parts: u64,
    /// How much room is left in the last part.
    #[schema(example = 86)]
    pub left: u64,
}

impl SmsEncoding {
    /// The room of a text in one part, and that of each of several.
    const fn room(self) -> (u64, u64) {
        match self {
            Self::Gsm7 => (160, 153),
            Self::Ucs2 => (70, 67),
        }
    }
}

impl SmsLength {
    pub fn of(text: &str) -> Self {
        let in_gsm7: Option<Vec<u64>> = text.chars().map(gsm7_room).collect();
        match in_gsm7 {
            Some(rooms) => Self::packed(SmsEncoding::Gsm7, &rooms),
            None => {
                let rooms: Vec<u64> = text.chars().map(|c| c.len_utf16() as u64).collect();
                Self::packed(SmsEncoding::Ucs2, &rooms)
            }
        }
    }

    fn packed(encoding: SmsEncoding, rooms: &[u64]) -> Self {
        let (single, several) = encoding.room();
        let characters = rooms.iter().sum();
        if characters <= single {
            return Self {
                encoding,
                characters,
                parts: u64::from(characters > 0),
                left: single - characters,
            };
        }
        let (mut parts, mut used) = (1, 0);
        for room in rooms {
            if used + room > several {
                parts += 1;
                used = 0;
            }
            used += room;
        }
        Self {
            encoding,
            characters,
            parts,
            left: several - used,
        }
    }
}

/// The text of an SMS: trimmed, with plain line ends, of no more parts than services take even where every variable
/// is filled in with nothing. For whom it then becomes longer, their message alone fails.
pub fn checked_text(raw: &str) -> Result<String, FieldError> {
    let text = checks::text(raw.trim(), SMS_TEXT_LIMIT)?.replace("\r\n", "\n");
    if text.is_empty() {
        return Err(FieldError::new(FieldCode::Required, "must not be empty"));
    }
    let Ok(template) = Template::parse(&text) else {
        // What is wrong with the variables is told by whoever asks for that.
        return Ok(text);
    };
    if SmsLength::of(&template.fill(|_| "".into())).parts > SMS_PARTS_LIMIT {
        let error = FieldError::new(
            FieldCode::TooManyParts,
            format!("must fit into {SMS_PARTS_LIMIT} SMS"),
        );
        return Err(FieldError {
            limit: Some(SMS_PARTS_LIMIT),
            ..error
        });
    }
    Ok(text)
}

fn gsm7_room(c: char) -> Option<u64> {
    if GSM7.contains(c) {
        Some(1)
    } else if GSM7_EXTENSION.contains(c) {
        Some(2)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(text: &str) -> (SmsEncoding, u64, u64, u64) {
        let SmsLength {
            encoding,
            characters,
            parts,
            left,
        } = SmsLength::of(text);
        (encoding, characters, parts, left)
    }

    #[test]
    fn the_alphabet_has_as_many_signs_as_its_table() {
        // 128 places, of which one is the escape; the extension has ten.
        assert_eq!(GSM7.chars().count(), 127);
        assert_eq!(GSM7_EXTENSION.chars().count(), 10);
    }

    #[test]
    fn latin_has_160_characters_and_in_parts_153() {
        use SmsEncoding::Gsm7;
        assert_eq!(length(""), (Gsm7, 0, 0, 160));
        assert_eq!(length(&"a".repeat(160)), (Gsm7, 160, 1, 0));
        assert_eq!(length(&"a".repeat(161)), (Gsm7, 161, 2, 145));
        assert_eq!(length(&"a".repeat(306)), (Gsm7, 306, 2, 0));
        assert_eq!(length(&"a".repeat(307)), (Gsm7, 307, 3, 152));
        assert_eq!(length("Ça va, Ærø? ¿Sí\n"), (SmsEncoding::Ucs2, 16, 1, 54));
        assert_eq!(length("Ça va, Ærø? ¿Si\n"), (Gsm7, 16, 1, 144));
    }

    #[test]
    fn cyrillic_has_70_characters_and_in_parts_67() {
        use SmsEncoding::Ucs2;
        assert_eq!(length(&"ж".repeat(70)), (Ucs2, 70, 1, 0));
        assert_eq!(length(&"ж".repeat(71)), (Ucs2, 71, 2, 63));
        assert_eq!(length(&"ж".repeat(135)), (Ucs2, 135, 3, 66));
        // One letter is enough.
        assert_eq!(length(&format!("{}ё", "a".repeat(70))), (Ucs2, 71, 2, 63));
    }

    #[test]
    fn signs_of_the_extension_count_twice_and_are_not_cut_in_two() {
        use SmsEncoding::Gsm7;
        assert_eq!(length("100 €"), (Gsm7, 6, 1, 154));
        assert_eq!(length(&"[".repeat(80)), (Gsm7, 160, 1, 0));
        // 153 is odd: one place of the first part stays empty.
        assert_eq!(length(&"[".repeat(81)), (Gsm7, 162, 2, 143));
    }

    #[test]
    fn an_emoji_takes_two_and_is_not_cut_in_two() {
        use SmsEncoding::Ucs2;
        assert_eq!(length("🕊"), (Ucs2, 2, 1, 68));
        assert_eq!(length(&"🕊".repeat(36)), (Ucs2, 72, 2, 61));
    }

    #[test]
    fn a_text_is_trimmed_and_no_longer_than_services_take() {
        assert_eq!(
            checked_text(" Привет,\r\nАнна \n").unwrap(),
            "Привет,\nАнна"
        );
        assert_eq!(checked_text("  ").unwrap_err().code, FieldCode::Required);
        let longest = "ж".repeat(67 * 8);
        assert!(checked_text(&format!("{longest}{{{{ full_name }}}}")).is_ok());
        let error = checked_text(&format!("{longest}ж")).unwrap_err();
        assert_eq!(
            (error.code, error.limit),
            (FieldCode::TooManyParts, Some(8))
        );
        let error = checked_text(&"a".repeat(1_501)).unwrap_err();
        assert_eq!((error.code, error.limit), (FieldCode::TooLong, Some(1_500)));
        assert_eq!(
            checked_text("a\u{7}").unwrap_err().code,
            FieldCode::ControlCharacter
        );
    }
}
