//! The server.

pub mod mailings;
