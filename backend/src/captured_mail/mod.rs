//! Captured mail: the letters and SMS that the folder transports kept instead of sending, as an inbox for an admin.
//!
//! Where both really leave there is no such inbox: all of it is 404.

pub mod routes;
mod service;
