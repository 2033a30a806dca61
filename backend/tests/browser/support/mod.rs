//! What every story stands on.

pub mod api;
pub mod browser;
pub mod golub;
pub mod handed;
pub mod mail_server;
pub mod story;
