//! The table of pictures.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blog_pictures")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Made by chance: who does not know it does not find the picture.
    pub name: String,
    /// Of the largest size, in pixels.
    pub width: i32,
    pub height: i32,
    /// `jpg` or `webp`.
    pub kind: String,
    pub uploaded_by: i64,
    pub created_at: DateTimeUtc,
    /// No article has needed it since then.
    pub unused_since: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
