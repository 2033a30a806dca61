//! Golub, a self-hosted mailing service: the API, the worker and the command line.
//!
//! A feature is a folder with the same name as its module in `contract`; in it `routes` take requests, `service`
//! decides and writes, `entity` is the table. [`app::App`] holds what they share. ARCHITECTURE.md is the map.

pub mod accounts;
pub mod address;
pub mod app;
pub mod audit;
pub mod blog;
pub mod captured_mail;
pub mod chores;
pub mod cli;
pub mod clock;
pub mod config;
pub mod database;
pub mod delivery;
pub mod demo;
pub mod digest;
pub mod doctor;
pub mod files;
pub mod home;
pub mod http;
pub mod idempotency;
pub mod instance;
pub mod kept;
pub mod limits;
pub mod mail;
pub mod mail_servers;
pub mod mailings;
pub mod markup;
pub mod messages;
pub mod metrics;
pub mod notices;
pub mod problem;
pub mod recipients;
pub mod sms;
pub mod start_error;
pub mod statistics;
pub mod tls;
pub mod zone;
