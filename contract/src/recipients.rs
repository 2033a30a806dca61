//! Recipients: the people a user writes to.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::phone::Phone;
use crate::address::Address;
use crate::checks;
use crate::listing::Owner;
use crate::problem::FieldErrors;

pub const FULL_NAME_LIMIT: u64 = 200;
pub const COMMENT_LIMIT: u64 = 2_000;

/// A new recipient.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecipient {
    /// Unique among one's own recipients. The domain may be written in any script.
    #[schema(example = "maria@example.org")]
    pub email: String,
    #[serde(default)]
    #[schema(example = "Мария Петрова")]
    pub full_name: String,
    #[serde(default)]
    #[schema(example = "Met at the autumn fair")]
    pub comment: String,
    /// For SMS: a number with its country's code. It is kept as E.164 writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "+7 921 123-45-67")]
    pub phone: Option<String>,
}

/// A change: what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecipientChange {
    pub email: Option<String>,
    pub full_name: Option<String>,
    pub comment: Option<String>,
    /// `null`, or nothing in it, takes the phone away.
    #[serde(
        default,
        deserialize_with = "checks::given",
        skip_serializing_if = "Option::is_none"
    )]
    pub phone: Option<Option<String>>,
}

/// What a checked recipient has.
#[derive(Clone, Debug, PartialEq)]
pub struct RecipientFields {
    pub email: Address,
    pub full_name: String,
    pub comment: String,
    pub phone: Option<Phone>,
}

impl NewRecipient {
    pub fn check(&self) -> Result<RecipientFields, FieldErrors> {
        let Self {
            email,
            full_name,
            comment,
            phone,
        } = self;
        let mut errors = FieldErrors::default();
        let email = errors.keep("email", Address::parse(email));
        let full_name = errors.keep(
            "full_name",
            checks::optional_line(full_name, FULL_NAME_LIMIT),
        );
        let comment = errors.keep("comment", checks::text(comment, COMMENT_LIMIT));
        let phone = phone.as_deref().filter(|phone| !phone.trim().is_empty());
        let phone = errors.keep("phone", phone.map(Phone::parse).transpose());
        match (email, full_name, comment, phone) {
            (Some(email), Some(full_name), Some(comment), Some(phone)) => Ok(RecipientFields {
                email,
                full_name,
                comment,
                phone,
            }),
            _ => Err(errors),
        }
    }
}

impl RecipientChange {
    /// The whole recipient as it would be after this change.
    pub fn onto(self, current: NewRecipient) -> NewRecipient {
        let Self {
            email,
            full_name,
            comment,
            phone,
        } = self;
        NewRecipient {
            email: email.unwrap_or(current.email),
            full_name: full_name.unwrap_or(current.full_name),
            comment: comment.unwrap_or(current.comment),
            phone: phone.unwrap_or(current.phone),
        }
    }
}

/// Why nothing more is sent to an address, until its owner lifts it or writes another one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct Suppression {
    /// When the address was refused.
    pub at: DateTime<Utc>,
    #[schema(example = 550)]
    pub code: Option<u16>,
    /// The mail server's words.
    #[schema(example = "5.1.1 <maria@example.org>: Recipient address rejected: User unknown")]
    pub response: String,
    /// The delivery that was refused.
    pub delivery_id: Option<i64>,
}

/// A recipient as it is read.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct RecipientView {
    pub id: i64,
    pub email: String,
    pub full_name: String,
    pub comment: String,
    /// As E.164 writes it.
    #[schema(example = "+79211234567")]
    pub phone: Option<String>,
    pub owner: Owner,
    /// Present when a mail server has refused the address for good: nothing more is sent there.
    pub suppression: Option<Suppression>,
    /// When they unsubscribed, by the link in a letter. Nothing more is sent to them, and only they take it back.
    pub unsubscribed_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
