//! The tables of the blog.

pub mod article;
pub mod former_slug;
pub mod heading;
pub mod picture;
pub mod used_picture;
pub mod visit;
pub mod visit_secret;
