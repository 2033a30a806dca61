//! Where a letter's link leads that ends the letters: one button, and the way back.

pub mod calls;
mod screen;
pub mod texts;

pub use screen::Unsubscribe;
