//! Messages: what is written once and sent to many.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::checks;
use crate::listing::Owner;
use crate::problem::{FieldCode, FieldError, FieldErrors};
use crate::sms::{self, SmsLength};
use crate::template;

pub const SUBJECT_LIMIT: u64 = 250;
/// Larger letters are cut off by the big mail providers (Gmail at 102 KB of HTML).
pub const BODY_LIMIT: u64 = 200_000;

/// What the body is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    #[default]
    Markdown,
    Html,
    Text,
}

/// A new message. Subject, body and SMS text take `{{ full_name }}` and `{{ email }}`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    #[schema(example = "Ваши баллы ждут вас, {{ full_name }}")]
    pub subject: String,
    #[schema(example = "Здравствуйте, {{ full_name }}!")]
    pub body: String,
    #[serde(default)]
    pub format: Format,
    /// Others may read and use it, but not change it.
    #[serde(default)]
    pub shared: bool,
    /// What mailings by SMS send of it: at most 8 SMS long. Without it the message is for letters only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "{{ full_name }}, ваши баллы сгорят 1 июня")]
    pub sms_text: Option<String>,
}

/// A change: what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageChange {
    pub subject: Option<String>,
    pub body: Option<String>,
    pub format: Option<Format>,
    pub shared: Option<bool>,
    /// `null`, or nothing in it, takes the SMS text away.
    #[serde(
        default,
        deserialize_with = "checks::given",
        skip_serializing_if = "Option::is_none"
    )]
    pub sms_text: Option<Option<String>>,
}

impl NewMessage {
    /// The message with its subject and SMS text trimmed, or what is wrong with it.
    pub fn check(&self) -> Result<NewMessage, FieldErrors> {
        let Self {
            subject,
            body,
            format,
            shared,
            sms_text,
        } = self;
        let mut errors = FieldErrors::default();
        let subject = errors.keep("subject", checks::line(subject, SUBJECT_LIMIT));
        let body = errors.keep("body", body_text(body));
        let sms_text = sms_text.as_deref().filter(|text| !text.trim().is_empty());
        let sms_text = errors.keep("sms_text", sms_text.map(sms::checked_text).transpose());
        let templates = [
            ("subject", subject.as_ref()),
            ("body", body.as_ref()),
            ("sms_text", sms_text.as_ref().and_then(Option::as_ref)),
        ];
        for (field, value) in templates {
            for error in value.iter().flat_map(|text| template::errors(text)) {
                errors.add(field, error);
            }
        }
        match (subject, body, sms_text) {
            (Some(subject), Some(body), Some(sms_text)) if errors.is_empty() => Ok(NewMessage {
                subject,
                body,
                format: *format,
                shared: *shared,
                sms_text,
            }),
            _ => Err(errors),
        }
    }
}

fn body_text(raw: &str) -> Result<String, FieldError> {
    let body = checks::text(raw, BODY_LIMIT)?;
    if body.trim().is_empty() {
        return Err(FieldError::new(FieldCode::Required, "must not be empty"));
    }
    Ok(body)
}

impl MessageChange {
    /// The whole message as it would be after this change.
    pub fn onto(self, current: NewMessage) -> NewMessage {
        let Self {
            subject,
            body,
            format,
            shared,
            sms_text,
        } = self;
        NewMessage {
            subject: subject.unwrap_or(current.subject),
            body: body.unwrap_or(current.body),
            format: format.unwrap_or(current.format),
            shared: shared.unwrap_or(current.shared),
            sms_text: sms_text.unwrap_or(current.sms_text),
        }
    }
}

/// A message as it is read.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct MessageView {
    pub id: i64,
    pub subject: String,
    pub body: String,
    pub format: Format,
    pub shared: bool,
    /// What mailings by SMS send of it, if it is for them too.
    pub sms_text: Option<String>,
    pub owner: Owner,
    /// How many mailings not yet completed use it.
    pub used_by: u64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// For whom to show a message; without a recipient, for a made-up one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewRequest {
    pub recipient_id: Option<i64>,
}

/// A message that is not saved yet, to be shown as it would arrive.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftPreviewRequest {
    pub subject: String,
    pub body: String,
    #[serde(default)]
    pub format: Format,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_text: Option<String>,
    pub recipient_id: Option<i64>,
}

/// A letter as one recipient would get it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct LetterPreview {
    pub subject: String,
    pub text: String,
    /// A one-time link (60 s) to the letter's HTML, for an `<iframe sandbox>`.
    #[schema(example = "/api/v1/views/3q2-7w")]
    pub html_url: String,
    /// The size of the whole letter in bytes.
    pub bytes: u64,
    /// The SMS, if the message has a text for it.
    pub sms: Option<SmsPreview>,
}

/// An SMS as one recipient would get it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct SmsPreview {
    #[schema(example = "Анна, ваши баллы сгорят 1 июня")]
    pub text: String,
    pub length: SmsLength,
}

/// What became of a test SMS.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct TestSmsResult {
    /// The number it went to: one's own.
    #[schema(example = "+79211234567")]
    pub phone: String,
    pub accepted: bool,
    /// The SMS service's code; none if it gave none.
    #[schema(example = 100)]
    pub code: Option<i64>,
    /// What the SMS service said.
    pub response: String,
    /// How long it was, and in how many SMS it travelled.
    pub length: SmsLength,
}

/// What became of a test letter.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct TestLetterResult {
    /// The address it went to: one's own.
    pub email: String,
    pub accepted: bool,
    pub smtp_code: Option<u16>,
    /// What the mail server said.
    pub response: String,
}
