//! What sms.ru's answers mean. Pure: from a body to a verdict, from a code to a verdict.
//!
//! The answer is `{"status_code": 100, "sms": {"79211234567": {"status_code": 100, "sms_id": ".."}}}`; words stand in
//! `status_text`. What does not look like that says nothing about the message: it may have been sent.

use serde_json::Value;

/// Longer words are cut: they go into a row.
const WORDS_LIMIT: usize = 500;

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsAnswer {
    pub verdict: SmsVerdict,
    /// The service's code. None if it gave none.
    pub code: Option<i64>,
    /// The service's words; or ours, if it gave none.
    pub words: String,
    /// The service's name for the message, by which it can be found there.
    pub id: Option<String>,
    pub fate: SmsFate,
}

/// How far a message came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SmsFate {
    /// The service said what became of it.
    #[default]
    Answered,
    /// It never reached the service.
    NotSent,
    /// It left, and what came back was no answer about it, or nothing: it may have been sent.
    Lost,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SmsVerdict {
    /// The service took it over.
    Accepted,
    /// Not now; perhaps later.
    Later,
    /// A limit is used up, of the account or of the number: much later.
    Limited,
    /// Never, to this number or with this text.
    Refused,
    /// Nothing can be sent until an administrator mends the settings or pays the bill.
    Misconfigured,
    /// Never, for a reason that only its words tell.
    Failed,
}

impl SmsVerdict {
    /// What a code of sms.ru means.
    pub fn of_code(code: i64) -> Self {
        match code {
            100 => Self::Accepted,
            220 => Self::Later,
            206 | 230..=232 => Self::Limited,
            202 | 203 | 205 | 207 | 209 => Self::Refused,
            200 | 201 | 204 | 300..=302 => Self::Misconfigured,
            _ => Self::Failed,
        }
    }
}

impl SmsAnswer {
    /// An answer in our words, for when the service gave none.
    pub fn ours(verdict: SmsVerdict, words: impl Into<String>) -> Self {
        Self {
            verdict,
            code: None,
            words: readable(&words.into()),
            id: None,
            fate: SmsFate::Answered,
        }
    }

    pub fn with_fate(self, fate: SmsFate) -> Self {
        Self { fate, ..self }
    }

    /// Reads the service's answer about one number.
    pub fn read(body: &[u8], number: &str) -> Self {
        Self::understood(body, number).unwrap_or_else(Self::not_understood)
    }

    /// Reads the service's answer to a question that is about no number.
    pub fn read_whole(body: &[u8]) -> Self {
        let answer: Option<Value> = serde_json::from_slice(body).ok();
        let told = answer.and_then(|answer| Some(Self::told(code(&answer)?, &answer)));
        told.unwrap_or_else(Self::not_understood)
    }

    fn not_understood() -> Self {
        let words = "the SMS service's answer could not be understood";
        Self::ours(SmsVerdict::Later, words).with_fate(SmsFate::Lost)
    }

    fn understood(body: &[u8], number: &str) -> Option<Self> {
        let answer: Value = serde_json::from_slice(body).ok()?;
        let code = code(&answer)?;
        if SmsVerdict::of_code(code) != SmsVerdict::Accepted {
            return Some(Self::told(code, &answer));
        }
        let numbers = answer.get("sms")?.as_object()?;
        let (_, about) = numbers
            .iter()
            .find(|(key, _)| digits(key) == digits(number))?;
        Some(Self::told(self::code(about)?, about))
    }

    fn told(code: i64, about: &Value) -> Self {
        let text = |name: &str| about.get(name).and_then(Value::as_str);
        let words = text("status_text").or(text("status")).unwrap_or_default();
        Self {
            verdict: SmsVerdict::of_code(code),
            code: Some(code),
            words: readable(words),
            id: text("sms_id").map(readable),
            fate: SmsFate::Answered,
        }
    }
}

/// It is a number in the documents, and a text in some answers.
fn code(about: &Value) -> Option<i64> {
    match about.get("status_code")? {
        Value::String(text) => text.parse().ok(),
        number => number.as_i64(),
    }
}

/// The service writes numbers without their plus.
pub(super) fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn readable(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(WORDS_LIMIT)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: &Value) -> SmsAnswer {
        SmsAnswer::read(body.to_string().as_bytes(), "+79211234567")
    }

    #[test]
    fn every_code_has_the_meaning_that_its_document_gives_it() {
        use SmsVerdict::{Accepted, Failed, Later, Limited, Misconfigured, Refused};
        let table: [(&[i64], SmsVerdict); 6] = [
            (&[100], Accepted),
            (&[220], Later),
            (&[206, 230, 231, 232], Limited),
            (&[202, 203, 205, 207, 209], Refused),
            (&[200, 201, 204, 300, 301, 302], Misconfigured),
            (
                &[
                    -1, 0, 101, 199, 208, 210, 211, 212, 219, 221, 229, 233, 299, 303, 500, 901,
                ],
                Failed,
            ),
        ];
        for (codes, verdict) in table {
            for code in codes {
                assert_eq!(SmsVerdict::of_code(*code), verdict, "{code}");
            }
        }
    }

    #[test]
    fn the_number_has_the_last_word() {
        let accepted = json!({"status": "OK", "status_code": 100, "balance": 41.5, "sms": {
            "79211234567": {"status": "OK", "status_code": 100, "sms_id": "202030-1000002"}
        }});
        let answer = read(&accepted);
        assert_eq!(
            (answer.verdict, answer.code),
            (SmsVerdict::Accepted, Some(100))
        );
        assert_eq!(answer.id.as_deref(), Some("202030-1000002"));

        let refused = json!({"status": "OK", "status_code": 100, "sms": {
            "79211234567": {"status": "ERROR", "status_code": 207, "status_text": "На этот номер нельзя"}
        }});
        let answer = read(&refused);
        assert_eq!(
            (answer.verdict, answer.code),
            (SmsVerdict::Refused, Some(207))
        );
        assert_eq!(answer.words, "На этот номер нельзя");
    }

    #[test]
    fn a_refusal_of_the_whole_request_names_no_number() {
        let answer = read(
            &json!({"status": "ERROR", "status_code": "300", "status_text": "Неправильный\r\nтокен"}),
        );
        assert_eq!(
            (answer.verdict, answer.code),
            (SmsVerdict::Misconfigured, Some(300))
        );
        assert_eq!(answer.words, "Неправильныйтокен");
    }

    #[test]
    fn what_cannot_be_understood_says_nothing_about_the_message() {
        for body in [
            "",
            "<html>",
            "null",
            "[]",
            "{}",
            r#"{"status_code": null}"#,
            r#"{"status_code": 100}"#,
            r#"{"status_code": 100, "sms": []}"#,
            r#"{"status_code": 100, "sms": {"79990000000": {"status_code": 100}}}"#,
            r#"{"status_code": 100, "sms": {"79211234567": {"status": "OK"}}}"#,
            r#"{"status_code": 100, "sms": {"79211234567": 100}}"#,
        ] {
            let answer = SmsAnswer::read(body.as_bytes(), "+79211234567");
            assert_eq!(
                (answer.verdict, answer.code, answer.fate),
                (SmsVerdict::Later, None, SmsFate::Lost),
                "{body}"
            );
        }
    }
}
