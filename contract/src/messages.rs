//! Messages: what is written once and sent to many.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::checks;
use crate::listing::Owner;
use crate::problem::{FieldCode, FieldError, FieldErrors};
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

/// A new message. Subject and body take `{{ full_name }}` and `{{ email }}`.
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
}

/// A change: what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageChange {
    pub subject: Option<String>,
    pub body: Option<String>,
    pub format: Option<Format>,
    pub shared: Option<bool>,
}

impl NewMessage {
    /// The message with its subject trimmed, or what is wrong with it.
    pub fn check(&self) -> Result<NewMessage, FieldErrors> {
        let Self {
            subject,
            body,
            format,
            shared,
        } = self;
        let mut errors = FieldErrors::default();
        let subject = errors.keep("subject", checks::line(subject, SUBJECT_LIMIT));
        let body = errors.keep("body", body_text(body));
        for (field, value) in [("subject", &subject), ("body", &body)] {
            for error in value.iter().flat_map(|text| template::errors(text)) {
                errors.add(field, error);
            }
        }
        match (subject, body) {
            (Some(subject), Some(body)) if errors.is_empty() => Ok(NewMessage {
                subject,
                body,
                format: *format,
                shared: *shared,
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
        } = self;
        NewMessage {
            subject: subject.unwrap_or(current.subject),
            body: body.unwrap_or(current.body),
            format: format.unwrap_or(current.format),
            shared: shared.unwrap_or(current.shared),
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
