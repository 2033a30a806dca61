//! Service letters: what Golub itself tells people, and what became of that. Their texts are shown to nobody.

pub mod calls;
mod list;
pub mod sms;
pub mod texts;
mod trouble;
mod words;

pub use list::NoticeList;
pub use trouble::NoticeTrouble;
