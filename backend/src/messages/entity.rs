//! The table of messages.

use contract::listing::Owner;
use contract::messages::{Format, MessageView, NewMessage};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub owner_id: i64,
    pub subject: String,
    /// Lower-cased, to sort by.
    pub subject_key: String,
    pub body: String,
    pub format: FormatWord,
    /// Others may read and use it.
    pub shared: bool,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// What mailings by SMS send of it.
    pub sms_text: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn view(self, owner: Owner, used_by: u64) -> MessageView {
        let Self {
            id,
            owner_id: _,
            subject,
            subject_key: _,
            body,
            format,
            shared,
            version: _,
            created_at,
            updated_at,
            sms_text,
        } = self;
        MessageView {
            id,
            subject,
            body,
            format: format.into(),
            shared,
            sms_text,
            owner,
            used_by,
            created_at,
            updated_at,
        }
    }

    /// What it would be made from again, for a change to go onto.
    pub fn as_new(&self) -> NewMessage {
        NewMessage {
            subject: self.subject.clone(),
            body: self.body.clone(),
            format: self.format.into(),
            shared: self.shared,
            sms_text: self.sms_text.clone(),
        }
    }
}

crate::database::words! {
    /// What the body is written in.
    FormatWord for Format { Markdown = "markdown", Html = "html", Text = "text" }
}
