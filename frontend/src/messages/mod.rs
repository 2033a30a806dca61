//! Messages: the list, and the editor with its preview beside.

mod actions;
pub mod calls;
mod editor;
mod form;
mod list;
mod preview;
mod sms;
pub mod texts;
mod to_oneself;
mod toolbar;

pub use editor::{MessageEditor, NewMessageEditor};
pub use list::MessageList;
pub use preview::Sms;
