//! The table of recipients.

use contract::listing::Owner;
use contract::recipients::{NewRecipient, RecipientView, Suppression};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recipients")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub owner_id: i64,
    /// As it was written.
    pub email: String,
    /// Lower-cased, with the domain as punycode: unique among the owner's.
    pub email_key: String,
    pub full_name: String,
    /// Lower-cased, to sort by.
    pub name_key: String,
    pub comment: String,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// When the address was refused for good; none while letters may go there.
    pub suppressed_at: Option<DateTimeUtc>,
    pub suppressed_code: Option<i16>,
    /// The mail server's words.
    pub suppressed_response: Option<String>,
    /// The delivery that was refused.
    pub suppressed_by: Option<i64>,
    /// When the recipient asked for no more letters.
    pub unsubscribed_at: Option<DateTimeUtc>,
    /// E.164.
    pub phone: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn view(self, owner: Owner) -> RecipientView {
        let suppression = self.suppression();
        let Self {
            id,
            owner_id: _,
            email,
            email_key: _,
            full_name,
            name_key: _,
            comment,
            version: _,
            created_at,
            updated_at,
            suppressed_at: _,
            suppressed_code: _,
            suppressed_response: _,
            suppressed_by: _,
            unsubscribed_at,
            phone,
        } = self;
        RecipientView {
            id,
            email,
            full_name,
            comment,
            phone,
            owner,
            suppression,
            unsubscribed_at,
            created_at,
            updated_at,
        }
    }

    /// Why nothing more is sent there, if so.
    pub fn suppression(&self) -> Option<Suppression> {
        Some(Suppression {
            at: self.suppressed_at?,
            code: self
                .suppressed_code
                .and_then(|code| u16::try_from(code).ok()),
            response: self.suppressed_response.clone().unwrap_or_default(),
            delivery_id: self.suppressed_by,
        })
    }

    /// What it would be made from again, for a change to go onto.
    pub fn as_new(&self) -> NewRecipient {
        NewRecipient {
            email: self.email.clone(),
            full_name: self.full_name.clone(),
            comment: self.comment.clone(),
            phone: self.phone.clone(),
        }
    }
}
