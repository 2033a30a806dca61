//! What users rely on, tested through HTTP without a socket: one binary, a database of its own for each test, a
//! clock set by hand and a worker driven by hand. SQLite, or PostgreSQL where TEST_DATABASE_URL names a server.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says where it stopped"
)]

mod support;

mod accounts;
mod audit;
mod blog;
mod captured_mail;
mod command_line;
mod delivery;
mod demo;
mod doctor;
mod edge;
mod home;
mod hostile;
mod idempotency;
mod instance;
mod kept;
mod mail;
mod mail_servers;
mod mailings;
mod messages;
mod notices;
mod openapi;
mod permissions;
mod recipients;
mod schema;
mod site;
mod sms;
mod sms_mailings;
mod statistics;
