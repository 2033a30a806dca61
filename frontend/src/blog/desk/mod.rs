//! The desk: where who writes the blog lists, writes, shows and publishes its articles.

mod body;
mod coming;
mod delete;
mod draft;
mod editor;
mod form;
mod list;
mod picture;
mod preview;
mod publication;
mod saving;
pub mod texts;

pub use editor::{ArticleEditor, NewArticleEditor};
pub use list::ArticleList;
