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
    /// The service took it over, or has already passed it on.
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
    /// What a code of sms.ru means where it stands for the whole request.
    pub fn of_code(code: i64) -> Self {
        match code {
            100..=103 => Self::Accepted,
            220 | 500 => Self::Later,
            206 | 230..=233 => Self::Limited,
            150 | 202 | 203 | 205 | 207 | 209 | 214..=217 => Self::Refused,
            200 | 201 | 204 | 221 | 300..=302 => Self::Misconfigured,
            _ => Self::Failed,
        }
    }

    /// What it means beside one number.
    fn of_number(code: i64) -> Self {
        match code {
            // The operator of this number does not know the sender's name. Those of others may; should none do, that
            // is a streak of refusals.
            204 => Self::Refused,
            _ => Self::of_code(code),
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
        let told = answer.and_then(|answer| Self::told(&answer, SmsVerdict::of_code));
        told.unwrap_or_else(Self::not_understood)
    }

    fn not_understood() -> Self {
        let words = "the SMS service's answer could not be understood";
        Self::ours(SmsVerdict::Later, words).with_fate(SmsFate::Lost)
    }

    fn understood(body: &[u8], number: &str) -> Option<Self> {
        let answer: Value = serde_json::from_slice(body).ok()?;
        let whole = Self::told(&answer, SmsVerdict::of_code)?;
        if whole.verdict != SmsVerdict::Accepted {
            return Some(whole);
        }
        let numbers = answer.get("sms")?.as_object()?;
        let (_, about) = numbers
            .iter()
            .find(|(key, _)| digits(key) == digits(number))?;
        Self::told(about, SmsVerdict::of_number)
    }

    fn told(about: &Value, verdict: fn(i64) -> SmsVerdict) -> Option<Self> {
        let code = code(about)?;
        let text = |name: &str| about.get(name).and_then(Value::as_str);
        let words = text("status_text").or(text("status")).unwrap_or_default();
        Some(Self {
            verdict: verdict(code),
            code: Some(code),
            words: readable(words),
            id: text("sms_id").map(readable),
            fate: SmsFate::Answered,
        })
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
            (&[100, 101, 102, 103], Accepted),
            (&[220, 500], Later),
            (&[206, 230, 231, 232, 233], Limited),
            (&[150, 202, 203, 205, 207, 209, 214, 215, 216, 217], Refused),
            (&[200, 201, 204, 221, 300, 301, 302], Misconfigured),
            (
                &[
                    -1, 0, 99, 104, 108, 110, 199, 208, 210, 211, 212, 213, 218, 219, 222, 229,
                    234, 299, 303, 499, 501, 901,
                ],
                Failed,
            ),
        ];
        for (codes, verdict) in table {
            for code in codes {
                assert_eq!(SmsVerdict::of_code(*code), verdict, "{code}");
                let of_number = if *code == 204 { Refused } else { verdict };
                assert_eq!(SmsVerdict::of_number(*code), of_number, "{code}");
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
