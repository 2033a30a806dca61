//! The audit log: who did what to whom, told in sentences. Administrators read all of it; everybody reads what
//! concerns themselves.

pub mod calls;
mod detail;
mod entries;
mod filters;
mod groups;
mod list;
mod sentence;
pub mod texts;

pub use entries::{AuditEntries, AuditSentence};
pub use groups::icon_of;
pub use list::AuditLog;
