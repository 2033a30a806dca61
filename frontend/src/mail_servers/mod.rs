//! The mail servers as staff sees them: which of them work, and how much of their budgets is used.

pub mod calls;
mod card;
pub mod texts;

pub use card::{MailServers, called};
