//! The blog: what everybody reads, and the desk where it is written.

mod article;
pub mod calls;
mod card;
pub mod desk;
mod list;
mod prose;
pub mod texts;

pub use article::ArticlePage;
pub use card::{Cards, Cover};
pub use list::BlogPage;
pub use prose::Prose;
