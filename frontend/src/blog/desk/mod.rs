//! The desk: where who writes the blog lists, writes, shows and publishes its articles.

mod body;
mod delete;
mod draft;
mod editor;
mod form;
mod list;
mod picture;
mod preview;
mod publication;
pub mod texts;
mod upload;

pub use editor::{ArticleEditor, NewArticleEditor};
pub use list::ArticleList;
