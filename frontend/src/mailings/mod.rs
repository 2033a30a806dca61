//! Mailings: the list, the form that plans one, and its own page.

mod acts;
pub mod calendar_words;
pub mod calls;
mod details;
mod excerpt;
mod form;
mod letter;
mod list;
mod schedule_words;
pub mod status;
pub mod texts;

pub use details::MailingDetails;
pub use form::{EditMailing, NewMailingForm};
pub use list::MailingList;
