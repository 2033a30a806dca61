//! Captured mail: letters that were not really sent, as an inbox.

pub mod calls;
mod letter;
mod list;
pub mod texts;

pub use letter::CapturedLetterPage;
pub use list::CapturedMail;
