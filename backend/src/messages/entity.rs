//! The table of messages.

use contract::messages::Format;
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
}

impl ActiveModelBehavior for ActiveModel {}

crate::database::words! {
    /// What the body is written in.
    FormatWord for Format { Markdown = "markdown", Html = "html", Text = "text" }
}
