//! What the API and the page agree on: the shapes on the wire, who may do what, and the checks both make.
//!
//! Nothing here does I/O or knows the time; everything compiles to WebAssembly. A request type has a
//! `check` that the page calls while a person types and the API calls before it acts, so that the two
//! can never disagree about what is valid.

pub mod accounts;
pub mod address;
pub mod audit;
pub mod blog;
pub mod checks;
pub mod delivery;
pub mod home;
pub mod instance;
pub mod listing;
pub mod mail_servers;
pub mod mailings;
pub mod messages;
pub mod notices;
pub mod permissions;
pub mod problem;
pub mod recipients;
pub mod sms;
pub mod statistics;
pub mod template;
pub mod timeline;
pub mod unsubscribing;
