//! The table of recipients.

use contract::listing::Owner;
use contract::recipients::{NewRecipient, RecipientView};
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
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn view(self, owner: Owner) -> RecipientView {
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
        } = self;
        RecipientView {
            id,
            email,
            full_name,
            comment,
            owner,
            created_at,
            updated_at,
        }
    }

    /// What it would be made from again, for a change to go onto.
    pub fn as_new(&self) -> NewRecipient {
        NewRecipient {
            email: self.email.clone(),
            full_name: self.full_name.clone(),
            comment: self.comment.clone(),
        }
    }
}
