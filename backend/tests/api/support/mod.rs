//! What every test uses.

pub mod app;
pub mod client;
pub mod cutting;
pub mod database;
pub mod history;
pub mod kept;
pub mod ledger;
pub mod make;
pub mod pictures;
pub mod records;
pub mod s3_server;
pub mod sms_server;
pub mod smtp_server;
mod sums;

pub use app::TestApp;
pub use client::Client;
